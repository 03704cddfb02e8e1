"""A national registry to measure with: made up, deterministic, of the size and the noise that the issue fixes.

    python -m bench.registry OUT.csv --rows 2518617 --profile standard --truth PAIRS.csv

``--rows`` counts the enterprises; 5 % near-duplicates of earlier ones come on top. Names combine trades,
surnames, saints, mountains and places of Peru so that the vocabulary is about as large and as uneven as a
real one; districts are drawn by population. Nobody in it exists.

The noise of a near-duplicate, all draws independent (``standard`` | ``harsh``):

=====================================  ========  =====
one edit in the name                   60 %      40 %
two edits in the name                  15 %      45 %
phone missing                          30 %      60 %
two fields swapped (see ``_swap``)     10 %      20 %
no tax id                              75 %      90 %
owner's document missing               75 %      90 %
owner's name missing                   10 %      40 %
point missing, else moved by < 60 m    50 %      70 %
=====================================  ========  =====

A tax id that two rows share is the importer's business and not that of linkage, so no two rows share one: the
duplicate of a row with a tax id has none; of a row without, it may have one that was given later. The truth
file pairs the ``source_id`` of the earlier row (left) with that of its duplicate (right).
"""

# ruff: noqa: E501, SIM905  lists of words read better as words

import argparse
import csv
import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate
from pathlib import Path

NATIONAL = 2_518_617
HEADERS = (
    "source_id", "name", "trade_name", "kind", "legal_form", "tax_id", "ubigeo", "address", "latitude",
    "longitude", "phone", "email", "activity", "start_date", "workers", "workers_women", "workers_men",
    "annual_sales", "currency", "observed_on", "owner_name", "owner_sex", "owner_document",
)  # fmt: skip

Row = dict[str, str]

_WOMEN = """María Rosa Ana Luz Carmen Juana Julia Elena Gladys Norma Victoria Flor Yolanda Martha Silvia Nelly Delia
Teresa Isabel Sonia Lidia Olga Margarita Patricia Roxana Maribel Edith Lourdes Marleny Vilma Nancy Doris Hilda Zoila
Fiorella Milagros Katherine Yesenia Jacqueline Nélida Eulalia Paulina Benita Dominga Saturnina Felícitas""".split()
_MEN = """José Luis Juan Carlos Jorge Víctor César Manuel Miguel Pedro Julio Jesús Walter Raúl Percy Edwin Wilber
Hugo Ricardo Alberto Mario Óscar Félix Freddy Américo Abel Teófilo Hilario Alejandro Santos Segundo Wilmer Elmer
Rubén Fidel Gregorio Marcelino Nemesio Zenón Eusebio Sabino Efraín Ronald Henry Jhon Cristian""".split()
_SURNAMES = """Quispe Flores Sánchez Rodríguez García Rojas Huamán Mamani Díaz Torres López Gonzales Pérez Chávez
Vásquez Ramos Ramírez Mendoza Espinoza Castillo Condori Gutiérrez Cruz Ruiz Vargas Fernández Silva Castro Huanca
Romero Salazar Apaza Martínez Álvarez Ccori Chambi Choque Yupanqui Huayta Ticona Cusi Paucar Ñaupari Auccapuclla
Palomino Cárdenas Medina Morales Aguilar Reyes Núñez Guerrero Soto Valverde Ortiz Campos Delgado Cabrera Herrera
Alvarado Ponce Guevara León Carrasco Tapia Zapata Chunga Sernaqué Yarlequé Inga Tello Pinedo Tapullima Sangama
Shupingahua Isuiza Amasifuén Arirama Huaytalla Cahuana Pari Calla Turpo Sucasaire Cutipa Larico Aduviri Pilco
Ventura Ayala Meza Cuba Poma Canchari Lazo Rivera Maldonado Bautista Janampa Huarcaya Sulca Oré Quintanilla Zevallos
Bravo Bustamante Cabanillas Vílchez Terrones Cubas Fustamante Saldaña Marrufo Burga Cieza Mego Tarrillo Coronel""".split()
_TRADES = {
    "4711": "Bodega Minimarket Abarrotes Tienda", "1071": "Panadería Pastelería Horno", "1410": "Confecciones Textiles Creaciones",
    "5610": "Restaurante Cevichería Pollería Picantería Comedor", "4752": "Ferretería Materiales Matizados",
    "9602": "Peluquería Salón Spa", "4520": "Taller Mecánica Autoservicio Llantería", "1050": "Lácteos Quesería Derivados",
    "0111": "Agropecuaria Agroindustrias Fundo", "1629": "Carpintería Mueblería Ebanistería", "1520": "Calzados Zapatería",
    "4922": "Transportes Servicios Turismo", "1312": "Tejidos Artesanías Telares", "4773": "Botica Farmacia",
    "4761": "Librería Bazar", "4100": "Constructora Contratistas Edificaciones", "0122": "Cafetalera Frutícola Cacaotera",
    "1811": "Imprenta Gráfica", "4799": "Comercial Distribuidora Inversiones Negocios Multiservicios Corporación",
    "5510": "Hotel Hospedaje Hostal", "9511": "Cómputo Tecnología Soluciones",
}  # fmt: skip
_FANCY = """Andino Inca Sol Luna Estrella Amanecer Progreso Unión Victoria Esperanza Familiar Central Nacional Real
Imperial Moderno Nuevo Buen Divino Huascarán Ausangate Misti Coropuna Pachamama Inti Killa Sumaq Allin Wayra Illa Kusi
Ayni Munay Qori Wasi Apu Chaski Amaru Kuntur Puma Vicuña Alpaca Cantuta Retama Molle Queñua Totora Ichu Mar Selva Sierra
Valle Río Laguna Nevado Oasis Paraíso Edén Edelweiss Jazmín Rosita Charito Panchita Lucerito Angelito Gemelos Hermanos
Tres Cuatro Siete Norte Sur Oriente Centro Global Express Total Max Plus Premium Eco Bio Verde Azul Dorado Cristal""".split()
_SAINTS = """San Juan|San Pedro|San Martín|Santa Rosa|Santa Ana|San José|Virgen del Carmen|Señor de los Milagros|Cruz de
Motupe|Señor de Sipán|Virgen de Chapi|San Isidro|San Antonio|Santa María|Niño Jesús|Sagrado Corazón|Señor de Huanca|Virgen de
la Candelaria|San Francisco|Divino Maestro|Santa Teresa|San Miguel|Cautivo de Ayabaca|San Sebastián""".replace(
    "\n", " "
).split("|")
_STREETS = """Los Olivos|Grau|Bolognesi|San Martín|Tacna|Arequipa|La Mar|Progreso|Túpac Amaru|Los Incas|Real|Ayacucho|Junín|
Lima|Cusco|Huáscar|Pachacútec|Los Jazmines|Las Flores|El Sol|Independencia|Ramón Castilla|Sucre|Unión|28 de Julio""".replace(
    "\n", ""
).split("|")
_FORMS = (("S.A.C.", 45), ("E.I.R.L.", 40), ("S.R.L.", 12), ("S.A.", 3))
_LETTERS = "abcdefghijklmnñopqrstuvwxyz"


@dataclass(frozen=True)
class Noise:
    """How much a near-duplicate differs from its original; shares of one."""

    one_edit: float
    two_edits: float
    no_phone: float
    swapped: float
    no_tax_id: float
    no_document: float
    no_owner: float
    no_point: float


PROFILES = {
    "standard": Noise(0.60, 0.15, 0.30, 0.10, 0.75, 0.75, 0.10, 0.50),
    "harsh": Noise(0.40, 0.45, 0.60, 0.20, 0.90, 0.90, 0.40, 0.70),
}


@dataclass(frozen=True)
class District:
    code: str
    name: str
    latitude: float
    longitude: float


class Registry:
    """Rows in a fixed order: enterprises, with the near-duplicates of some of them a while later."""

    def __init__(self, rows: int, profile: str = "standard", seed: int = 20251) -> None:
        self._random = random.Random(seed)
        self._rows, self._noise = rows, PROFILES[profile]
        self._districts, self._weights = _districts()
        self._trades = [(code, word) for code, words in _TRADES.items() for word in words.split()]
        self._surname_weights = list(accumulate(1 / (rank + 8) for rank in range(len(_SURNAMES))))
        self._documents = 0
        self._tax_ids = 0

    def rows(self) -> Iterator[tuple[Row, str]]:
        """(row, source_id of the earlier row that it duplicates or "")."""
        draw = self._random
        duplicated = set(draw.sample(range(self._rows), self._rows * 5 // 100))
        waiting: list[tuple[int, int, Row]] = []
        number = 0
        for index in range(self._rows):
            row = self._enterprise()
            number += 1
            row["source_id"] = f"E{number:07}"
            yield row, ""
            if index in duplicated:
                heapq.heappush(waiting, (index + draw.randrange(1, 200_000), number, row))
            while waiting and (waiting[0][0] <= index or index == self._rows - 1):
                original = heapq.heappop(waiting)[2]
                number += 1
                yield (
                    self._duplicate(original) | {"source_id": f"E{number:07}"},
                    original["source_id"],
                )

    def _enterprise(self) -> Row:
        draw = self._random
        place = self._districts[_weighted(draw, self._weights)]
        code, word = draw.choice(self._trades)
        woman = draw.random() < 0.52
        surnames = f"{self._surname()} {self._surname()}"
        owner = (
            f"{' '.join(draw.sample(_WOMEN if woman else _MEN, draw.choice((1, 2, 2))))} {surnames}"
        )
        natural = draw.random() < 0.45
        title = f"{word} {self._title(place, surnames)}"
        form = draw.choices([f for f, _ in _FORMS], [w for _, w in _FORMS])[0]
        row = dict.fromkeys(HEADERS, "")
        row |= {
            "name": f"{surnames} {owner.removesuffix(f' {surnames}')}".upper() if natural else f"{title} {form}",
            "trade_name": title if natural and draw.random() < 0.8 else "",
            "kind": "empresa", "legal_form": "" if natural else form, "ubigeo": place.code,
            "address": self._address(), "phone": self._phone() if draw.random() < 0.85 else "", "activity": code,
            "owner_name": owner, "owner_sex": "f" if woman else "m",
        }  # fmt: skip
        document = self._document()
        if draw.random() < 0.5:
            row["owner_document"] = document
        if draw.random() < 0.25:
            row["tax_id"] = _ruc("10" + document) if natural else self._company_tax_id()
        self._add_details(row, place)
        return row

    def _add_details(self, row: Row, place: District) -> None:
        draw = self._random
        if draw.random() < 0.25:
            row["latitude"] = f"{place.latitude + draw.gauss(0, 0.02):.6f}"
            row["longitude"] = f"{place.longitude + draw.gauss(0, 0.02):.6f}"
        if draw.random() < 0.2:
            row["email"] = (
                f"{row['owner_name'].split()[0].lower()}{draw.randrange(100_000)}@correo.pe"
            )
        if draw.random() < 0.6:
            row["start_date"] = (
                f"{draw.randrange(1985, 2025)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
            )
        if draw.random() < 0.7:
            workers = min(int(draw.paretovariate(1.3)), 100)
            women = draw.randrange(workers + 1)
            row |= {
                "workers": str(workers),
                "workers_women": str(women),
                "workers_men": str(workers - women),
            }
            row["observed_on"] = f"{draw.randrange(2022, 2026)}-{draw.randrange(1, 10):02}-15"
            if draw.random() < 0.6:
                row |= {
                    "annual_sales": str(workers * draw.randrange(4_000, 90_000)),
                    "currency": "PEN",
                }

    def _title(self, place: District, surnames: str) -> str:
        draw = self._random
        pick = draw.random()
        if pick < 0.35:
            return f"{draw.choice(_FANCY)} {draw.choice(_FANCY)}"
        if pick < 0.6:
            return f"{draw.choice(_SAINTS)} {draw.choice(_FANCY)}"
        return surnames if pick < 0.85 else f"{draw.choice(_FANCY)} {place.name}"

    def _surname(self) -> str:
        return _SURNAMES[_weighted(self._random, self._surname_weights)]

    def _address(self) -> str:
        draw = self._random
        return f"{draw.choice(('Jr.', 'Av.', 'Calle', 'Psje.'))} {draw.choice(_STREETS)} {draw.randrange(100, 2000)}"

    def _phone(self) -> str:
        return f"9{self._random.randrange(100_000_000):08}"

    def _document(self) -> str:
        """Eight digits that no other person has: a walk through all of them by a step prime to their number."""
        self._documents += 1
        return f"{10_000_000 + self._documents * 7_368_787 % 70_000_000:08}"

    def _company_tax_id(self) -> str:
        self._tax_ids += 1
        return _ruc(f"20{10_000_000 + self._tax_ids * 7_368_787 % 89_999_999:08}")

    def _duplicate(self, original: Row) -> Row:
        draw, noise = self._random, self._noise
        row = dict(original)
        pick = draw.random()
        edits = 2 if pick < noise.two_edits else int(pick < noise.two_edits + noise.one_edit)
        for _ in range(edits):
            row["name"] = self._edited(row["name"])
        if draw.random() < noise.no_phone:
            row["phone"] = ""
        if draw.random() < noise.no_document:
            row["owner_document"] = ""
        if draw.random() < noise.no_owner:
            row |= {"owner_name": "", "owner_sex": "", "owner_document": ""}
        may_have = not original["tax_id"] and draw.random() < (1 - noise.no_tax_id) / 0.75
        row["tax_id"] = self._company_tax_id() if may_have else ""
        self._move(row)
        if draw.random() < noise.swapped:
            _swap(row)
        return row

    def _move(self, row: Row) -> None:
        if not row["latitude"] or self._random.random() < self._noise.no_point:
            row |= {"latitude": "", "longitude": ""}
            return
        for name in ("latitude", "longitude"):
            row[name] = f"{float(row[name]) + self._random.uniform(-0.00035, 0.00035):.6f}"

    def _edited(self, name: str) -> str:
        """A letter left out, put in, replaced, or two exchanged."""
        draw = self._random
        at = draw.randrange(1, max(2, len(name) - 1))
        letter = draw.choice(_LETTERS)
        letter = letter.upper() if name.isupper() else letter
        return draw.choice((
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :],
        ))  # fmt: skip


def _swap(row: Row) -> None:
    """Name and trade name exchanged; without a trade name the first two words of the owner's, or of the name."""
    if row["trade_name"]:
        row["name"], row["trade_name"] = row["trade_name"], row["name"]
        return
    field = "owner_name" if len(row["owner_name"].split()) > 1 else "name"
    first, second, *others = [*row[field].split(), ""][:2] + row[field].split()[2:]
    row[field] = " ".join(filter(None, (second, first, *others)))


def _weighted(draw: random.Random, totals: list[float]) -> int:
    """A position drawn by weights given as running totals."""
    wanted, low, high = draw.random() * totals[-1], 0, len(totals) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if totals[middle] < wanted else (low, middle)
    return low


def _ruc(ten: str) -> str:
    """Ten digits with the check digit of SUNAT."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
    )
    return ten + str((11 - total % 11) % 10)


def _districts() -> tuple[list[District], list[float]]:
    text = (resources.files("yanapay.places") / "data/ubigeo_inei_2025.csv").read_text("utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter=";") if row["latitud"]]
    found = [
        District(r["ubigeo"], r["distrito"], float(r["latitud"]), float(r["longitud"]))
        for r in rows
    ]
    return found, list(accumulate(float(row["población"] or 1) for row in rows))


def write(out: Path, rows: int, profile: str = "standard", truth: Path | None = None) -> int:
    """Write the registry, and the true pairs beside it; how many rows it has with its duplicates."""
    pairs: list[tuple[str, str]] = []
    count = 0
    with out.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        for row, original in Registry(rows, profile).rows():
            writer.writerow(row)
            count += 1
            if original:
                pairs.append((original, row["source_id"]))
    if truth:
        with truth.open("w", newline="") as file:
            csv.writer(file).writerows([("left_id", "right_id"), *pairs])
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=NATIONAL)
    parser.add_argument("--profile", choices=PROFILES, default="standard")
    parser.add_argument("--truth", type=Path)
    arguments = parser.parse_args()
    print(write(arguments.out, arguments.rows, arguments.profile, arguments.truth))

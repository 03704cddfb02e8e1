"""The shipped reference data as rows, parents before children. Sources: ``data/SOURCES.md``."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pycountry

from yanapay.kernel.text import fold
from yanapay.places.rules.geometry import Ring

DATA = Path(__file__).parents[1] / "data"
INEI, ISO = "INEI 2025", "ISO 3166-2"
COUNTRIES = {
    "PE": ("Perú", "Peru"),
    "BO": ("Bolivia", "Bolivia"),
    "CO": ("Colombia", "Colombia"),
    "EC": ("Ecuador", "Ecuador"),
    "VE": ("Venezuela", "Venezuela"),
    "AR": ("Argentina", "Argentina"),
    "BR": ("Brasil", "Brazil"),
    "CL": ("Chile", "Chile"),
}
MISPRINTS: dict[str, dict[str, Any]] = {  # of the source, against its own neighbouring rows
    "210103": {"name": "Amantaní"},
    "221006": {"name": "Santa Lucía", "longitude": -76.38722222},
    "250101": {"name": "Callería"},
}
CAPITAL_PROVINCE = "1501"  # Lima Metropolitana: the only province with an ISO code of its own


class AreaRow(NamedTuple):
    country: str
    code: str
    name: str
    level: int
    parent: str
    edition: str
    iso_code: str = ""
    name_en: str = ""
    capital: str = ""
    altitude: float | None = None
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None


class SchemeRow(NamedTuple):
    code: str
    name: str
    source: str
    year: int | None
    groups: dict[str, list[str]]  # name of the group → codes of its areas


class ActivityRow(NamedTuple):
    revision: str
    code: str
    level: str
    parent: str
    section: str
    label_en: str
    label_es: str


@cache
def areas() -> tuple[AreaRow, ...]:
    """Every area, countries first, then level by level."""
    rows = [
        AreaRow(country, country, es, 0, "", ISO, name_en=en)
        for country, (es, en) in COUNTRIES.items()
    ]
    for country in COUNTRIES:
        if country != "PE":
            rows += sorted(
                AreaRow(country, found.code, found.name, 1, country, ISO, found.code)
                for found in _subdivisions(country)
                if found.parent_code is None
            )
    return tuple(sorted([*rows, *_peru()], key=lambda row: row.level))


def _subdivisions(country: str) -> list[Any]:
    found: list[Any] = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call]
    return found


def _peru() -> Iterator[AreaRow]:
    """Departments, provinces, districts: a tree by code, because names repeat and disagree."""
    districts = [_district(row) for row in _table("ubigeo_inei_2025.csv", ";")]
    names = _names_above(districts)
    for code, name in names.items():
        below = [row for row in districts if row.code.startswith(code)]
        seat = min(below, key=lambda row: row.code)  # the first district holds the capital
        yield seat._replace(
            code=code, name=name, level=len(code) // 2, parent=code[:-2] or "PE",
            iso_code=_iso_codes().get(code, ""),
            population=sum(row.population or 0 for row in below),
        )  # fmt: skip
    yield from districts


def _district(row: dict[str, str]) -> AreaRow:
    area = AreaRow(
        "PE", row["ubigeo"], row["distrito"], 3, row["ubigeo"][:4], INEI,
        capital=row["capital_legal"], altitude=float(row["altitud"]),
        population=int(row["población"]),
        latitude=float(row["latitud"]), longitude=float(row["longitud"]),
    )  # fmt: skip
    return area._replace(**MISPRINTS.get(area.code, {}))


def _names_above(districts: list[AreaRow]) -> dict[str, str]:
    """Name of each department and province by code: the one most of its districts print."""
    printed: dict[str, list[str]] = {}
    for row in _table("ubigeo_inei_2025.csv", ";"):
        printed.setdefault(row["ubigeo"][:2], []).append(row["departamento"])
        printed.setdefault(row["ubigeo"][:4], []).append(row["provincia"])
    return {code: max(dict.fromkeys(names), key=names.count) for code, names in printed.items()}


@cache
def _iso_codes() -> dict[str, str]:
    """UBIGEO of each department, and of the capital's province, to ISO 3166-2."""
    by_name = {fold(found.name).removeprefix("el "): found.code for found in _subdivisions("PE")}
    departments = {
        row["ubigeo"][:2]: by_name[fold(row["departamento"])]
        for row in _table("ubigeo_inei_2025.csv", ";")
    }
    return departments | {CAPITAL_PROVINCE: "PE-LMA"}


def schemes() -> list[SchemeRow]:
    """The macro-region schemes; a group without areas is assigned to organisations directly."""
    described = json.loads((DATA / "area_schemes.json").read_text("utf-8"))
    placed = json.loads((DATA / "macrorregiones.json").read_text("utf-8"))
    return [
        SchemeRow(
            row["code"], row["name"], row["source"], row["year"],
            {name: [] for name in row.get("groups", ())} | _placed(placed.get(row["code"], {})),
        )
        for row in described
    ]  # fmt: skip


def _placed(group_of: dict[str, str]) -> dict[str, list[str]]:
    """Group → codes of areas. Where Lima is split by province, the whole department is not used."""
    codes = {
        fold(row.name): [row.code] for row in areas() if row.country == "PE" and row.level == 1
    }
    if split := fold("Lima Región") in map(fold, group_of):
        provinces = [row.code for row in areas() if row.parent == codes["lima"][0]]
        codes["lima metropolitana"] = [CAPITAL_PROVINCE]
        codes["lima region"] = [code for code in provinces if code != CAPITAL_PROVINCE]
    groups: dict[str, list[str]] = {}
    for name, group in group_of.items():
        if not (split and fold(name) == "lima"):
            groups.setdefault(group, []).extend(codes[fold(name)])
    return groups


def activities() -> list[ActivityRow]:
    """Both revisions of ISIC, each parent before its children."""
    spanish = {(row["revision"], row["code"]): row["label_es"] for row in _table("isic_es.csv")}
    return [
        ActivityRow(
            revision, row["code"], row["level"], row["parent"], row["section"], row["label_en"],
            spanish.get((revision, row["code"]), ""),
        )
        for revision in ("3", "4")
        for row in _table(f"isic_rev{revision}.csv")
    ]  # fmt: skip


def matches() -> list[tuple[str, str, bool]]:
    """Class of Rev. 3, class of Rev. 4, whether each is the other's only match."""
    return [
        (row["rev3"], row["rev4"], row["one_to_one"] == "yes")
        for row in _table("isic_rev3_rev4.csv")
    ]


@cache
def inei_by_reniec() -> dict[str, str]:
    """UBIGEO of RENIEC → of INEI, of districts and of the provinces and departments above them."""
    table = [(row["reniec"], row["inei"]) for row in _table("ubigeo_reniec.csv")]
    found = dict(table)
    for length in (2, 4):
        above: dict[str, list[str]] = {}
        for reniec, inei in table:
            above.setdefault(reniec[:length], []).append(inei[:length])
        found |= {code: max(dict.fromkeys(among), key=among.count) for code, among in above.items()}
    return found


@cache
def boundaries(country: str) -> dict[str, list[Ring]]:
    """First-level boundaries by ISO 3166-2, simplified to about a kilometre; empty where none ship.

    Each is a list of closed rings of [longitude, latitude]; draw and test them by the even-odd rule.
    """
    path = DATA / "boundaries" / f"{country}.json"
    found: dict[str, list[Ring]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _table(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))

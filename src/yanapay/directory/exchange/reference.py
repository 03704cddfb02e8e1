"""What cells are checked against: areas, activity codes, vocabularies and kinds, read once per file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import override
from pycountry import countries

from yanapay.centres.models import Centre
from yanapay.directory.choices import Kind
from yanapay.directory.models import Term
from yanapay.directory.rules.columns import VOCABULARIES
from yanapay.directory.rules.values import codes
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import fold
from yanapay.places.queries import Activities, AreaRef, Gazetteer, activities, gazetteer
from yanapay.places.rules.gazetteer import Codes

_COUNTRIES = {
    "peru": "PE", "bolivia": "BO", "colombia": "CO", "ecuador": "EC", "venezuela": "VE", "argentina": "AR",
    "brasil": "BR", "brazil": "BR", "chile": "CL", "mexico": "MX", "paraguay": "PY", "uruguay": "UY",
}  # fmt: skip
_KINDS = {
    "mype": "empresa", "microempresa": "empresa", "micro empresa": "empresa", "pequena empresa": "empresa",
    "enterprise": "empresa", "negocio": "empresa", "persona natural": "empresa",
    "emprendimiento": "protoempresa", "emprendedor": "protoempresa", "asociacion": "productores",
    "asociacion de productores": "productores", "municipalidad": "municipio", "coop": "cooperativa",
}  # fmt: skip
_PROVINCE = 3  # names of a path down to a province: country, department, province
_CODE = re.compile(r"[0-9]{1,6}(\.0)?|[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_ACTIVITY = re.compile(
    r"\s*(?:[A-U]\s*-?\s*)?([0-9]{1,4}|[0-9]{2}\.[0-9]{1,2})(?![0-9.])|\s*([A-U])\s*"
)


class PlaceCells(NamedTuple):
    """The cells of a row that say where it is; those that the file lacks are ""."""

    country: str = "PE"
    code: str = ""
    region: str = ""
    department: str = ""
    province: str = ""
    district: str = ""

    @property
    def names(self) -> list[str]:
        """From the largest to the smallest."""
        return [name for name in (self.department, self.province, self.district) if name]

    @property
    def shown(self) -> str:
        """The cell to mend: the code, else the names."""
        return self.code or self.region or ", ".join(self.names)


@dataclass(frozen=True)
class Reference:
    """Everything that the rows of one file are read against."""

    centre: Centre
    today: date
    codes: Codes
    gazetteer: Gazetteer
    activities: Activities
    kinds: Mapping[str, str]
    terms: Mapping[str, Mapping[str, str]]
    home: str
    """Path of the province where the centre stands; "" when that is not known."""

    @classmethod
    def load(cls, centre: Centre, today: date, codes: Codes = "inei") -> "Reference":
        home = "/".join(centre.area.path.split("/")[:_PROVINCE]) if centre.area else ""
        return cls(centre, today, codes, gazetteer(), activities(), _kinds(), _terms(), home)

    def kind(self, text: str) -> str:
        """The code of a kind of organisation, from its code, its label or a common word for it."""
        if found := self.kinds.get(text) or self.kinds.get(fold(text)):
            return found
        raise RuleBroken("“{text}” is not a kind of organisation.", text=text[:80])

    def country(self, text: str) -> str:
        """ISO 3166-1 alpha-2."""
        code = _COUNTRIES.get(fold(text), text.upper())
        if not re.fullmatch(r"[A-Z]{2}", code) or countries.get(alpha_2=code) is None:
            raise RuleBroken(
                "“{text}” is not a country; write its code of two letters.", text=text[:80]
            )
        return code

    def coded(self, vocabulary: str, text: str) -> tuple[tuple[str, str], ...]:
        """(vocabulary, code) for each code or label of the cell."""
        known = self.terms.get(vocabulary)
        pairs = []
        for part in codes(text):
            code = known.get(fold(part), "") if known else part[:60]
            if not code:
                raise RuleBroken(
                    "“{code}” is not in the list {vocabulary}.",
                    code=part[:80],
                    vocabulary=vocabulary,
                )
            pairs.append((vocabulary, code))
        return tuple(pairs)

    def activity(self, text: str, revision: str = "4") -> int | None:
        """The id of the ISIC code that the cell starts with, of revision 4 where one stands for it.

        None for a cell of words only: those are kept with the record as they are.
        """
        match = _ACTIVITY.match(text)
        if match is None:
            return None
        code = (match[1] or match[2]).replace(".", "")
        for candidate in dict.fromkeys(
            (code, code.zfill(4) if len(code) == 3 else code, code.zfill(2))
        ):
            if found := self.activities.by_code(revision, candidate):
                return self._newer(found.code) or found.id if revision == "3" else found.id
        raise RuleBroken(
            "{code} is not a code of ISIC (CIIU) revision {revision}.", code=code, revision=revision
        )

    def _newer(self, rev3: str) -> int | None:
        rev4 = self.activities.rev4_from_rev3(rev3)
        found = self.activities.by_code("4", rev4) if rev4 else None
        return found.id if found else None

    def place(self, cells: PlaceCells) -> tuple[int, ...]:
        """Ids of the areas that the cells name, the main one first; () when they name none."""
        if cells.code:
            parts = codes(cells.code)
            names = cells.names if len(parts) == 1 else []
            found = [self._coded(part, names, cells.country) for part in parts]
        elif cells.names:
            found = [self._named("/".join(cells.names), cells.country)]
        else:
            found = [self._named(name, cells.country) for name in codes(cells.region)]
        return tuple(dict.fromkeys(area.id for area in found))

    def countries(self, areas: Sequence[int | None], otherwise: Sequence[str]) -> list[str]:
        """The country of each area; of a row without one, what is assumed otherwise."""
        known: Mapping[int | None, str] = self.gazetteer.country_of  # type: ignore[assignment]
        return [known.get(area, country) for area, country in zip(areas, otherwise, strict=True)]

    def _coded(self, text: str, names: Sequence[str], country: str) -> AreaRef:
        if not _CODE.fullmatch(text):
            return self._named(text, country)
        code = text.removesuffix(".0")
        codes = self.codes if code.isdecimal() else "inei"
        if problem := self.gazetteer.cross_check(code, names, codes):
            raise RuleBroken(problem.template, **dict[str, Any](problem.values))
        area = self.gazetteer.by_code(code, codes)
        if area is None:
            raise RuleBroken("{code} is not the code of an area.", code=code)
        return area

    def _named(self, text: str, country: str) -> AreaRef:
        """The largest area of that name; of several equally large ones, that in the centre's own province.

        A list of Huancayo that says Chilca does not mean the Chilca of Cañete.
        """
        found = self.gazetteer.by_name(text, country)
        if not found:
            raise RuleBroken("No area is called {name}.", name=text[:80])
        if "/" in text:
            found = sorted(found, key=lambda area: -area.level)
        equals = [area for area in found if area.level == found[0].level]
        if len(equals) > 1:
            equals = [area for area in equals if self._is_at_home(area)]
        if len(equals) != 1:
            raise RuleBroken(
                "{n} areas are called {name}; give the code or the province.",
                n=len(found),
                name=text[:80],
            )
        return equals[0]

    def _is_at_home(self, area: AreaRef) -> bool:
        return bool(self.home) and f"{area.path}/".startswith(f"{self.home}/")


def _kinds() -> dict[str, str]:
    known = dict(_KINDS)
    for language in ("en", "es"):
        with override(language):
            known |= {fold(str(label)): value for value, label in Kind.choices}
    return (
        known
        | {fold(value): value for value in Kind.values}
        | {value: value for value in Kind.values}
    )


def _terms() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    terms = Term.objects.filter(vocabulary__in=VOCABULARIES)
    for vocabulary, code, *labels in terms.values_list(
        "vocabulary", "code", "label_es", "label_en"
    ):
        known.setdefault(vocabulary, {}).update({fold(word): code for word in (*labels, code)})
    return known

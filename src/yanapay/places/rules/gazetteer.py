"""Which place does a code or a name in somebody's spreadsheet mean? All areas in memory, pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.fuzz import ratio

from yanapay.kernel.messages import Message
from yanapay.kernel.text import fold

Codes = Literal["inei", "reniec"]
UNKNOWN_CODE = Message("{codes} has no place with the code {code}.").template
SAME_NAME = 80  # of 100: "Calleria" and a slip of the pen still are the same name
ALIASES = {
    "cuzco": "cusco",
    "nazca": "nasca",
    "prov const del callao": "callao",
    "provincia constitucional del callao": "callao",
    "bogota": "distrito capital de bogota",
    "beni": "el beni",
    "vargas": "la guaira",
}
_SEPARATOR = re.compile(r"[/,;|>]|\s-\s")
_KIND = re.compile(r"^(?:(?:departamento|region|provincia|distrito|dpto|prov|dist) (?:de|del) )")


class AreaRef(NamedTuple):
    """An area, light enough to hold all of them."""

    id: int
    code: str
    name: str
    level: int
    path: str
    latitude: float | None
    longitude: float | None
    iso_code: str = ""
    capital: str = ""

    @property
    def country(self) -> str:
        return self.path[:2]


class Gazetteer:
    """Finds areas by code, by name and by path of names."""

    def __init__(self, refs: Iterable[AreaRef], inei_by_reniec: Mapping[str, str]) -> None:
        self._by_code: dict[str, AreaRef] = {}
        self._by_name: dict[str, list[AreaRef]] = defaultdict(list)
        self._by_capital: dict[str, list[AreaRef]] = defaultdict(list)
        self._keys: dict[str, str] = {}
        self.country_of: dict[int, str] = {}
        self._by_id: dict[int, AreaRef] = {}
        self._under: dict[str, list[int]] = defaultdict(list)
        self._inei_by_reniec = inei_by_reniec
        for ref in sorted(refs, key=lambda ref: (ref.level, ref.code)):
            self._add(ref)

    def _add(self, ref: AreaRef) -> None:
        self._by_code[ref.code] = ref
        self.country_of[ref.id] = ref.country
        self._by_id[ref.id] = ref
        for code in ref.path.split("/"):
            self._under[code].append(ref.id)
        if ref.iso_code:
            self._by_code[ref.iso_code] = ref
        self._keys[ref.code] = key = fold(ref.name)
        self._by_name[key].append(ref)
        if ref.iso_code == "PE-LMA":
            self._by_name["lima metropolitana"].append(ref)
        if ref.level == 3 and fold(ref.capital) != key:
            self._by_capital[fold(ref.capital)].append(ref)

    def by_code(self, code: str, codes: Codes = "inei") -> AreaRef | None:
        """The area of a UBIGEO (with or without its leading zero) or of an ISO 3166-2 code."""
        code = code.strip().upper()
        if not code.isdecimal():
            return self._by_code.get(code)
        code = code.zfill(len(code) + len(code) % 2)
        inei = self._inei_by_reniec.get(code, "") if codes == "reniec" else code
        return self._by_code.get(inei)

    def by_id(self, pk: int | None) -> AreaRef | None:
        """The area of a number; None for none."""
        return self._by_id.get(pk or 0)

    def under(self, code: str) -> list[int]:
        """The numbers of the area with the code and of all below it."""
        area = self.by_code(code)
        return self._under[area.code] if area else []

    def by_name(self, text: str, country: str = "PE") -> list[AreaRef]:
        """Every area the text can mean, larger ones first.

        Takes a name, a path of names in either direction ("Junín/Huancayo/El Tambo",
        "El Tambo, Huancayo, Junín"), an ISO code, or failing all the capital of a district.
        """
        if exact := self._by_code.get(text.strip().upper()):
            return [exact]
        if found := self._named([self._key(text)], country):
            return found
        parts = self._parts(text, country)
        return self._along(parts, country) or self._around_capital(parts, country)

    def _along(self, parts: list[str], country: str) -> list[AreaRef]:
        """Areas at either end of a path of names; those that it names in full, if there are any."""
        found = {*self._named(parts, country), *self._named(parts[::-1], country)}
        if len(parts) > 1:
            whole = {ref for ref in found if self._chain(ref) in (parts, parts[::-1])}
            found = whole or found
        return sorted(found, key=lambda ref: (ref.level, ref.code))

    def _around_capital(self, parts: list[str], country: str) -> list[AreaRef]:
        """Districts known by the name of their capital: Pucallpa lies in Callería."""
        districts = self._by_capital
        found = {
            *self._below(districts.get("".join(parts[-1:]), []), country, parts[:-1]),
            *self._below(districts.get("".join(parts[:1]), []), country, parts[:0:-1]),
        }
        return sorted(found, key=lambda ref: ref.code)

    def _parts(self, text: str, country: str) -> list[str]:
        """The folded names of a path, without that of the country."""
        keys = map(self._key, _SEPARATOR.split(text))
        return [key for key in keys if key and key != self._keys.get(country)]

    def _named(self, parts: list[str], country: str) -> list[AreaRef]:
        """Areas named by the last part and standing below the others."""
        return self._below(self._by_name.get(parts[-1], []), country, parts[:-1]) if parts else []

    def _below(self, refs: Sequence[AreaRef], country: str, above: Sequence[str]) -> list[AreaRef]:
        return [
            ref
            for ref in refs
            if ref.country == country and _is_subsequence(above, self._chain(ref)[:-1])
        ]

    def _chain(self, ref: AreaRef) -> list[str]:
        """Folded names from the first level down to the area."""
        return [self._keys[code] for code in ref.path.split("/")[1:]]

    @staticmethod
    def _key(part: str) -> str:
        key = fold(part)
        key = ALIASES.get(key, key)
        return _KIND.sub("", key)

    def full_name(self, ref: AreaRef) -> str:
        """From the area up to its first level: "El Tambo, Huancayo, Junín"."""
        return ", ".join(reversed(self.names(ref))) or ref.name

    def names(self, ref: AreaRef) -> list[str]:
        """From the first level down to the area: Junín, Huancayo, El Tambo. A country has none."""
        return [area.name for area in self.path(ref)[1:]]

    def path(self, ref: AreaRef) -> list[AreaRef]:
        """From the country down to the area."""
        return [self._by_code[code] for code in ref.path.split("/")]

    def cross_check(self, code: str, names: Sequence[str], codes: Codes) -> Message | None:
        """What is wrong when a row gives both a code and names of places; None when they agree.

        RENIEC and INEI give the same six digits to different places, so a list that declares the
        wrong source loads without a single unknown code, in the wrong departments.
        """
        ref = self.by_code(code, codes)
        if ref and self._is_called(ref, names):
            return None
        other: Codes = "reniec" if codes == "inei" else "inei"
        elsewhere = self.by_code(code, other)
        values = {"code": code, "codes": codes.upper(), "other": other.upper()}
        if elsewhere and any(names) and self._is_called(elsewhere, names):
            return Message(
                "This looks like a code of {other}: there {code} is {elsewhere}, "
                "but the file says its codes are {codes}'s.",
                elsewhere=self.full_name(elsewhere), **values,
            )  # fmt: skip
        if ref is None:
            return Message(UNKNOWN_CODE, **values)
        said = ", ".join(name for name in names if name)
        return Message(
            "The code {code} is {place}, but the row says {said}.",
            place=self.full_name(ref), said=said, **values,
        )  # fmt: skip

    def _is_called(self, ref: AreaRef, names: Sequence[str]) -> bool:
        known = [*self._chain(ref), fold(ref.capital), self._keys[ref.country]]
        known += ["lima metropolitana"] if "/1501" in ref.path else []
        said = [self._key(part) for name in names for part in _SEPARATOR.split(name)]
        return all(any(ratio(part, name) >= SAME_NAME for name in known) for part in said if part)


def counts_at(step: int, by_path: Mapping[str, int]) -> Counter[str]:
    """Counts by path, gathered by the code that stands at a step of it; shorter paths are left out."""
    totals = Counter[str]()
    for path, n in by_path.items():
        codes = path.split("/")
        if len(codes) > step:
            totals[codes[step]] += n
    return totals


def _is_subsequence(parts: Sequence[str], chain: Sequence[str]) -> bool:
    remaining = iter(chain)
    return all(part in remaining for part in parts)

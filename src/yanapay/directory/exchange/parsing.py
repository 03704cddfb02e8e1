"""The parser of each field: text as typed → value, every distinct text read once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from yanapay.directory.exchange.problems import Problems
from yanapay.directory.exchange.reference import PlaceCells, Reference
from yanapay.directory.rules import values
from yanapay.directory.rules.columns import VOCABULARIES
from yanapay.directory.rules.identifiers import TAX_ID, valid_number
from yanapay.directory.rules.personal import is_personal_tax_id
from yanapay.kernel.errors import RuleBroken

MOST_REMEMBERED = 20_000  # by each parser of each helper; more were as fast and took 80 MB a helper
_LONGEST_BLANK = 1 + max(map(len, values.BLANK))
TEXTS = {
    "source_id": 100, "name": 300, "trade_name": 300, "acronym": 60, "legal_form": 100, "address": 300,
    "owner_name": 200,
}  # fmt: skip
#: Fields read together with another cell of the row: currency, country, or the other names of the place.
PAIRED = frozenset({"annual_sales", "tax_id", "owner_document", "place"})


class Parsed(dict[Any, Any]):
    """A parser that remembers: ``parsed[text]`` is the value, ``bad`` holds the errors of those that failed."""

    def __init__(
        self,
        parse: Callable[[Any], Any],
        empty: Any = None,
        shown: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__()
        self._parse, self._empty, self._shown = parse, empty, shown or _first
        self.bad: dict[Any, RuleBroken] = {}

    def __missing__(self, text: Any) -> Any:
        value = self[text] = self._read(text)
        return value

    def _read(self, text: Any) -> Any:
        if not text or (isinstance(text, str) and text.lower() in values.BLANK):
            return self._empty
        try:
            for cell in (text,) if isinstance(text, str) else text:
                values.refuse_sheet_error(cell or "")
            return self._parse(text)
        except RuleBroken as problem:
            self.bad[text] = problem
            return self._empty

    def column(self, cells: Sequence[Any], header: str, problems: Problems) -> list[Any]:
        """The values of a column; what failed goes to ``problems``."""
        if len(self) > MOST_REMEMBERED:
            self.clear()
            self.bad.clear()
        found = list(map(self.__getitem__, cells))
        if self.bad:
            for index, cell in enumerate(cells):
                if cell in self.bad:
                    problems.add(index, header, self._shown(cell), self.bad[cell])
        return found


def _first(cell: Any) -> str:
    """What was typed; the first that was, where a value is read from several cells."""
    return cell if isinstance(cell, str) else next(filter(None, cell), "")


class ParsedText(Parsed):
    """A parser of free text. Most columns need nothing but their spaces put right: all cells at once."""

    def __init__(self, limit: int) -> None:
        super().__init__(lambda text: values.clean(text, limit), "")
        self._limit = limit

    def column(self, cells: Sequence[Any], header: str, problems: Problems) -> list[Any]:
        tidy = [" ".join(cell.split()) for cell in cells]
        return tidy if self._is_plain(tidy) else super().column(cells, header, problems)

    def _is_plain(self, cells: list[str]) -> bool:
        short = {cell.lower() for cell in cells if len(cell) < _LONGEST_BLANK}
        return (
            len(max(cells, key=len)) <= self._limit
            and short.isdisjoint(values.BLANK | values.SHEET_ERRORS)
            and "".join(cells).isprintable()
            and not any(cell.startswith("'") for cell in cells)
        )


class ParsedPhone(Parsed):
    """A parser of telephone numbers; those of digits only are what they are."""

    def __init__(self) -> None:
        super().__init__(values.phone, "")

    def column(self, cells: Sequence[Any], header: str, problems: Problems) -> list[Any]:
        odd = [cell for cell in cells if not (cell.isdecimal() and 6 <= len(cell) <= 15)]
        if any(odd):
            return super().column(cells, header, problems)
        return list(cells)


def make_parsers(reference: Reference) -> dict[str, Parsed]:
    """One parser for each field that a cell of its own decides, and for the paired ones."""
    parsers: dict[str, Parsed] = {name: ParsedText(limit) for name, limit in TEXTS.items()}
    parsers |= {name: Parsed(parse, "") for name, parse in _codes(reference).items()}
    parsers |= {name: Parsed(parse) for name, parse in _numbers(reference).items()}
    parsers |= {name: Parsed(_coder(reference, name), ()) for name in VOCABULARIES}
    parsers |= {name: ParsedPhone() for name in ("phone", "public_phone")}
    parsers["place"] = Parsed(
        lambda cells: reference.place(PlaceCells(*cells)),
        (),
        lambda cells: PlaceCells(*cells).shown,
    )
    return parsers


def _codes(reference: Reference) -> dict[str, Callable[[Any], Any]]:
    return {
        "kind": reference.kind, "country": reference.country, "currency": values.currency_code,
        "email": values.email,
        "public_email": values.email, "website": values.website, "owner_sex": values.sex,
    }  # fmt: skip


def _numbers(reference: Reference) -> dict[str, Callable[[Any], Any]]:
    today = reference.today
    return {
        "latitude": lambda text: values.degrees(text, 90),
        "longitude": lambda text: values.degrees(text, 180),
        "workers": values.whole, "workers_women": values.whole, "workers_men": values.whole,
        "start_date": lambda text: values.past_day(text, today).isoformat(),
        "observed_on": lambda text: values.past_day(text, today).isoformat(),
        "start_year": lambda text: values.year(text, today),
        "activity": reference.activity,
        "isic_rev3": lambda text: reference.activity(text, "3"),
        "tax_id": lambda pair: tax_id(*pair),
        "owner_document": lambda pair: values.document(*pair),
        "annual_sales": lambda pair: values.amount(*pair),
    }  # fmt: skip


def women_write_m(parsers: dict[str, Parsed]) -> None:
    """From now on M is *mujer*: the list writes H for *hombre*."""
    parsers["owner_sex"] = Parsed(lambda text: values.sex(text, m_is_woman=True), "")


def tax_id(text: str, country: str) -> tuple[str, str, str, bool]:
    """(country, type, number, is personal) of a tax id whose check digit is right."""
    kind = TAX_ID.get(country, "tax_id")
    number = valid_number(country, kind, text.removeprefix("'").removesuffix(".0"))
    if len(number) > 40:
        raise RuleBroken("{n} characters are too many; at most {limit}.", n=len(number), limit=40)
    return country, kind, number, is_personal_tax_id(country, number)


def paired(cells: Iterable[str], others: Iterable[str]) -> list[tuple[str, str] | str]:
    """(cell, other) for cells that hold something, "" for the rest."""
    return [
        (cell, other) if cell and cell.lower() not in values.BLANK else ""
        for cell, other in zip(cells, others, strict=False)
    ]


def _coder(reference: Reference, vocabulary: str) -> Callable[[str], Any]:
    return lambda text: reference.coded(vocabulary, text)

"""Rules that look at more than one cell of a row."""

from itertools import repeat
from typing import Any

from yanapay.directory.exchange.problems import Problems
from yanapay.directory.rules.figures import check_figures
from yanapay.directory.rules.points import check_point
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message

Columns = dict[str, list[Any]]
_SUM = Message("This is the row of the totals, not an organisation.").template
_MISSING = Message("The name is missing.").template
_UNREADABLE = Message(
    "The name has no letter of the Latin alphabet: write it in Latin letters too."
).template
_SUMS = frozenset(("total", "totales", "total general", "gran total", "subtotal", "sub total"))
FIGURES = ("workers", "workers_women", "workers_men", "annual_sales")


def check_names(columns: Columns, header: str, problems: Problems) -> None:
    """Every organisation has a name with at least a letter or digit in it; a sum below a list is none."""
    if all(columns["name_key"]) and _SUMS.isdisjoint(columns["name_key"]):
        return
    for index, key in enumerate(columns["name_key"]):
        name = columns["name"][index]
        if not key:
            said = _UNREADABLE if any(map(str.isalnum, name)) else _MISSING
            problems.add(index, header, name, RuleBroken(said))
        elif key in _SUMS and not _has_number(columns, index):
            problems.add(index, header, name, RuleBroken(_SUM))


def _has_number(columns: Columns, index: int) -> bool:
    numbers = columns.get("tax_id")
    return bool(numbers and numbers[index])


def check_points(columns: Columns, problems: Problems) -> None:
    """A point has both coordinates or none."""
    if "latitude" not in columns and "longitude" not in columns:
        return
    size = len(columns["name"])
    latitudes = columns.setdefault("latitude", [None] * size)
    longitudes = columns.setdefault("longitude", [None] * size)
    for index, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True)):
        if (latitude is None) != (longitude is None) and index not in problems:
            error = RuleBroken("A point needs both latitude and longitude.")
            problems.add(index, "latitude", "", error)
        elif latitude == 0 == longitude:
            _refuse_zero(index, problems)


def _refuse_zero(index: int, problems: Problems) -> None:
    try:
        check_point(0, 0)
    except RuleBroken as error:
        problems.add(index, "latitude", "0", error)


def check_owners(columns: Columns, problems: Problems) -> None:
    """An owner's document stands beside the owner's name."""
    if "owner_document" not in columns:
        return
    names = columns.get("owner_name") or repeat("")
    for index, (document, name) in enumerate(zip(columns["owner_document"], names, strict=False)):
        if document and not name:
            error = RuleBroken("The owner's document is given without the owner's name.")
            problems.add(index, "owner_document", document[1], error)


def check_figures_of(columns: Columns, problems: Problems) -> int:
    """Figures agree with each other. How many rows have figures without the day they were true on."""
    present = [columns[name] for name in FIGURES if name in columns]
    if not present:
        columns.pop("observed_on", None)
        return 0
    size = len(columns["name"])
    columns.setdefault("observed_on", [None] * size)
    _add_up(columns, problems)
    undated = 0
    dates = columns["observed_on"]
    for index, cells in enumerate(zip(*present, strict=True)):
        if cells.count(None) == len(cells):
            dates[index] = None
        elif dates[index] is None:
            undated += 1
    return undated


def _add_up(columns: Columns, problems: Problems) -> None:
    if "workers_women" not in columns and "workers_men" not in columns:
        return
    unknown = [None] * len(columns["name"])
    totals = columns.setdefault("workers", list(unknown))
    by_sex = zip(
        columns.get("workers_women", unknown), columns.get("workers_men", unknown), strict=True
    )
    for index, (women, men) in enumerate(by_sex):
        total = totals[index]
        if women is not None and men is not None and total is None:
            totals[index] = women + men
        elif total is not None and total != (women or 0) + (men or 0):
            _explain(index, women, men, total, problems)


def _explain(
    index: int, women: int | None, men: int | None, total: int, problems: Problems
) -> None:
    figures = {"observed_on": "-", "workers": total, "workers_women": women, "workers_men": men}
    try:
        check_figures(figures)
    except RuleBroken as error:
        problems.add(index, error.field, total, error)

"""Cases as a list: filtered, sorted, paged by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q

from yanapay.assistance.choices import Line, Stage, State, Subsector
from yanapay.assistance.models import Case
from yanapay.assistance.models.cases import CaseQuerySet
from yanapay.assistance.queries.due import idle
from yanapay.base import finding, search
from yanapay.centres.rules import Scope
from yanapay.kernel.keys import read_key

PAGE = 25
COUNTED = 10_000  # a longer list is told as «more than»
PARAMETERS = (
    "q", "stage", "state", "responsible", "centre", "subsector", "line", "year", "idle", "organisation",
)  # fmt: skip
STANDING = "standing"  # open or paused: somebody answers for it
CODES = {"subsector": Subsector.values, "line": Line.values, "state": [*State.values, STANDING]}
SORTS = {"newest": ("opened_on", True), "longest": ("stage_since", False)}


@dataclass(frozen=True)
class Filters:
    """What the list is cut by, as it stands in the address of the page; what cannot be is left out."""

    q: str = ""
    stage: int | None = None
    state: str = ""
    responsible: int | None = None
    centre: int | None = None
    subsector: str = ""
    line: str = ""
    year: int | None = None
    idle: bool = False
    organisation: int | None = None

    @classmethod
    def read(cls, parameters: Mapping[str, Any]) -> "Filters":
        typed = {
            name: str(parameters.get(name, "")).replace("\0", "").strip() for name in PARAMETERS
        }
        codes: dict[str, Any] = {
            name: typed[name] for name, known in CODES.items() if typed[name] in known
        }
        stage, year = read_key(typed["stage"]), read_key(typed["year"])
        return cls(
            q=typed["q"][:100], stage=stage if stage in Stage.values else None,
            year=year if year and 1900 <= year <= 2200 else None,
            idle=typed["idle"] in ("1", "true"), responsible=read_key(typed["responsible"]),
            centre=read_key(typed["centre"]), organisation=read_key(typed["organisation"]), **codes,
        )  # fmt: skip

    @property
    def given(self) -> dict[str, str]:
        values = {name: getattr(self, name) for name in PARAMETERS}
        return {
            name: "1" if value is True else str(value) for name, value in values.items() if value
        }

    def query(self, **more: str) -> str:
        """The filters as the query of an address, with some set anew (an empty value leaves one out)."""
        return urlencode({k: v for k, v in {**self.given, **more}.items() if v})


@dataclass(frozen=True)
class Page:
    """One page of a list. ``after`` leads to the next, "" when there is none."""

    rows: list[Case]
    total: int
    after: str = ""


def cases(scope: Scope, filters: Filters, today: date) -> CaseQuerySet:
    """The cases that the scope may see and the filters leave, without order."""
    found = Case.objects.visible_to(scope)
    exact = ("stage", "responsible", "centre", "subsector", "line", "organisation")
    found = found.filter(**{name: value for name in exact if (value := getattr(filters, name))})
    if filters.state == STANDING:
        found = found.standing()
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.year:
        found = found.opened_between(date(filters.year, 1, 1), date(filters.year, 12, 31))
    if filters.idle:
        found = idle(found, today)
    return having_words(found, filters.q) if filters.q else found


def having_words(found: CaseQuerySet, text: str) -> CaseQuerySet:
    """Those whose number, title or enterprise holds all words of the text, typing errors forgiven."""
    return finding.matching(found, search.alternatives(text))


def exportable(scope: Scope, filters: Filters, today: date) -> CaseQuerySet:
    """What the filters leave, of the centres where the user may export; newest first."""
    found = cases(scope, filters, today).newest_first()
    centres = scope.centres_with("directory.export")
    return found if centres is None else found.filter(centre__in=centres)


def page(
    scope: Scope, filters: Filters, today: date, *, sort: str = "newest", after: str = ""
) -> Page:
    """A page in the order of a sort of :data:`SORTS`, starting after the row named by ``after``."""
    column, descends = SORTS[sort]
    found = cases(scope, filters, today)
    total = found[: COUNTED + 1].count()
    if start := _read_start(after):
        found = found.filter(_beyond(column, start, descends=descends))
    order = F(column).desc() if descends else F(column).asc()
    ordered = found.order_by(order, "-pk" if descends else "pk")
    rows = list(ordered.select_related("organisation__area", "responsible", "centre")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], total, f"{getattr(last, column)}~{last.pk}" if last else "")


def find_cases(scope: Scope, text: str, limit: int = 8) -> list[Case]:
    """The newest cases that a search of the whole site shows."""
    found = having_words(Case.objects.visible_to(scope), text)
    return list(found.select_related("organisation").order_by("-pk")[:limit])


def _read_start(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition("~")
    pk = read_key(number)
    try:
        return None if pk is None else (date.fromisoformat(day), pk)
    except ValueError:
        return None


def _beyond(column: str, start: tuple[date, int], *, descends: bool) -> Q:
    way = "lt" if descends else "gt"
    day, pk = start
    return Q(**{f"{column}__{way}": day}) | Q(**{column: day, f"pk__{way}": pk})

"""The loose figures that the source prints, beside what the records give where they can tell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from statistics import mean
from typing import Any

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from yanapay.analytics.queries.answers import counted
from yanapay.analytics.queries.forms import MAPPING_FORM
from yanapay.analytics.queries.groupings import mapped
from yanapay.analytics.queries.questions import instruments
from yanapay.analytics.rules import mapping_source as source
from yanapay.analytics.rules.figures import REASONS, TITLES, UNITS
from yanapay.base.showing import number
from yanapay.centres.rules import Scope
from yanapay.directory.models import Affiliation, Formality, Identifier, Observation
from yanapay.kernel.messages import Message
from yanapay.surveys.models import Record


@dataclass(frozen=True)
class Compared:
    """A figure as printed, and as computed from ``base`` records; ``why`` there is nothing to compute."""

    key: str
    title: Message
    unit: Message
    section: str
    printed: Any
    computed: float | None = None
    base: int = 0
    why: Message | None = None

    @property
    def shown(self) -> str:
        """The print as a reader writes it; years and months stay as they are."""
        is_date = self.key.endswith(("founded", "since"))
        return str(self.printed) if is_date else number(self.printed)


def compared_figures(scope: Scope) -> list[Compared]:
    """All of them, in the order of the source."""
    computed: dict[str, tuple[float | None, int]] = {}
    for compute in (_members, _registered, _hours, _affiliated):
        computed |= compute(scope)
    return [_compared(figure, computed) for figure in source.figures()]


def _compared(figure: dict[str, Any], computed: dict[str, tuple[float | None, int]]) -> Compared:
    key = figure["key"]
    value, base = computed.get(key, (None, 0))
    return Compared(
        key, TITLES[key], UNITS[figure["unit"]], figure["section"], figure["value"], value, base,
        None if key in computed else REASONS[key],
    )  # fmt: skip


def _members(scope: Scope) -> dict[str, tuple[float | None, int]]:
    """Members of each organisation of the mapping, as its newest figures tell."""
    told = (
        Observation.objects.standing().filter(organisation__in=mapped(scope).units.order_by().values("pk"))
        .exclude(members_women=None, members_men=None).order_by("observed_on", "pk")
        .values_list("organisation", "members_women", "members_men")
    )  # fmt: skip
    latest = {pk: (women or 0) + (men or 0) for pk, women, men in told}
    return {
        f"members_{name}": (round(of(latest.values()), 1) if latest else None, len(latest))
        for name, of in _SUMMARIES.items()
    }


def _registered(scope: Scope) -> dict[str, tuple[float | None, int]]:
    """How many have an official number or a mark of formality, in per cent."""
    units = mapped(scope).units.order_by()
    with_number = Identifier.objects.filter(organisation__in=units.values("pk"))
    with_mark = Formality.objects.filter(organisation__in=units.values("pk"))
    held = {
        pk
        for marks in (with_number, with_mark)
        for pk in marks.values_list("organisation", flat=True)
    }
    size = units.count()
    share = round(100 * len(held) / size, 1) if size else None
    rest = None if share is None else round(100 - share, 1)
    return {
        "share_with_some_registry": (share, size),
        "share_without_legal_recognition": (rest, size),
    }


def _hours(scope: Scope) -> dict[str, tuple[float | None, int]]:
    """How long the interviews took, from the hours that the form asks for."""
    form = instruments(scope).filter(form_id=MAPPING_FORM).first()
    if not form:
        return {}
    records = Record.objects.filter(submission__in=counted(form, scope).values("pk"), repeat="")
    told = records.annotate(
        start=KeyTextTransform("lugar_06", "values"), end=KeyTextTransform("lugar_07", "values")
    ).order_by().values_list("start", "end").annotate(n=Count("pk"))  # fmt: skip
    lasted = [hours for start, end, n in told for _ in range(n) if (hours := _between(start, end))]
    return {"interview_hours": (round(mean(lasted), 1) if lasted else None, len(lasted))}


def _between(start: str | None, end: str | None) -> float | None:
    """Hours from one time of day to a later one; None when either is missing or they are out of order."""
    if not start or not end:
        return None
    try:
        first, last = (time.fromisoformat(text[:5]) for text in (start, end))
    except ValueError:
        return None
    day = datetime(2000, 1, 1)  # noqa: DTZ001  two times of one day
    return (
        max(0.0, (day.combine(day, last) - day.combine(day, first)).seconds / 3600)
        if last > first
        else None
    )


def _affiliated(scope: Scope) -> dict[str, tuple[float | None, int]]:
    """Members that the records name for the two networks whose size the source prints."""
    seen = mapped(scope).units.order_by()
    named = {"ciap_base_organisations": "CIAP", "gies_cusco_members": "GIES Cusco"}
    found: dict[str, tuple[float | None, int]] = {}
    for key, acronym in named.items():
        current = Affiliation.objects.filter(until=None, network__in=seen.filter(acronym=acronym))
        n = current.values("member").distinct().count()
        found[key] = (n or None, n)
    return found


_SUMMARIES: dict[str, Callable[[Any], float]] = {"average": mean, "min": min, "max": max}

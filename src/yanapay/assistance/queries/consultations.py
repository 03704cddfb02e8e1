"""Consultations as a list with filters, one of them, what waits, and what is asked most."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from yanapay.assistance.choices import Channel, Outcome
from yanapay.assistance.models import Consultation
from yanapay.assistance.models.consultations import ConsultationQuerySet
from yanapay.assistance.rules.consultations import Demand, demand_by_topic
from yanapay.base import finding, search
from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.kernel.keys import read_key
from yanapay.roster.choices import Topic


@dataclass(frozen=True)
class Filters:
    """What a list of consultations is narrowed by; ``month`` is "2026-03", ``who`` and ``centre`` are keys."""

    q: str = ""
    topic: str = ""
    channel: str = ""
    outcome: str = ""
    month: str = ""
    who: str = ""
    centre: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filters":
        """From an address; what is not a known code narrows nothing."""
        asked = {f.name: given.get(f.name, "").strip()[:100] for f in fields(cls)}
        known = {"topic": Topic.values, "channel": Channel.values, "outcome": Outcome.values}
        for name, codes in known.items():
            asked[name] = asked[name] if asked[name] in codes else ""
        asked["month"] = asked["month"] if _month(asked["month"]) else ""
        return cls(**asked)

    @property
    def given(self) -> dict[str, str]:
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}


def open_consultation(scope: Scope, pk: int) -> Consultation:
    """The consultation if the scope may see it; else NotFound."""
    visible = Consultation.objects.visible_to(scope).select_related(
        "centre", "person", "organisation__area", "case", "based_on", "answered_by"
    )
    found = visible.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such consultation, or it is not in your centre.")
    return found


def consultations(scope: Scope, filters: Filters) -> ConsultationQuerySet:
    """Those that the filters leave, newest first."""
    found = Consultation.objects.visible_to(scope).filter(
        **{
            name: code
            for name in ("topic", "channel", "outcome")
            if (code := getattr(filters, name))
        }
    )
    if span := _month(filters.month):
        found = asked_between(found, *span)
    if (who := read_key(filters.who)) is not None:
        found = found.filter(answered_by=who)
    if (centre := read_key(filters.centre)) is not None:
        found = found.filter(centre=centre)
    if filters.q:
        by_number = found.filter(number__iexact=filters.q)
        if by_number.exists():
            return by_number.newest_first()
        found = finding.matching(found, search.alternatives(filters.q))
    return found.newest_first()


def asked_between(found: ConsultationQuerySet, start: date, end: date) -> ConsultationQuerySet:
    """Both days included, as the installation's clock tells days."""
    since = timezone.make_aware(datetime.combine(start, time.min))
    until = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    return found.filter(asked_at__gte=since, asked_at__lt=until)


def demand(found: ConsultationQuerySet) -> list[Demand]:
    """What the consultations are about, most asked first."""
    counted = found.order_by().values_list("topic").annotate(n=Count("pk"))
    return demand_by_topic(dict(counted))


def pending_items(scope: Scope, limit: int) -> list[WorkItem]:
    """What still waits for an answer in the centres where the user serves clients; own ones first."""
    centres = scope.centres_with("assistance.edit")
    waiting = Consultation.objects.filter(outcome=Outcome.PENDING)
    waiting = waiting if centres is None else waiting.filter(centre__in=centres)
    mine = list(waiting.filter(answered_by=scope.user_id).order_by("asked_at")[:limit])
    others = waiting.exclude(answered_by=scope.user_id).order_by("asked_at")[: limit - len(mine)]
    return [
        WorkItem("consultations", _shortened(one.question), reverse("assistance:consultation", args=[one.pk]),
                 f"{one.number} · {one.get_topic_display()}", due=timezone.localdate(one.asked_at),
                 is_mine=one.answered_by_id == scope.user_id)
        for one in [*mine, *others]
    ]  # fmt: skip


def pending_of(user_id: int) -> int:
    """How many consultations a user still owes an answer to."""
    return Consultation.objects.filter(answered_by=user_id, outcome=Outcome.PENDING).count()


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _month(text: str) -> tuple[date, date] | None:
    """First and last day of "2026-03"; None for anything else."""
    year, _, month = text.partition("-")
    if len(text) != 7 or not (
        year.isascii() and year.isdigit() and month.isascii() and month.isdigit()
    ):
        return None
    if not (1900 <= int(year) <= 2200 and 1 <= int(month) <= 12):
        return None
    first = date(int(year), int(month), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

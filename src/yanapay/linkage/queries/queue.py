"""The review queue: what waits, one pair side by side, what was merged, how far a search is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope
from yanapay.directory.models import Merge, Organisation
from yanapay.directory.rules.values import PHONES, grouped_phone
from yanapay.kernel.errors import NotFound
from yanapay.linkage.access import can_decide_pair, can_undo_merge
from yanapay.linkage.models import CandidatePair, CandidatePairQuerySet, LinkageRun
from yanapay.linkage.rules import Reason

SHOWN = (
    "name", "trade_name", "kind", "legal_form", "area", "address", "phone", "private_phone", "email",
    "start_year", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field of both records, side by side."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left.casefold() != self.right.casefold()


def waiting(scope: Scope) -> CandidatePairQuerySet:
    """The pairs that the user may decide on, best first."""
    found = CandidatePair.objects.waiting().visible_to(scope).best_first()
    return found.select_related("left__area", "left__centre", "right__area", "right__centre")


def open_pair(scope: Scope, pk: int) -> CandidatePair:
    """One waiting pair; NotFound when there is none or it is not the user's to decide."""
    pair = waiting(scope).filter(pk=pk).first()
    if pair is None or not can_decide_pair(scope, pair):
        raise NotFound("There is no such pair, or somebody already decided on it.")
    return pair


def next_pair(scope: Scope, after: CandidatePair) -> CandidatePair | None:
    """The pair that follows in the queue."""
    lower = Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk)
    return waiting(scope).filter(lower).first()


def side_by_side(pair: CandidatePair) -> list[Line]:
    """The fields of both records and their official numbers; fields empty in both are left out."""
    lines = [*_fields(pair.left, pair.right), _numbers(pair.left, pair.right)]
    return [line for line in lines if line.left or line.right]


def reasons(pair: CandidatePair) -> list[Reason]:
    """Why the pair may be one record, the strongest first, what says nothing left out."""
    known = [reason for reason in (Reason(**r) for r in pair.reasons) if reason.is_known]
    return sorted(known, key=lambda reason: -reason.weight)


def merges(scope: Scope) -> QuerySet[Merge]:
    """Merges between records of the user's centres, newest first."""
    centres = scope.centres_with("directory.merge")
    found = Merge.objects.select_related("keep__centre", "drop__centre").order_by("-pk")
    return found if centres is None else found.filter(keep__centre__in=centres)


def open_merge(scope: Scope, pk: int) -> Merge:
    merge = merges(scope).filter(pk=pk).first()
    if merge is None or not can_undo_merge(scope, merge):
        raise NotFound("There is no such merge.")
    return merge


def last_run(scope: Scope) -> LinkageRun | None:
    """The newest search whose result the user sees."""
    centres = scope.centres_with("directory.merge")
    seen = LinkageRun.objects.order_by("-pk")
    return (
        seen if centres is None else seen.filter(Q(centre=None) | Q(centre__in=centres))
    ).first()


def work_items(scope: Scope, limit: int) -> list[WorkItem]:
    """Duplicates to review, as one line of "my work today"."""
    if not scope.may("directory.merge") or not (count := waiting(scope).count()):
        return []
    title = ngettext(
        "%(n)s pair that may be one organisation", "%(n)s pairs that may be one organisation", count
    )
    best = "; ".join(f"«{pair.left.name}», «{pair.right.name}»" for pair in waiting(scope)[:2])
    return [WorkItem("duplicates", title % {"n": count}, reverse("linkage:queue"), best, count=count,
                     is_mine=False)]  # fmt: skip


def _fields(left: Organisation, right: Organisation) -> Iterator[Line]:
    for name in SHOWN:
        named = Organisation._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        label = gettext("State") if name == "status" else str(named)
        yield Line(label, _shown(left, name), _shown(right, name))


def _shown(organisation: Organisation, name: str) -> str:
    display: Any = getattr(organisation, f"get_{name}_display", None)
    value = display() if display else getattr(organisation, name)
    shown = "" if value is None else str(value)
    return grouped_phone(shown) if name in PHONES else shown


def _numbers(left: Organisation, right: Organisation) -> Line:
    sides = [
        ", ".join(f"{i.type.upper()} {i.number}" for i in one.identifiers.all())
        for one in (left, right)
    ]
    return Line(gettext("official numbers"), *sides)

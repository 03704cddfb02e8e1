"""The entries for the office: what is shown beside what the directory says, and what each version changed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation
from yanapay.kernel.errors import NotFound
from yanapay.kernel.text import fold
from yanapay.mapping.choices import EntryState, ProposalState
from yanapay.mapping.models import Entry, EntryVersion, Proposal
from yanapay.mapping.queries.current import values_of
from yanapay.mapping.rules.fields import PRESENTED, PUBLIC
from yanapay.mapping.rules.proposing import alike
from yanapay.mapping.rules.showing import rounded


@dataclass(frozen=True)
class Shown:
    """One public field: what the entry shows, what the directory says now."""

    field: str
    shown: Any
    offered: Any

    @property
    def is_shown(self) -> bool:
        return self.shown not in ("", None, [])

    @property
    def differs(self) -> bool:
        """Whether something that is shown is no longer what the directory says."""
        return self.is_shown and not _same(self.field, self.shown, self.offered)


def listed(scope: Scope, state: str = "", text: str = "") -> "QuerySet[Entry]":
    """The list of the office, with ``waits`` (a proposal is undecided) and ``approved`` (when)."""
    waiting = Proposal.objects.pending().filter(organisation=OuterRef("organisation"))
    found = Entry.objects.visible_to(scope).select_related("area__parent", "organisation")
    found = found.annotate(waits=Exists(waiting), approved=Max("versions__approved_at"))
    if state == "changed":
        found = found.filter(
            Q(waits=True) | Q(organisation__updated_at__gt=F("approved")), ~Q(state=EntryState.UNPUBLISHED)
        )  # fmt: skip
    elif state:
        found = found.filter(state=state)
    for word in fold(text).split():
        found = found.filter(name_key__contains=word)
    return found.order_by("name_key", "pk")


def open_entry(scope: Scope, pk: int) -> Entry:
    """An entry of the user's centres; NotFound otherwise."""
    ready = Entry.objects.visible_to(scope).select_related("organisation__centre", "area")
    if found := ready.filter(pk=pk).first():
        return found
    raise NotFound("There is no such entry.")


def offered(organisation: Organisation) -> dict[str, Any]:
    """What could be shown: the directory's values, and texts for the public that a reviewer accepted."""
    texts: dict[str, Any] = {}
    decided = Proposal.objects.filter(organisation=organisation).exclude(
        state=ProposalState.PENDING
    )
    for proposal in decided.order_by("decided_at"):
        texts |= {field: v for field, v in proposal.accepted().items() if field in PRESENTED}
    known = values_of(organisation)
    return {**known, **texts, "networks": known["networks"] or texts.get("networks", "")}


def side_by_side(organisation: Organisation, entry: Entry | None) -> list[Shown]:
    """Every public field that says something, here or there."""
    shown, says = shown_by(entry) if entry else {}, offered(organisation)
    rows = [Shown(field, shown.get(field, ""), _offer(field, says, shown)) for field in PUBLIC]
    return [row for row in rows if row.is_shown or row.offered not in ("", None, [])]


def shown_by(entry: Entry) -> dict[str, Any]:
    """All public fields of the version that was approved last."""
    last = entry.versions.order_by("-number").first()
    return dict(last.shown) if last else {}


def versions_of(entry: Entry) -> list[tuple[EntryVersion, list[tuple[str, Any, Any]]]]:
    """Each version, newest first, with (field, before, after) of what it changed."""
    versions = list(entry.versions.order_by("number"))
    told = []
    for before, after in zip([None, *versions], versions, strict=False):
        old = before.shown if before else {}
        fields = [f for f in PUBLIC if old.get(f) != after.shown.get(f)] if before else []
        told.append((after, [(f, old.get(f), after.shown.get(f)) for f in fields]))
    return told[::-1]


def _offer(field: str, says: dict[str, Any], shown: dict[str, Any]) -> Any:
    """A text that only the page has stays offered."""
    value = says.get(field)
    return shown.get(field, "") if field in PRESENTED and value in ("", None) else value


def _same(field: str, shown: Any, says: Any) -> bool:
    """A point says the same when it does at the exactness that is shown."""
    if field != "point" or not says:
        return alike(field, shown, says)
    decimals = max(len(part.partition(".")[2]) for part in str(shown).split())
    return bool(rounded(says, decimals) == rounded(shown, decimals))

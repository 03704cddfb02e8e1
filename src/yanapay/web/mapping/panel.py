"""What the page of an organisation says of its entry and its interviews."""

from typing import Any

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation
from yanapay.mapping.access import can_publish
from yanapay.mapping.models import Entry, Interview, Proposal


def mapping_of(scope: Scope, organisation: Organisation) -> dict[str, Any] | None:
    """For those who read answers or review them; None for others."""
    may_publish = can_publish(scope, organisation)
    if not (may_publish or scope.may("surveys.view", organisation.centre_id)):
        return None
    waiting = Proposal.objects.pending().filter(organisation=organisation) if may_publish else []
    visits = Interview.objects.visible_to(scope).filter(organisation=organisation)
    return {
        "entry": Entry.objects.filter(organisation=organisation).first(), "proposals": waiting,
        "interviews": visits.select_related("interviewer").order_by("-pk")[:3], "may_publish": may_publish,
    }  # fmt: skip

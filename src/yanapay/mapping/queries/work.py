"""What the mapping gives people to do: the sources of "my work today"."""

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope
from yanapay.mapping.choices import InterviewState
from yanapay.mapping.models import Interview, Proposal
from yanapay.mapping.queries.confirmations import to_follow_up
from yanapay.mapping.queries.interviews import DUE_FIRST


def proposal_items(scope: Scope, limit: int) -> list[WorkItem]:
    """One line for all proposals, with the first names."""
    waiting = Proposal.objects.pending().visible_to(scope).order_by("pk")
    count = waiting[:1000].count()
    if not count:
        return []
    names = [proposal.name for proposal in waiting.select_related("organisation")[:3]]
    title = ngettext("%(n)s proposed change to review", "%(n)s proposed changes to review", count)
    return [
        WorkItem(
            "proposed",
            title % {"n": count},
            reverse("mapping:proposals"),
            ", ".join(names),
            count=count,
        )
    ]


def interview_items(scope: Scope, limit: int) -> list[WorkItem]:
    """The visits that the user has to make, the most urgent first."""
    mine = Interview.objects.filter(interviewer=scope.user_id, state=InterviewState.ASSIGNED)
    if scope.user_id is None:
        return []
    return [
        WorkItem("interviews", interview.name, reverse("mapping:interview", args=[interview.pk]),
                 interview.reason or (interview.area.full_name if interview.area else ""), interview.due_on)
        for interview in mine.select_related("area").order_by(DUE_FIRST, "pk")[:limit]
    ]  # fmt: skip


def confirmation_items(scope: Scope, limit: int) -> list[WorkItem]:
    """Answers that say the page is wrong."""
    return [
        WorkItem("confirmations", told.entry.name, reverse("mapping:entry", args=[told.entry_id]),
                 _("Its people say: %(answer)s") % {"answer": told.get_answer_display()})
        for told in to_follow_up(scope)[:limit]
    ]  # fmt: skip


def interviews_of(user_id: int) -> int:
    """How many visits a user has still to make."""
    return Interview.objects.filter(interviewer=user_id, state=InterviewState.ASSIGNED).count()

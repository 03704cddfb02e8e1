"""Interviews for pages: the list, the board, one interview, whom to send."""

from datetime import date

from django.db.models import Count, F, QuerySet

from yanapay.accounts.models import Role, User
from yanapay.centres.models import Centre, Membership
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.kernel.text import fold
from yanapay.mapping.choices import InterviewState
from yanapay.mapping.models import Interview, Proposal
from yanapay.surveys.choices import FormState, Purpose
from yanapay.surveys.models import Instrument

ON_A_CARD = 30
DUE_FIRST = F("due_on").asc(nulls_last=True)


def listed(scope: Scope, state: str = "", text: str = "") -> "QuerySet[Interview]":
    """Those that the scope may see, what is due first."""
    found = Interview.objects.visible_to(scope).select_related(
        "area", "interviewer", "instrument", "organisation"
    )
    if state:
        found = found.filter(state=state)
    if text:
        wanted = fold(text).split()
        keys = [
            pk
            for pk, name in found.values_list("pk", "name")
            if all(w in fold(name) for w in wanted)
        ]
        found = found.filter(pk__in=keys)
    return found.order_by(DUE_FIRST, "-pk")


def counts(scope: Scope) -> dict[str, int]:
    """How many stand in each state."""
    rows = (
        Interview.objects.visible_to(scope).order_by().values_list("state").annotate(n=Count("pk"))
    )
    found = dict(rows)
    return {state: found.get(state, 0) for state in InterviewState.values}


def board(scope: Scope) -> list[tuple[InterviewState, list[Interview]]]:
    """The way from proposed to published as columns, each with what is due first."""
    states = [
        s for s in InterviewState if s not in (InterviewState.UNPUBLISHED, InterviewState.DROPPED)
    ]
    return [(state, list(listed(scope, state)[:ON_A_CARD])) for state in states]


def open_interview(scope: Scope, pk: int) -> Interview:
    """One that the scope may see; NotFound otherwise."""
    ready = Interview.objects.visible_to(scope).select_related(
        "centre", "organisation", "area", "instrument", "interviewer", "submission"
    )
    if found := ready.filter(pk=pk).first():
        return found
    raise NotFound("There is no such interview.")


def mine(user: User) -> "QuerySet[Interview]":
    """What is assigned to somebody and what they have answered, what is due first."""
    found = Interview.objects.filter(interviewer=user).select_related("area", "instrument")
    return found.order_by(DUE_FIRST, "pk")


def interviewers(centre: Centre, on: date) -> "QuerySet[User]":
    """Who may fill in forms in the centre."""
    roles = [r.pk for r in Role.objects.all() if "surveys.submit" in r.permissions]
    staff = Membership.objects.current(on).filter(centre=centre, role__in=roles).values("user")
    return User.objects.filter(pk__in=staff, is_entrepreneur=False).order_by(
        "full_name", "username"
    )


def mapping_forms(scope: Scope) -> "QuerySet[Instrument]":
    """Open forms that map organisations."""
    offered = Instrument.objects.visible_to(scope).filter(purpose=Purpose.MAPPING)
    return offered.filter(state=FormState.OPEN)


def proposal_of(interview: Interview) -> Proposal | None:
    """The last one that came of it."""
    return interview.proposals.order_by("-pk").first()


def waiting_for_review(scope: Scope, source: str = "") -> "QuerySet[Proposal]":
    """Undecided proposals of the centres where the user reviews, the oldest first."""
    found = (
        Proposal.objects.pending()
        .visible_to(scope)
        .select_related("organisation", "submission", "interview", "centre")
    )
    return (found.filter(source=source) if source else found).order_by("pk")


def open_proposal(scope: Scope, pk: int) -> Proposal:
    """One that the user may review; NotFound otherwise."""
    ready = Proposal.objects.visible_to(scope).select_related(
        "organisation__centre", "organisation__area", "interview", "submission__instrument",
        "submission__version", "centre",
    )  # fmt: skip
    if found := ready.filter(pk=pk).first():
        return found
    raise NotFound("There is no such proposal.")

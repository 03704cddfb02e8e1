"""The desk of a specialist: what they are asked, what they visit, what they owe."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yanapay.assistance.choices import AssignmentState, State
from yanapay.assistance.models import Milestone
from yanapay.assistance.queries.team import assignments_of
from yanapay.assistance.queries.visits import visits_between
from yanapay.roster.models import Specialist
from yanapay.web.http import Request

BEHIND, AHEAD = timedelta(days=30), timedelta(days=60)


def show(request: Request) -> HttpResponse:
    """First what waits for an answer, then visits and deliverables, then the cases."""
    request.scope.require("assistance.serve")
    today, user = timezone.localdate(), request.user
    own = assignments_of(user.pk)
    working = own.filter(state=AssignmentState.ACCEPTED, case__state__in=[State.OPEN, State.PAUSED])
    owed = Milestone.objects.filter(
        contract__assignment__in=working, contract__ended_reason="", accepted_on=None
    )
    context = {
        "asked": own.filter(state=AssignmentState.ASKED),
        "working": working,
        "past": own.exclude(pk__in=working).exclude(state=AssignmentState.ASKED)[:20],
        "owed": owed.select_related("contract__assignment__case").order_by("due_on"),
        "visits": visits_between(request.scope, today - BEHIND, today + AHEAD, user.pk).filter(done_on=None),
        "entries": Specialist.objects.filter(user=user),
        "today": today,
    }  # fmt: skip
    return render(request, "assistance/execution/mine.html", context)

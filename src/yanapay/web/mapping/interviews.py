"""The interviews: the list, the board, one of them, and what a mapper has before them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.mapping.access import can_plan_interviews, is_interviewer
from yanapay.mapping.actions.interviews import assign, move_interview
from yanapay.mapping.choices import InterviewState
from yanapay.mapping.models import Interview
from yanapay.mapping.queries import interviews as queries
from yanapay.mapping.rules.interviews import MOVES, OPEN
from yanapay.surveys.queries.days import answered_on
from yanapay.web.acting import accepted, actor, done, show_form
from yanapay.web.heads import Head, tabs_of
from yanapay.web.http import Request, page_of
from yanapay.web.mapping.forms import AssignForm
from yanapay.web.mapping.pages import PER_PAGE, asked_for

ASSIGNABLE = (InterviewState.PROPOSED, InterviewState.ASSIGNED)


def index(request: Request) -> HttpResponse:
    """All interviews that the user may see, by state and name."""
    request.scope.require("surveys.view")
    state = asked_for(request, "state", InterviewState.values)
    text = request.GET.get("q", "").strip()
    page = page_of(request, queries.listed(request.scope, state, text), PER_PAGE)
    counts, everything = queries.counts(request.scope), reverse("mapping:interviews")
    head = Head(
        everything, page.paginator.count, bool(state or text), text=text, tabs_label=_("State"),
        tabs=tabs_of(everything, "state", state, InterviewState.choices, counts),
        kept={"state": state} if state else {},
    )  # fmt: skip
    context = {"page": page, "head": head, "may_plan": can_plan_interviews(request.scope)}
    return render(request, "mapping/interviews.html", context)


def board(request: Request) -> HttpResponse:
    """The same as columns, from proposed to published."""
    request.scope.require("surveys.view")
    counts = queries.counts(request.scope)
    columns = [(state, counts[state], found) for state, found in queries.board(request.scope)]
    context = {"columns": columns, "may_plan": can_plan_interviews(request.scope)}
    return render(request, "mapping/board.html", context)


def mine(request: Request) -> HttpResponse:
    """What is assigned to the user: to be visited, sent back, answered."""
    request.scope.require("surveys.submit")
    found = list(queries.mine(request.user))
    context = {
        "to_visit": [one for one in found if one.state == InterviewState.ASSIGNED],
        "answered": [one for one in found if one.state != InterviewState.ASSIGNED][:20],
        "today": timezone.localdate(),
    }
    return render(request, "mapping/mine.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """One interview: who, where, how far, and what may happen next."""
    interview = queries.open_interview(request.scope, pk)
    form = AssignForm(request.POST or None, interview=interview, on=timezone.localdate())
    may_plan = can_plan_interviews(request.scope, interview.centre_id)
    if request.method == "POST":
        request.scope.require("surveys.review", interview.centre_id)
        if accepted(form, assign, by=actor(request, interview), interview=interview):
            messages.success(
                request, _("Assigned to %(name)s.") % {"name": form.cleaned_data["interviewer"]}
            )
            return redirect("mapping:interview", pk)
    context = {
        "interview": interview, "form": form, "may_plan": may_plan,
        "may_assign": may_plan and interview.state in ASSIGNABLE,
        "steps": interview.steps.order_by("-pk"), "proposal": queries.proposal_of(interview),
        "moves": _moves(interview) if may_plan else [], "today": timezone.localdate(),
        "may_fill": is_interviewer(request.scope, interview) and interview.state in OPEN,
        "may_review": request.scope.may("surveys.review", interview.centre_id),
        "day": answered_on(interview.submission) if interview.submission else None,
    }  # fmt: skip
    return show_form(request, "mapping/interview.html", context)


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Drop, take back, put aside: what the table allows, with its reason."""
    interview = queries.open_interview(request.scope, pk)
    request.scope.require("surveys.review", interview.centre_id)
    state, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    done(request, lambda: move_interview(
        by=actor(request, interview), interview=interview, state=state, on=timezone.localdate(), reason=reason,
    ))  # fmt: skip
    return redirect("mapping:interview", pk)


def _moves(interview: Interview) -> list[tuple[str, str, bool]]:
    """(state, what the button says, whether it needs a reason) of the moves that a reviewer makes by hand."""
    words = {
        "proposed": _("Take back"),
        "dropped": _("Drop"),
        "interviewed": _("Interview made on paper"),
    }
    return [
        (after, words[after], needs)
        for (before, after), needs in MOVES.items()
        if before == interview.state and after in words
    ]

"""Whom to visit: the list, the board, one interview, and what a mapper has before them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from yanapay.directory.models import Organisation
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.record import open_organisation
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.rules.duplicates import Sketch
from yanapay.kernel.keys import read_key
from yanapay.mapping.access import can_plan_interviews, is_interviewer
from yanapay.mapping.actions.interviews import assign, move_interview, plan_list, propose_interview
from yanapay.mapping.choices import InterviewState
from yanapay.mapping.models import Interview
from yanapay.mapping.queries import interviews as queries
from yanapay.mapping.queries.review import alike
from yanapay.mapping.rules.interviews import MOVES, OPEN
from yanapay.surveys.queries.days import answered_on
from yanapay.web.acting import accepted, actor, done, made
from yanapay.web.heads import Head, tabs_of
from yanapay.web.http import Request
from yanapay.web.mapping.forms import AssignForm, NewInterviewForm, PlanForm

PER_PAGE = 50
MOST_AT_ONCE = 200
ASSIGNABLE = (InterviewState.PROPOSED, InterviewState.ASSIGNED)


def index(request: Request) -> HttpResponse:
    """All interviews that the user may see, by state and name."""
    request.scope.require("surveys.view")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    state = state if state in InterviewState.values else ""
    page = Paginator(queries.listed(request.scope, state, text), PER_PAGE).get_page(
        request.GET.get("page")
    )
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


def new(request: Request) -> HttpResponse:
    """A new name: when something like it is known, the page asks whether it is that one."""
    request.scope.require("surveys.review")
    form = NewInterviewForm(request.POST or None, scope=request.scope)
    known: list[Any] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = read_key(request.POST.get("organisation", ""))
        if not chosen and "is_new" not in request.POST:
            known = [one for one in alike(request.scope, Sketch(data["name"])) if one.may_open]
        if not known and (interview := made(form, lambda: _propose(request, data, chosen))):
            messages.success(request, _("Planned: «%(name)s».") % {"name": interview.name})
            return redirect("mapping:interview", interview.pk)
    context = {"form": form, "known": known}
    return render(
        request, "mapping/interview_new.html", context, status=422 if form.errors else 200
    )


def plan(request: Request) -> HttpResponse:
    """A visit to each organisation of a filtered list of the directory."""
    request.scope.require("surveys.review")
    filters = Filters.read(request.GET)
    chosen = _plannable(request, organisations(Selection(request.scope, filters)))
    total = chosen.count()
    form = PlanForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        planned = _plan_all(request, list(chosen[:MOST_AT_ONCE]), form.cleaned_data["instrument"])
        said = ngettext("%(n)s interview planned.", "%(n)s interviews planned.", planned)
        messages.success(request, said % {"n": planned})
        return redirect("mapping:interviews")
    context = {"form": form, "total": total, "some": chosen[:10], "query": filters.query(),
               "too_many": total > MOST_AT_ONCE, "most": MOST_AT_ONCE}  # fmt: skip
    return render(request, "mapping/plan.html", context)


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
    return render(request, "mapping/interview.html", context, status=422 if form.errors else 200)


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


def _propose(request: Request, data: dict[str, Any], chosen: int | None) -> Interview:
    organisation = open_organisation(request.scope, chosen) if chosen else None
    centre = data["centre"]
    return propose_interview(
        by=request.scope.actor(centre.pk), centre=centre, instrument=data["instrument"],
        organisation=organisation, name=data["name"], area=data["area"], contact=data["contact"],
    )  # fmt: skip


def _plannable(request: Request, found: Any) -> Any:
    """Those of centres where the user says whom to visit."""
    centres = request.scope.centres_with("surveys.review")
    return found if centres is None else found.filter(centre__in=centres)


def _plan_all(request: Request, found: list[Organisation], instrument: Any) -> int:
    by_centre: dict[Any, list[Organisation]] = {}
    for organisation in found:
        by_centre.setdefault(organisation.centre, []).append(organisation)
    return sum(
        len(plan_list(by=request.scope.actor(centre.pk), centre=centre, instrument=instrument,
                      organisations=theirs))
        for centre, theirs in by_centre.items()
    )  # fmt: skip


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

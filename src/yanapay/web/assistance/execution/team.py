"""Who helps with a case: matching, asking, answering, releasing; the contract."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.access import can_answer_assignment, can_edit_case
from yanapay.assistance.actions.contracts import sign_contract
from yanapay.assistance.actions.team import answer_assignment, ask_specialist, release_assignment
from yanapay.assistance.models import Assignment, Case, Contract
from yanapay.assistance.queries.team import kept_reasons, matches, need_of, open_assignment
from yanapay.kernel.errors import NotAllowed, YanapayError
from yanapay.kernel.keys import read_key
from yanapay.roster.models import Specialist
from yanapay.web.acting import accepted, actor, attempt, say, show_form
from yanapay.web.assistance.execution.forms import (
    AnswerForm,
    ContractForm,
    MilestoneForm,
    MilestoneFormSet,
    NeedForm,
    ReasonForm,
    milestone_terms,
)
from yanapay.web.assistance.pages import REFUSED, back, editable, form_page
from yanapay.web.http import Request

FIRST = 8  # candidates shown at once; the others are folded


def match(request: Request, pk: int) -> HttpResponse:
    """The roster ranked for a case, each with reasons and obstacles; one click asks."""
    case, today = editable(request, pk), timezone.localdate()
    error = ""
    if request.method == "POST":
        try:
            asked = _ask(request, case)
            return back(request, case, _("%(name)s is asked; the answer is due by %(day)s.") % {
                "name": asked.specialist, "day": asked.answer_by.strftime("%d/%m/%Y")}, "team")  # fmt: skip
        except YanapayError as refused:
            error = say(refused.message)
    form = NeedForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    technology = wanted.get("technology")
    need = need_of(case, today, [technology.pk] if technology else [], wanted.get("topic", ""))
    found = matches(case, need)
    fitting = [m for m in found if m.may_be_asked]
    context = {
        "case": case, "form": form, "error": error, "need": need, "task": request.POST.get("task", ""),
        "fitting": fitting[:FIRST], "further": fitting[FIRST:],
        "others": [m for m in found if not m.may_be_asked],
        "best": max((m.score for m in found), default=0),
    }  # fmt: skip
    return render(request, "assistance/execution/match.html", context, status=422 if error else 200)


def assignment(request: Request, pk: int) -> HttpResponse:
    """One assignment: what is asked, and the answer."""
    found = open_assignment(request.scope, pk)
    if not can_answer_assignment(request.scope, found) and not can_edit_case(
        request.scope, found.case
    ):
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        if not can_answer_assignment(request.scope, found):
            raise NotAllowed(REFUSED)
        accept = "accept" in request.POST
        if attempt(form, lambda: answer_assignment(
            by=actor(request, found.case), assignment=found, accept=accept, on=timezone.localdate(),
            reason=form.cleaned_data["reason"],
        )):  # fmt: skip
            return _answered(request, found, accept=accept)
    may_answer = found.state == "asked" and can_answer_assignment(request.scope, found)
    context = {"form": form, "assignment": found, "case": found.case, "may_answer": may_answer,
               "reasons": kept_reasons(found)}  # fmt: skip
    return show_form(request, "assistance/execution/assignment.html", context)


def release(request: Request, pk: int) -> HttpResponse:
    """A specialist leaves a case."""
    found = open_assignment(request.scope, pk)
    if not can_edit_case(request.scope, found.case):
        raise NotAllowed(REFUSED)
    form, today = ReasonForm(request.POST or None), timezone.localdate()
    if accepted(
        form, release_assignment, by=actor(request, found.case), assignment=found, on=today
    ):
        return back(request, found.case, _("The specialist is released."), "team")
    lead = _(
        "Tasks and visits to come are left without a specialist; an open contract is broken off."
    )
    title = _("Release %(name)s") % {"name": found.specialist}
    return form_page(
        request, form, title=title, case=found.case, lead=lead, action_label=_("Release")
    )


def contract(request: Request, pk: int) -> HttpResponse:
    """The contract with a specialist and its deliverables."""
    found = open_assignment(request.scope, pk)
    if not can_edit_case(request.scope, found.case):
        raise NotAllowed(REFUSED)
    form = ContractForm(request.POST or None, initial=_terms(found))
    rows = MilestoneFormSet(request.POST or None)
    if (
        form.is_valid()
        and rows.is_valid()
        and attempt(form, lambda: _sign(request, found, form, rows))
    ):
        return back(request, found.case, _("The contract is kept."), "team")
    return form_page(
        request, form, title=_("Contract with %(name)s") % {"name": found.specialist}, case=found.case,
        rows=rows, template="assistance/execution/contract.html",
    )  # fmt: skip


def _ask(request: Request, case: Case) -> Assignment:
    key = read_key(request.POST.get("specialist", ""))
    specialist = get_object_or_404(Specialist.objects.visible_to(request.scope), pk=key)
    return ask_specialist(
        by=actor(request, case), case=case, specialist=specialist, task=request.POST.get("task", "")[:2000],
        on=timezone.localdate(),
    )  # fmt: skip


def _answered(request: Request, found: Assignment, *, accept: bool) -> HttpResponse:
    if accept or can_edit_case(request.scope, found.case):
        said = _("The assignment is accepted.") if accept else _("The assignment is declined.")
        return back(request, found.case, said, "team")
    return redirect("assistance:assignments")


def _terms(found: Assignment) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "terms": found.task,
        "signed_on": today,
        "starts_on": today,
        "currency": found.specialist.currency or "PEN",
    }


def _sign(
    request: Request, found: Assignment, form: ContractForm, rows: Iterable[MilestoneForm]
) -> Contract:
    data = form.cleaned_data
    return sign_contract(
        by=actor(request, found.case), assignment=found, terms=data["terms"], signed_on=data["signed_on"],
        starts_on=data["starts_on"], ends_on=data["ends_on"], agreed=form.agreed,
        milestones=milestone_terms(rows, data["currency"]),
    )  # fmt: skip

"""An entrepreneur's own cases: what is planned and what it costs them, what was done, what it brought."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from yanapay.assistance.actions.plans import accept_plan, refuse_plan
from yanapay.assistance.actions.results import confirm_evaluation
from yanapay.assistance.choices import Payer, PlanState, Signature
from yanapay.assistance.models import Case, Plan
from yanapay.assistance.queries.own import own_case, own_cases
from yanapay.assistance.queries.plans import debts, plan_in_force, plan_on_offer
from yanapay.assistance.queries.results import outcomes
from yanapay.kernel.errors import NotFound
from yanapay.web.acting import actor, attempt, show_form
from yanapay.web.assistance.results.words import drawn
from yanapay.web.http import Request
from yanapay.web.own.views import own_person


class AgreeForm(forms.Form):
    sure = forms.BooleanField(
        label=gettext_lazy("I have read the plan and agree to it and to what I pay")
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class OwnWordForm(forms.Form):
    attribution = forms.IntegerField(
        label=gettext_lazy("How much of this change do you owe to the assistance? (%)"),
        min_value=0, max_value=100,
        help_text=gettext_lazy("0: nothing, it would have happened anyway. 100: all of it."),
    )  # fmt: skip


def index(request: Request) -> HttpResponse:
    """The cases of the signed-in entrepreneur's enterprises."""
    cases = [
        {"case": case, "waits": plan_on_offer(case) is not None or _unconfirmed(case)}
        for case in own_cases(own_person(request))
    ]
    return render(request, "own/cases.html", {"cases": cases})


def show(request: Request, pk: int) -> HttpResponse:
    """One case in plain words."""
    case = own_case(own_person(request), pk)
    offer, agreed = plan_on_offer(case), plan_in_force(case)
    found = [outcome for outcome in outcomes(case, timezone.localdate()) if outcome.is_done]
    context = {
        "case": case, "offer": offer, "agreed": agreed, "mine": _mine(offer or agreed),
        "debt": next((debt for debt in debts(case) if debt.payer == Payer.ENTERPRISE), None),
        "currency": agreed.currency if agreed else "",
        "visits": case.visits.exclude(done_on=None).order_by("done_on"),
        "coming": case.visits.filter(done_on=None, cancelled_reason="").order_by("planned_on"),
        "rounds": [(outcome, drawn(outcome)) for outcome in found],
    }  # fmt: skip
    return render(request, "own/case.html", context)


def accept(request: Request, pk: int, number: int) -> HttpResponse:
    """Agree to an offered version from one's own account."""
    person = own_person(request)
    case = own_case(person, pk)
    plan = _shown(case, number)
    form = AgreeForm(request.POST or None)
    by = actor(request, case)
    if form.is_valid() and attempt(
        form,
        lambda: accept_plan(
            by=by, plan=plan, on=timezone.localdate(), name=person.name, how=Signature.ACCOUNT
        ),
    ):
        messages.success(request, _("Thank you: the plan is agreed. Your centre goes on with it."))
        return redirect("own:case", pk)
    return _answer(request, form, case, plan=plan, mine=_mine(plan), title=_("Accept the plan"))


def refuse(request: Request, pk: int, number: int) -> HttpResponse:
    """Decline an offered version and say why."""
    person = own_person(request)
    case = own_case(person, pk)
    plan = _shown(case, number)
    form = DeclineForm(request.POST or None)
    by = actor(request, case)
    if form.is_valid() and attempt(
        form,
        lambda: refuse_plan(
            by=by, plan=plan, on=timezone.localdate(), name=person.name, how=Signature.ACCOUNT,
            reason=form.cleaned_data["reason"],
        ),
    ):  # fmt: skip
        messages.success(
            request, _("Your answer is noted. Your centre may offer you another plan.")
        )
        return redirect("own:case", pk)
    return _answer(request, form, case, plan=plan, mine=_mine(plan), title=_("Refuse the plan"))


def confirm(request: Request, pk: int, evaluation: int) -> HttpResponse:
    """The client's own word on what the change is owed to."""
    person = own_person(request)
    case = own_case(person, pk)
    found = get_object_or_404(case.evaluations.exclude(done_on=None), pk=evaluation)
    form = OwnWordForm(request.POST or None, initial={"attribution": found.attribution})
    if form.is_valid() and attempt(
        form,
        lambda: confirm_evaluation(
            by=actor(request, case), evaluation=found, on=timezone.localdate(),
            name=person.name, how=Signature.ACCOUNT, attribution=form.cleaned_data["attribution"],
        ),
    ):  # fmt: skip
        messages.success(request, _("Thank you: the result is confirmed."))
        return redirect("own:case", pk)
    return _answer(request, form, case, title=_("Confirm the result"))


def _answer(request: Request, form: forms.Form, case: Case, **context: Any) -> HttpResponse:
    shown = {"form": form, "case": case, **context}
    return show_form(request, "own/decide.html", shown)


def _shown(case: Case, number: int) -> Plan:
    """A version that was offered at some time: drafts are the centre's own."""
    plan = case.plans.exclude(state=PlanState.DRAFT).filter(number=number).first()
    if plan is None:
        raise NotFound("There is no such plan.")
    return plan


def _mine(plan: Plan | None) -> int | None:
    """What the enterprise itself pays."""
    if plan is None:
        return None
    return sum(share.amount for share in plan.shares.all() if share.payer == Payer.ENTERPRISE)


def _unconfirmed(case: Case) -> bool:
    return case.evaluations.filter(confirmed_on=None).exclude(done_on=None).exists()

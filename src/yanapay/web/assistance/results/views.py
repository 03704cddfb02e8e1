"""Pages of results: noting a round, the client's word, what follows, and whom to visit again."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.actions.codes import make_code
from yanapay.assistance.actions.results import (
    Visited,
    confirm_evaluation,
    open_follow_up,
    record_evaluation,
)
from yanapay.assistance.models import Case, Evaluation
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.results import (
    coming_evaluations,
    due_evaluations,
    indicators_of,
    missed_evaluations,
)
from yanapay.assistance.rules.results import Window
from yanapay.kernel.errors import YanapayError
from yanapay.web.acting import actor, attempt, made, say, show_form
from yanapay.web.assistance.pages import back, form_page, settleable
from yanapay.web.assistance.results.forms import (
    DueForm,
    EvaluationForm,
    FollowUpForm,
    WordForm,
    start,
)
from yanapay.web.assistance.results.words import differences
from yanapay.web.assistance.signing import starting
from yanapay.web.conflicts import save
from yanapay.web.http import Request, page_of

AHEAD = timedelta(days=60)
ON_A_PAGE = 40


def record(request: Request, pk: int, evaluation: int) -> HttpResponse:
    """Note the visit of a round; each indicator beside its value before and its target."""
    case = settleable(request, pk)
    found = get_object_or_404(case.evaluations.select_related("observation"), pk=evaluation)
    indicators = indicators_of(case)
    noted = start(found, indicators)
    noted["on"] = noted["on"] or timezone.localdate()
    form = EvaluationForm(request.POST or None, indicators=indicators, initial=noted)
    saving = save(
        form,
        lambda: _record(request, case, found, form),
        lambda: _newer(form, found, indicators),
    )
    if saving.is_done:
        return _noted(request, case, found, form)
    context = {"case": case, "evaluation": found, "form": form, "conflicts": saving.conflicts}
    return show_form(request, "assistance/results/edit.html", context)


def confirm(request: Request, pk: int, evaluation: int) -> HttpResponse:
    """The client confirms in front of us what the change is owed to."""
    case = settleable(request, pk)
    found = get_object_or_404(case.evaluations, pk=evaluation)
    contact = case.contact.name if case.contact else ""
    initial = {**starting(contact, timezone.localdate()), "attribution": found.attribution}
    form = WordForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and attempt(form, lambda: _confirm(request, case, found, form)):
        return back(request, case, _("The client's word is noted."), "evaluation")
    return form_page(
        request, form, title=_("Confirm the result"), case=case,
        code_url=reverse("assistance:evaluation_code", args=[pk, evaluation]),
        template="assistance/plans/accept.html",
    )  # fmt: skip


@require_POST
def code(request: Request, pk: int, evaluation: int) -> HttpResponse:
    """Six digits to send; this page is the only place where they are seen."""
    case = settleable(request, pk)
    found = get_object_or_404(case.evaluations, pk=evaluation)
    next_url = reverse("assistance:evaluation_confirm", args=[pk, evaluation])
    try:
        digits = make_code(by=actor(request, case), signed=found)
    except YanapayError as error:
        messages.error(request, say(error.message))
        return redirect(next_url)
    text = _("%(centre)s: your code to confirm the result of «%(title)s» is %(code)s.") % {
        "centre": case.centre.name, "title": case.title, "code": digits,
    }  # fmt: skip
    context = {"case": case, "code": digits, "text": text, "next_url": next_url}
    return render(request, "assistance/plans/code.html", context)


def signature(request: Request, pk: int, evaluation: int) -> HttpResponseBase:
    """The signature or the signed paper, as it was kept."""
    found = get_object_or_404(open_case(request.scope, pk).evaluations, pk=evaluation)
    if not found.signature_image:
        raise Http404
    return FileResponse(found.signature_image.open("rb"), filename="evaluation", as_attachment=True)


def follow_up(request: Request, pk: int, evaluation: int) -> HttpResponse:
    """Open a case from what remains."""
    case = settleable(request, pk)
    found = get_object_or_404(case.evaluations, pk=evaluation)
    title = found.remaining.partition("\n")[0][:200]
    form = FollowUpForm(request.POST or None, initial={"title": title, "on": timezone.localdate()})
    if form.is_valid():
        opened = made(
            form,
            lambda: open_follow_up(
                by=actor(request, case),
                evaluation=found,
                responsible=case.responsible,
                **form.cleaned_data,
            ),
        )
        if opened:
            return back(request, opened, _("The new case is open."))
    lead = _("It names this case as the earlier one: %(remaining)s") % {
        "remaining": found.remaining
    }
    return form_page(request, form, title=_("A case for what remains"), case=case, lead=lead)


def due(request: Request) -> HttpResponse:
    """Whom to visit again: overdue first, then those whose time has come, then those of the next weeks."""
    request.scope.require("assistance.view")
    form = DueForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    lookups, overdue = _lookups(request, chosen), bool(chosen.get("overdue"))
    found = due_evaluations(request.scope, today, overdue=overdue, filters=lookups)
    page = page_of(request, found, ON_A_PAGE)
    coming = coming_evaluations(request.scope, today, today + AHEAD).filter(**lookups)
    context = {
        "form": form, "page": page, "today": today,
        "rows": [(row, Window(row.due_from, row.due_on).days_over(today)) for row in page],
        "coming": coming[:ON_A_PAGE] if page.number == 1 and not overdue else [],
        "missed": missed_evaluations(request.scope, today),
        "overdue_count": found.filter(due_on__lt=today).count(),
    }  # fmt: skip
    return render(request, "assistance/results/due.html", context)


def _lookups(request: Request, chosen: dict[str, Any]) -> dict[str, Any]:
    lookups: dict[str, Any] = {}
    if chosen.get("round"):
        lookups["round"] = chosen["round"]
    if chosen.get("whose") == "mine":
        lookups["case__responsible"] = request.user
    return lookups


def _record(
    request: Request, case: Case, evaluation: Evaluation, form: EvaluationForm
) -> Evaluation:
    typed = form.cleaned_data
    figures = {} if typed["workers"] is None else {"workers": typed["workers"]}
    visited = Visited(
        on=typed["on"], satisfaction=typed["satisfaction"], attribution=typed["attribution"],
        effect=typed["effect"], remaining=typed["remaining"], answers=form.answers, values=form.values,
        figures=figures,
    )  # fmt: skip
    return record_evaluation(
        by=actor(request, case), evaluation=evaluation, visited=visited, version=typed["version"]
    )


def _noted(
    request: Request, case: Case, evaluation: Evaluation, form: EvaluationForm
) -> HttpResponse:
    window = Window(evaluation.due_from, evaluation.due_on)
    if not window.holds(form.cleaned_data["on"]):
        messages.warning(request, _("The visit was made outside its window; the record shows it."))
    return back(request, case, _("The evaluation is noted."), "evaluation")


def _confirm(request: Request, case: Case, evaluation: Evaluation, form: WordForm) -> object:
    by, attribution = actor(request, case), form.cleaned_data["attribution"]
    return form.signed(
        by, evaluation,
        lambda **proof: confirm_evaluation(by=by, evaluation=evaluation, attribution=attribution, **proof),
    )  # fmt: skip


def _newer(form: EvaluationForm, evaluation: Evaluation, indicators: list[Any]) -> list[Any]:
    """What the other person wrote beside what was typed; the form carries on with their version."""
    evaluation = Evaluation.objects.select_related("observation").get(pk=evaluation.pk)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = evaluation.version  # type: ignore[index]
    return differences(form, start(evaluation, indicators))

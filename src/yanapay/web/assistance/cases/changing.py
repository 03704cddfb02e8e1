"""Opening a case, changing it, writing its first stage, moving it, choosing who answers for it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.actions.cases import (
    assign_case,
    change_case,
    move_case,
    open_case as open_new_case,
    write_promotion,
)
from yanapay.assistance.choices import Move
from yanapay.assistance.models import Case, Promotion
from yanapay.assistance.queries.gates import consented, lacking
from yanapay.assistance.rules.stages import MOVES
from yanapay.directory.models import Organisation
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel.keys import read_key
from yanapay.web.acting import actor, attempt, made, say, show_form
from yanapay.web.assistance.cases.forms import (
    CaseForm,
    MoveForm,
    NewCaseForm,
    PromotionForm,
    ResponsibleForm,
)
from yanapay.web.assistance.pages import assignable, back, editable, form_page, movable
from yanapay.web.conflicts import Difference, differences, save
from yanapay.web.http import Request


def create(request: Request) -> HttpResponse:
    """A new case; standing ones of the same enterprise are shown beside the form."""
    request.scope.require("assistance.edit")
    about = _enterprise(request)
    start = {"opened_on": timezone.localdate(), "origin": request.GET.get("origin", "")}
    form = NewCaseForm(request.POST or None, scope=request.scope, about=about, initial=start)
    if form.is_valid() and (case := made(form, lambda: _open(request, form))):
        return back(request, case, _("%(number)s is open.") % {"number": case.number})
    context = {"form": form, "about": about, "standing": _standing(request, about)}
    return show_form(request, "assistance/cases/new.html", context)


def edit(request: Request, pk: int) -> HttpResponse:
    """What the case is about; when somebody saved meanwhile, both versions stand side by side."""
    case = editable(request, pk)
    form = CaseForm(request.POST or None, instance=case, scope=request.scope)
    saving = save(
        form,
        lambda: _change(request, case, form),
        lambda: differences(form, Case.objects.get(pk=pk)),
    )
    if saving.is_done:
        return back(request, case, _("The changes are saved."))
    return _edit_page(request, form, _("Change the case"), case, saving.conflicts)


def promotion(request: Request, pk: int) -> HttpResponse:
    """The record of the first stage, with the consent of the enterprise."""
    case = editable(request, pk)
    written = Promotion.objects.filter(case=case).first() or Promotion(case=case)
    needs = not consented(case)
    form = PromotionForm(request.POST or None, instance=written, needs_consent=needs)
    saving = save(
        form,
        lambda: _promote(request, case, form),
        lambda: differences(form, Promotion.objects.get(case=case)),
    )
    if saving.is_done:
        return back(request, case, _("The promotion is written."), "promotion")
    lead = _(
        "Where the contact came from, what the first conversation gave, and the enterprise's consent."
    )
    return _edit_page(request, form, _("Promotion"), case, saving.conflicts, lead=lead)


def move(request: Request, pk: int, move: str) -> HttpResponse:
    """Take the case along one move; what is missing, or why it cannot, is said beside the form."""
    if move not in MOVES:
        raise Http404
    case, rule = movable(request, pk), MOVES[move]
    start = {"on": timezone.localdate()}
    form = MoveForm(request.POST or None, needs_reason=rule.needs_reason, initial=start)
    if form.is_valid() and (moved := made(form, lambda: _move(request, case, move, form))):
        return back(request, moved, _said(moved, move))
    lacks = lacking(case) if rule.passes_gate else []
    return form_page(
        request, form, title=str(Move(move).label), case=case, action_label=Move(move).label,
        template="assistance/cases/move.html", lacks=[(one.part, say(one.message)) for one in lacks],
    )  # fmt: skip


def assign(request: Request, pk: int) -> HttpResponse:
    """Choose who answers for the case."""
    case = assignable(request, pk)
    form = ResponsibleForm(request.POST or None, centre=case.centre_id, on=timezone.localdate(),
                           initial={"responsible": case.responsible_id})  # fmt: skip
    if form.is_valid() and attempt(
        form, lambda: assign_case(by=actor(request, case), case=case, responsible=form.person)
    ):
        return back(request, case, _("%(name)s answers for the case.") % {"name": form.person})
    return form_page(request, form, title=_("Who answers for the case"), case=case)


def _enterprise(request: Request) -> Organisation | None:
    typed = request.GET.get("organisation", "") or request.POST.get("organisation", "")
    key = read_key(typed.removeprefix("#"))
    named = "organisation" in request.GET or typed.startswith("#")
    return open_organisation(request.scope, key) if named and key is not None else None


def _standing(request: Request, about: Organisation | None) -> list[Case]:
    visible = Case.objects.visible_to(request.scope).standing()
    return list(visible.filter(organisation=about).newest_first()[:5]) if about else []


def _open(request: Request, form: NewCaseForm) -> Case:
    given = form.cleaned_data
    return open_new_case(
        by=request.scope.actor(given["centre"].pk), centre=given["centre"],
        organisation=given["organisation"], responsible=request.user, on=given["opened_on"],
        fields=form.values, origin=given["origin"],
    )  # fmt: skip


def _change(request: Request, case: Case, form: CaseForm) -> Case:
    return change_case(by=actor(request, case), case=case, fields=form.values,
                       version=form.cleaned_data["version"])  # fmt: skip


def _promote(request: Request, case: Case, form: PromotionForm) -> Promotion:
    return write_promotion(
        by=actor(request, case), case=case, fields=form.values, version=form.cleaned_data["version"],
        consent=form.consent, on=timezone.localdate(),
    )  # fmt: skip


def _move(request: Request, case: Case, move: str, form: MoveForm) -> Case:
    return move_case(by=actor(request, case), case=case, move=move, **form.cleaned_data)


def _said(case: Case, move: str) -> str:
    if move in ("advance", "back"):
        return _("The case is now in: %(stage)s.") % {"stage": case.get_stage_display()}
    return _("The case is now: %(state)s.") % {"state": case.get_state_display()}


def _edit_page(
    request: Request,
    form: Any,
    title: str,
    case: Case,
    conflicts: list[Difference] | None,
    lead: str = "",
) -> HttpResponse:
    context = {"form": form, "title": title, "case": case, "conflicts": conflicts, "lead": lead}
    return show_form(request, "assistance/cases/edit.html", context)

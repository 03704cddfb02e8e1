"""One consultation: read, completed, put right, opened as a case; and wishes for courses."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.access import can_edit_consultation
from yanapay.assistance.actions.consultations import change_consultation, note_wish, refer_to_case
from yanapay.assistance.choices import Outcome
from yanapay.assistance.models import Case, Consultation
from yanapay.assistance.queries.consultations import open_consultation
from yanapay.assistance.queries.knowledge import times_given
from yanapay.kernel.errors import NotAllowed
from yanapay.web.acting import actor, attempt, made, show_form
from yanapay.web.assistance.consultations.forms import EditForm, ReferralForm, WishForm
from yanapay.web.conflicts import differences, save
from yanapay.web.http import Request

TONES = {"resuelta": "good", "pendiente": "wait", "caso": "info"}
MANAGED = (
    "informacion_gestion",
    "financiamiento",
    "mercados",
    "mercadeo",
    "tramites",
    "organizacion",
)


def show(request: Request, pk: int) -> HttpResponse:
    """What was asked and answered, by whom, and what became of it."""
    consultation = open_consultation(request.scope, pk)
    may_edit = can_edit_consultation(request.scope, consultation)
    context = {
        "consultation": consultation,
        "may_edit": may_edit,
        "may_refer": may_edit and not consultation.case_id,
        "may_see_person": request.scope.may("persons.view", consultation.centre_id),
        "is_pending": consultation.outcome == Outcome.PENDING,
        "wishes": consultation.wishes.all(),
        "times": times_given(consultation),
        "tone": TONES.get(consultation.outcome, "neutral"),
    }
    return render(request, "assistance/consultations/show.html", context)


def edit(request: Request, pk: int) -> HttpResponse:
    """Complete it or put it right; when somebody saved meanwhile, both versions stand side by side."""
    consultation = _editable(request, pk)
    form = EditForm(request.POST or None, instance=consultation, scope=request.scope)
    saving = save(
        form,
        lambda: _change(request, form, consultation),
        lambda: differences(form, open_consultation(request.scope, pk)),
    )
    if saving.is_done:
        messages.success(request, _("The changes are saved."))
        return redirect("assistance:consultation", pk)
    context = {"form": form, "consultation": consultation, "conflicts": saving.conflicts}
    return show_form(request, "assistance/consultations/edit.html", context)


def refer(request: Request, pk: int) -> HttpResponse:
    """Open a case out of it: the enterprise is needed, the rest is proposed."""
    consultation = _editable(request, pk)
    if consultation.case_id:
        return redirect("assistance:case", consultation.case_id)
    form = ReferralForm(
        request.POST or None, scope=request.scope, initial=_proposed(request, consultation)
    )
    if form.is_valid() and (case := made(form, lambda: _refer(request, form, consultation))):
        messages.success(request, _("The case %(number)s is open.") % {"number": case.number})
        return redirect("assistance:case", case.pk)
    context = {"form": form, "consultation": consultation}
    return show_form(request, "assistance/consultations/refer.html", context)


def wish(request: Request) -> HttpResponse:
    """A course that somebody would like, without another question."""
    request.scope.require("assistance.edit")
    form = WishForm(request.POST or None, scope=request.scope)
    if form.is_valid() and attempt(form, lambda: _note_wish(request, form)):
        messages.success(request, _("The wish for a course is noted."))
        return redirect("assistance:consultations")
    return show_form(request, "assistance/consultations/wish.html", {"form": form})


def _editable(request: Request, pk: int) -> Consultation:
    consultation = open_consultation(request.scope, pk)
    if not can_edit_consultation(request.scope, consultation):
        raise NotAllowed("Only staff who serve clients change a consultation.")
    return consultation


def _change(request: Request, form: EditForm, consultation: Consultation) -> Consultation:
    given = form.cleaned_data
    return change_consultation(
        by=actor(request, consultation), consultation=consultation, fields=form.values,
        version=given["version"], reason=given.get("reason", ""), wish=given["wish"], on=timezone.localdate(),
    )  # fmt: skip


def _proposed(request: Request, consultation: Consultation) -> dict[str, object]:
    firm = consultation.organisation
    return {
        "organisation": firm.name if firm else "", "title": consultation.question[:200].strip(),
        "responsible": request.user.pk, "on": timezone.localdate(), "version": consultation.version,
        "line": "gestion" if consultation.topic in MANAGED else "tecnico_productiva",
    }  # fmt: skip


def _refer(request: Request, form: ReferralForm, consultation: Consultation) -> Case:
    given = form.cleaned_data
    about = {name: given[name] for name in ("title", "line", "subsector")}
    return refer_to_case(
        by=actor(request, consultation), consultation=consultation, organisation=given["organisation"],
        responsible=given["responsible"], on=given["on"], fields=about, version=given["version"],
    )  # fmt: skip


def _note_wish(request: Request, form: WishForm) -> object:
    given = form.cleaned_data
    by = request.scope.actor(given["centre"].pk)
    return note_wish(by=by, on=timezone.localdate(), **given)

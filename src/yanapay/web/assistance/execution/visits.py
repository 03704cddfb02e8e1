"""Visits of a case, its files, the technologies applied and the end of the work."""

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.access import can_edit_case, can_work_on
from yanapay.assistance.actions.files import add_case_file, remove_case_file
from yanapay.assistance.actions.visits import (
    cancel_visit,
    change_visit,
    note_visit,
    plan_visit,
    record_visit,
    set_end,
)
from yanapay.assistance.models import Case, Visit
from yanapay.assistance.queries.cases import open_case
from yanapay.web.acting import accepted, actor, attempt, show_form
from yanapay.web.assistance.execution.forms import (
    DayForm,
    FileForm,
    ReasonForm,
    UnplannedVisitForm,
    VisitForm,
    VisitNoteForm,
)
from yanapay.web.assistance.execution.pages import own_assignment, visit_to_note
from yanapay.web.assistance.pages import back, editable, form_page, workable
from yanapay.web.conflicts import Difference, differences, save
from yanapay.web.http import Request

TEMPLATE = "assistance/execution/visit_form.html"


def show(request: Request, pk: int, visit: int) -> HttpResponse:
    """One visit: what it was, with its photos."""
    case = open_case(request.scope, pk)
    found = get_object_or_404(
        case.visits.select_related("assignment__specialist__person", "visitor"), pk=visit
    )
    context = {
        "case": case, "visit": found, "files": found.files.order_by("pk"),
        "may_note": can_work_on(request.scope, case, found.assignment),
    }  # fmt: skip
    return render(request, "assistance/execution/visit.html", context)


def plan(request: Request, pk: int) -> HttpResponse:
    """A visit to come."""
    case = workable(request, pk)
    by_staff = can_edit_case(request.scope, case)
    start = {"planned_on": request.GET.get("on", ""), "who": f"u{request.user.pk}"}
    form = VisitForm(request.POST or None, case=case, by_staff=by_staff, initial=start)
    if form.is_valid() and attempt(form, lambda: plan_visit(
        by=actor(request, case), case=case, fields=_planned(request, case, form)
    )):  # fmt: skip
        return back(request, case, _("The visit is planned."), "visits")
    return form_page(request, form, title=_("Plan a visit"), case=case)


def change(request: Request, pk: int, visit: int) -> HttpResponse:
    """Another day, hour, purpose or visitor."""
    found = visit_to_note(request, pk, visit)
    case, by_staff = found.case, can_edit_case(request.scope, found.case)
    form = VisitForm(request.POST or None, case=case, by_staff=by_staff, instance=found)
    saving = save(
        form,
        lambda: change_visit(
            by=actor(request, case), visit=found, fields=_planned(request, case, form),
            version=form.cleaned_data["version"],
        ),
        lambda: _differences(form, found, case=case, by_staff=by_staff),
    )  # fmt: skip
    if saving.is_done:
        return back(request, case, _("The changes are saved."), "visits")
    return _page(request, form, _("Change the visit"), case, saving.conflicts)


def note(request: Request, pk: int, visit: int) -> HttpResponse:
    """What a visit was; noting again corrects it. Two writers see both versions."""
    found, today = visit_to_note(request, pk, visit), timezone.localdate()
    form = VisitNoteForm(request.POST or None, request.FILES or None, instance=found, today=today)
    saving = save(
        form,
        lambda: note_visit(
            by=actor(request, found.case), visit=found, fields=form.values,
            version=form.cleaned_data["version"], files=form.cleaned_data["files"],
        ),
        lambda: _differences(form, found, today=today),
    )  # fmt: skip
    if saving.is_done:
        return back(request, found.case, _("The visit is noted."), "visits")
    title = _("Note the visit: %(what)s") % {"what": found.purpose}
    return _page(request, form, title, found.case, saving.conflicts)


def unplanned(request: Request, pk: int) -> HttpResponse:
    """A visit that nobody had planned."""
    case, today = workable(request, pk), timezone.localdate()
    form = UnplannedVisitForm(request.POST or None, request.FILES or None, today=today)
    if form.is_valid() and attempt(form, lambda: record_visit(
        by=actor(request, case), case=case, files=form.cleaned_data["files"],
        fields={**form.values, "purpose": form.cleaned_data["purpose"], **_visitor(request, case)},
    )):  # fmt: skip
        return back(request, case, _("The visit is noted."), "visits")
    return _page(request, form, _("Note a visit"), case)


def cancel(request: Request, pk: int, visit: int) -> HttpResponse:
    """A visit will not take place."""
    found = visit_to_note(request, pk, visit)
    form = ReasonForm(request.POST or None)
    if accepted(form, cancel_visit, by=actor(request, found.case), visit=found):
        return back(request, found.case, _("The visit is called off."), "visits")
    return form_page(
        request, form, title=_("Call off the visit"), case=found.case, action_label=_("Call off")
    )


def end(request: Request, pk: int) -> HttpResponse:
    """The day on which the work ended; the evaluation counts from it."""
    case = editable(request, pk)
    form = DayForm(request.POST or None, initial={"on": case.ended_on or timezone.localdate()})
    if accepted(form, set_end, by=actor(request, case), case=case):
        return back(request, case, _("The end of the work is noted."), "visits")
    lead = _("The final evaluation is made 30 to 60 days after it.")
    return form_page(request, form, title=_("End of the work"), case=case, lead=lead)


def add_files(request: Request, pk: int) -> HttpResponse:
    """Photos, scans, reports that belong to no visit."""
    case = workable(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and attempt(form, lambda: [
        add_case_file(by=actor(request, case), case=case, upload=upload)
        for upload in form.cleaned_data["files"]
    ]):  # fmt: skip
        return back(request, case, _("The files are kept."), "visits")
    lead = _("PDF, pictures, text, CSV, XLSX or DOCX. Only your centre sees it.")
    return form_page(request, form, title=_("Add files"), case=case, lead=lead, multipart=True)


def download(request: Request, pk: int, file: int) -> HttpResponseBase:
    """A file of the case, as a download."""
    case = open_case(request.scope, pk)
    kept = get_object_or_404(case.files, pk=file)
    return FileResponse(kept.stored.open("rb"), as_attachment=True, filename=kept.name)


def drop_file(request: Request, pk: int, file: int) -> HttpResponse:
    """Remove a file for good."""
    case = editable(request, pk)
    kept = get_object_or_404(case.files, pk=file)
    form = ReasonForm(request.POST or None)
    if accepted(form, remove_case_file, by=actor(request, case), file=kept):
        return back(request, case, _("The file is removed."), "visits")
    title = _("Remove «%(name)s»") % {"name": kept.name}
    return form_page(request, form, title=title, case=case, action_label=_("Remove"))


def _planned(request: Request, case: Case, form: VisitForm) -> dict[str, Any]:
    """What was typed; a specialist plans visits of their own."""
    values = form.values
    return values if can_edit_case(request.scope, case) else {**values, **_visitor(request, case)}


def _visitor(request: Request, case: Case) -> dict[str, Any]:
    return {"assignment": own_assignment(request, case), "visitor": request.user}


def _differences(form: Any, found: Visit, **arguments: Any) -> list[Difference]:
    """What was typed beside what stands there now; saving again then decides."""
    current = Visit.objects.get(pk=found.pk)
    shown = type(form)(instance=current, **arguments)
    return differences(form, current, shown)


def _page(
    request: Request,
    form: Any,
    title: str,
    case: Case,
    conflicts: list[Difference] | None = None,
) -> HttpResponse:
    context = {
        "form": form, "title": title, "case": case, "conflicts": conflicts,
        "multipart": "files" in form.fields, "draft": "visit",
    }  # fmt: skip
    return show_form(request, TEMPLATE, context)

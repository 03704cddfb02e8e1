"""Notes, files, consent, further places, codes, activities and marks of formality."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.directory.access import can_see_people
from yanapay.directory.actions.attributes import (
    add_formality,
    remove_formality,
    set_activities,
    set_codes,
    set_further_areas,
)
from yanapay.directory.actions.consents import give_consent, withdraw_consent
from yanapay.directory.actions.notes import add_file, remove_file, write_note
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.record import open_organisation
from yanapay.web.acting import accepted, actor, attempt
from yanapay.web.directory.forms.areas import AreasForm
from yanapay.web.directory.forms.details import (
    VOCABULARIES,
    ActivityFormSet,
    CodesForm,
    ConsentForm,
    FileForm,
    FormalityForm,
    NoteForm,
)
from yanapay.web.directory.forms.fields import labelled
from yanapay.web.directory.forms.organisations import ReasonForm
from yanapay.web.directory.forms.persons import EndForm
from yanapay.web.directory.pages import back, editable, editable_person, form_page
from yanapay.web.http import Request


def note(request: Request, pk: int, kind: str = "organisation") -> HttpResponse:
    """Write a note about an organisation or a person."""
    about = _subject(request, pk, kind)
    form = NoteForm(request.POST or None)
    if accepted(form, write_note, by=actor(request, about), about=about):
        return back(request, about, _("The note is kept."), "timeline")
    return form_page(request, form, title=_("Write a note"), about=about, draft="note")


def file(request: Request, pk: int) -> HttpResponse:
    """Keep a file."""
    organisation = editable(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and attempt(form, lambda: _keep(request, organisation, form)):
        return back(request, organisation, _("The file is kept."), "files")
    lead = _("PDF, pictures, text, CSV, XLSX or DOCX. Only your centre sees it.")
    return form_page(
        request, form, title=_("Add a file"), about=organisation, lead=lead, multipart=True
    )


def download(request: Request, pk: int, file: int) -> HttpResponseBase:
    """The file, as a download."""
    organisation = open_organisation(request.scope, pk)
    if not can_see_people(request.scope, organisation):
        raise Http404
    kept = get_object_or_404(organisation.files, pk=file)
    return FileResponse(kept.stored.open("rb"), as_attachment=True, filename=kept.name)


def drop_file(request: Request, pk: int, file: int) -> HttpResponse:
    """Remove a file for good."""
    organisation = editable(request, pk)
    kept = get_object_or_404(organisation.files, pk=file)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        remove_file(by=actor(request, organisation), file=kept, reason=form.cleaned_data["reason"])
        return back(request, organisation, _("The file is removed."), "files")
    title = _("Remove «%(name)s»") % {"name": kept.name}
    return form_page(request, form, title=title, about=organisation, danger=True)


def consent(request: Request, pk: int, kind: str = "organisation") -> HttpResponse:
    """Note a consent."""
    about = _subject(request, pk, kind)
    start = {"given_on": timezone.localdate(), "text_version": "2026-1"}
    form = ConsentForm(request.POST or None, initial=start)
    if accepted(form, give_consent, by=actor(request, about), about=about):
        return back(request, about, _("The consent is kept."), "consents")
    return form_page(request, form, title=_("Note a consent"), about=about)


def withdraw(request: Request, pk: int, consent: int, kind: str = "organisation") -> HttpResponse:
    """A consent is withdrawn."""
    about = _subject(request, pk, kind)
    held = get_object_or_404(about.consents, pk=consent)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if accepted(form, withdraw_consent, by=actor(request, about), consent=held):
        return back(request, about, _("The consent is withdrawn."), "consents")
    title = _("Withdraw: %(purpose)s") % {"purpose": held.get_purpose_display()}
    return form_page(request, form, title=title, about=about)


def areas(request: Request, pk: int) -> HttpResponse:
    """Where it works besides its main place."""
    organisation = editable(request, pk)
    held = organisation.further_areas.values_list("area", flat=True)
    form = AreasForm(request.POST or None, held=held)
    if form.is_valid():
        set_further_areas(
            by=actor(request, organisation), organisation=organisation, areas=form.areas
        )
        return back(request, organisation, _("Saved."), "contact")
    lead = _("Where it also works or sells, besides the place of its address.")
    return form_page(request, form, title=_("Further places"), about=organisation, lead=lead)


def codes(request: Request, pk: int, vocabulary: str) -> HttpResponse:
    """The codes of one vocabulary."""
    organisation = editable(request, pk)
    if vocabulary not in VOCABULARIES:
        raise Http404
    held = organisation.attributes.filter(vocabulary=vocabulary).values_list("code", flat=True)
    form = CodesForm(
        request.POST or None, vocabulary=vocabulary,
        initial={"codes": list(held), "noted_on": timezone.localdate()},
    )  # fmt: skip
    if form.is_valid():
        set_codes(by=actor(request, organisation), organisation=organisation, vocabulary=vocabulary,
                  **form.cleaned_data)  # fmt: skip
        return back(request, organisation, _("Saved."), "codes")
    return form_page(request, form, title=str(VOCABULARIES[vocabulary]), about=organisation)


def activities(request: Request, pk: int) -> HttpResponse:
    """What the organisation does, by CIIU code; the first is the main activity."""
    organisation = editable(request, pk)
    held = organisation.activities.select_related("activity").order_by("-is_main", "pk")
    start = [{"activity": labelled(row.activity), "product_line": row.product_line} for row in held]
    forms = ActivityFormSet(request.POST or None, initial=start)
    if forms.is_valid():
        chosen = {
            row["activity"]: row["product_line"]
            for row in forms.cleaned_data
            if row.get("activity")
        }
        set_activities(
            by=actor(request, organisation), organisation=organisation, activities=chosen.items()
        )
        return back(request, organisation, _("Saved."), "codes")
    return form_page(
        request,
        forms,
        title=_("Activities"),
        about=organisation,
        template="directory/activities.html",
    )


def formality(request: Request, pk: int) -> HttpResponse:
    """Note a mark of formality."""
    organisation = editable(request, pk)
    form = FormalityForm(request.POST or None)
    if accepted(form, add_formality, by=actor(request, organisation), organisation=organisation):
        return back(request, organisation, _("Saved."), "formality")
    return form_page(request, form, title=_("Add a mark of formality"), about=organisation)


def drop_formality(request: Request, pk: int, mark: int) -> HttpResponse:
    """Take back a mark that was wrong."""
    organisation = editable(request, pk)
    held = get_object_or_404(organisation.formality, pk=mark)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        remove_formality(by=actor(request, organisation), formality=held, **form.cleaned_data)
        return back(request, organisation, _("Removed."), "formality")
    title = _("Remove: %(mark)s") % {"mark": held.get_mark_display()}
    return form_page(request, form, title=title, about=organisation, danger=True)


def _subject(request: Request, pk: int, kind: str) -> Organisation | Person:
    return editable_person(request, pk) if kind == "person" else editable(request, pk)


def _keep(request: Request, organisation: Organisation, form: FileForm) -> object:
    sent = form.cleaned_data["file"]
    return add_file(
        by=actor(request, organisation), about=organisation, name=sent.name,
        content_type=sent.content_type, content=sent,
    )  # fmt: skip

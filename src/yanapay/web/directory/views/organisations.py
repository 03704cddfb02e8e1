"""Creating and changing organisations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.directory.actions.organisations import (
    add_identifier,
    change_organisation,
    remove_identifier,
    set_status,
)
from yanapay.directory.actions.register import register_organisation
from yanapay.directory.models import Organisation
from yanapay.directory.queries.duplicates import Likeness, possible_duplicates
from yanapay.places.queries import distance_warning
from yanapay.web.acting import accepted, actor, attempt, made, say, show_form
from yanapay.web.conflicts import differences, save
from yanapay.web.directory.forms.organisations import (
    IdentifierForm,
    NewOrganisationForm,
    OrganisationForm,
    ReasonForm,
    StatusForm,
)
from yanapay.web.directory.pages import back, editable, form_page
from yanapay.web.http import Request


def create(request: Request) -> HttpResponse:
    """A new organisation. Those that look the same are shown first; saving again keeps both."""
    request.scope.require("directory.edit")
    start = {
        name: request.GET.get(name, "")
        for name in ("name", "tax_id", "private_phone", "kind")
        if name in request.GET
    }
    form = NewOrganisationForm(request.POST or None, scope=request.scope, initial=start)
    similar: list[Likeness] = []
    if form.is_valid():
        if "anyway" not in request.POST:
            similar = possible_duplicates(request.scope, form.sketch)
        if not similar and (new := made(form, lambda: _register(request, form))):
            _warn_of_distance(request, new)
            return back(request, new, _("«%(name)s» is in the directory.") % {"name": new.name})
    context = {"form": form, "similar": similar}
    return show_form(request, "directory/create.html", context)


def edit(request: Request, pk: int) -> HttpResponse:
    """Change an organisation; when somebody saved meanwhile, both versions stand side by side."""
    organisation = editable(request, pk)
    form = OrganisationForm(request.POST or None, instance=organisation, scope=request.scope)
    saving = save(
        form,
        lambda: _change(request, organisation, form),
        lambda: differences(form, Organisation.objects.get(pk=pk)),
    )
    if saving.is_done:
        return back(request, organisation, _("The changes are saved."))
    context = {"form": form, "organisation": organisation, "conflicts": saving.conflicts}
    return show_form(request, "directory/edit.html", context)


def status(request: Request, pk: int) -> HttpResponse:
    """Pause, close or reopen."""
    organisation = editable(request, pk)
    start = {"status": organisation.status, "on": timezone.localdate()}
    form = StatusForm(request.POST or None, initial=start)
    if accepted(form, set_status, by=actor(request, organisation), organisation=organisation):
        return back(request, organisation, _("The state is changed."))
    return form_page(request, form, title=_("Change the state"), about=organisation)


def add_number(request: Request, pk: int) -> HttpResponse:
    """Add an official number."""
    organisation = editable(request, pk)
    form = IdentifierForm(request.POST or None, initial={"country": organisation.country})
    if form.is_valid() and attempt(form, lambda: _add_number(request, organisation, form)):
        return back(request, organisation, _("The number is kept."))
    return form_page(request, form, title=_("Add an official number"), about=organisation)


def remove_number(request: Request, pk: int, number: int) -> HttpResponse:
    """Take back a number that was wrong."""
    organisation = editable(request, pk)
    identifier = get_object_or_404(organisation.identifiers, pk=number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        remove_identifier(by=actor(request, organisation), identifier=identifier, reason=reason)
        return back(request, organisation, _("The number is removed."))
    return form_page(
        request, form, title=_("Remove the official number"), about=organisation, danger=True
    )


def _register(request: Request, form: NewOrganisationForm) -> Organisation:
    centre = form.cleaned_data["centre"]
    return register_organisation(
        by=request.scope.actor(centre.pk), centre=centre, fields=form.values,
        tax_id=form.cleaned_data["tax_id"], owner=form.owner,
        owner_role=form.cleaned_data["owner_role"] or "owner",
    )  # fmt: skip


def _change(request: Request, organisation: Organisation, form: OrganisationForm) -> None:
    changed = change_organisation(
        by=actor(request, organisation), organisation=organisation, fields=form.values,
        version=form.cleaned_data["version"],
    )  # fmt: skip
    _warn_of_distance(request, changed)


def _warn_of_distance(request: Request, organisation: Organisation) -> None:
    """A point far from the chosen place is kept: which of the two is wrong, people know."""
    area, latitude, longitude = organisation.area, organisation.latitude, organisation.longitude
    if area is None or latitude is None or longitude is None:
        return
    if warning := distance_warning(area, latitude, longitude):
        messages.warning(request, say(warning))


def _add_number(request: Request, organisation: Organisation, form: IdentifierForm) -> object:
    return add_identifier(
        by=actor(request, organisation), organisation=organisation,
        number=form.cleaned_data["tax_id"], type=form.type, country=form.cleaned_data["country"],
    )  # fmt: skip

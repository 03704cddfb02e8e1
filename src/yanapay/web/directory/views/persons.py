"""People, their roles, and organisations in networks."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.audit.models import Event
from yanapay.directory.access import can_edit_person, can_erase_person, can_merge_person
from yanapay.directory.actions.persons import (
    add_role,
    affiliate,
    change_person,
    end_affiliation,
    end_role,
)
from yanapay.directory.actions.register import add_member
from yanapay.directory.models import Person, PersonMerge
from yanapay.directory.queries.merging import possibly_the_same
from yanapay.directory.queries.record import open_person
from yanapay.web.acting import accepted, actor, attempt
from yanapay.web.conflicts import differences, save
from yanapay.web.directory.forms.persons import (
    AffiliationForm,
    EndForm,
    MemberForm,
    PersonForm,
    RoleForm,
)
from yanapay.web.directory.pages import back, editable, editable_person, form_page, with_people
from yanapay.web.directory.words import personal_facts, told
from yanapay.web.http import Request


def show(request: Request, pk: int) -> HttpResponse:
    """What is known of a person, and since when."""
    person = open_person(request.scope, pk)
    if person.pk != pk:
        return redirect("directory:person", person.pk)
    may_merge = can_merge_person(request.scope, person) and not person.erased_at
    context = {
        "person": person,
        "may_merge": may_merge,
        "alike": possibly_the_same(request.scope, person) if may_merge else [],
        "merges": PersonMerge.objects.filter(keep=person, undone_at=None).order_by("-pk"),
        "roles": person.roles.select_related("organisation__area").order_by("until", "-since"),
        "consents": person.consents.order_by("withdrawn_on", "-given_on"),
        "notes": person.notes.order_by("-created_at"),
        "requests": person.correction_requests.order_by("-asked_at"),
        "facts": personal_facts(person),
        "events": [
            told(event) for event in Event.objects.about("person", person.pk).newest_first()[:50]
        ],
        "may_edit": can_edit_person(request.scope, person),
        "may_erase": can_erase_person(request.scope, person),
    }
    return render(request, "directory/person.html", context)


def add(request: Request, pk: int) -> HttpResponse:
    """A new person with a role in an organisation."""
    organisation = with_people(request, pk)
    form = MemberForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: add_member(
            by=actor(request, organisation),
            organisation=organisation,
            fields=form.values,
            role=form.cleaned_data["role"],
            since=form.cleaned_data["since"],
        ),
    ):
        return back(request, organisation, _("The person is in the file."), "people")
    lead = _(
        "Only the name is needed. Everything here is personal data: note what the service needs."
    )
    return form_page(
        request, form, title=_("Add a person"), about=organisation, lead=lead, draft="person"
    )


def edit(request: Request, pk: int) -> HttpResponse:
    """Change a person; a conflict shows both versions."""
    person = editable_person(request, pk)
    form = PersonForm(request.POST or None, instance=person)
    saving = save(
        form,
        lambda: change_person(
            by=actor(request, person), person=person, fields=form.values,
            version=form.cleaned_data["version"],
        ),
        lambda: differences(form, Person.objects.get(pk=pk)),
    )  # fmt: skip
    if saving.is_done:
        return back(request, person, _("The changes are saved."))
    return form_page(request, form, title=_("Edit"), about=person, conflicts=saving.conflicts)


def add_to_organisation(request: Request, pk: int, person: int) -> HttpResponse:
    """A further role of a person who is known already."""
    organisation, known = with_people(request, pk), open_person(request.scope, person)
    form = RoleForm(request.POST or None)
    if accepted(
        form, add_role, by=actor(request, organisation), person=known, organisation=organisation
    ):
        return back(request, organisation, _("The role is kept."), "people")
    title = _("Role of %(name)s") % {"name": known.name}
    return form_page(request, form, title=title, about=organisation)


def end(request: Request, pk: int, role: int) -> HttpResponse:
    """A role ends; the past stays."""
    organisation = with_people(request, pk)
    running = get_object_or_404(organisation.people.select_related("person"), pk=role, until=None)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if accepted(form, end_role, by=actor(request, organisation), role=running):
        return back(request, organisation, _("The role has ended."), "people")
    title = _("End the role of %(name)s") % {"name": running.person.name}
    return form_page(request, form, title=title, about=organisation)


def join(request: Request, pk: int) -> HttpResponse:
    """Put an organisation into a network."""
    organisation = editable(request, pk)
    form = AffiliationForm(request.POST or None, scope=request.scope)
    if accepted(form, affiliate, by=actor(request, organisation), member=organisation):
        return back(request, organisation, _("The membership is kept."), "networks")
    return form_page(request, form, title=_("Add to a network"), about=organisation)


def leave(request: Request, pk: int, affiliation: int) -> HttpResponse:
    """An organisation leaves a network; the past stays."""
    organisation = editable(request, pk)
    held = get_object_or_404(organisation.affiliations, pk=affiliation, until=None)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if accepted(form, end_affiliation, by=actor(request, organisation), affiliation=held):
        return back(request, organisation, _("The membership has ended."), "networks")
    return form_page(request, form, title=_("Leave a network"), about=organisation)

"""The page of one entry of the roster; adding, changing, retiring it."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.actions.team import retire_specialist
from yanapay.assistance.queries.team import assignments_of_specialist, running_assignments
from yanapay.roster.access import (
    can_edit_specialist,
    can_see_contact,
    can_set_absence,
    is_own,
)
from yanapay.roster.actions.specialists import (
    add_specialist,
    change_specialist,
    reactivate_specialist,
)
from yanapay.roster.choices import Language
from yanapay.roster.models import Specialist
from yanapay.roster.queries.accreditation import standings_of
from yanapay.roster.queries.specialists import open_specialist
from yanapay.roster.rules.accreditation import PaperState, lacks
from yanapay.web.acting import actor, attempt, made
from yanapay.web.conflicts import Difference, differences, save
from yanapay.web.http import Request
from yanapay.web.roster.forms import NewSpecialistForm, ReasonForm, SpecialistForm
from yanapay.web.roster.pages import back, editable, form_page
from yanapay.web.roster.story import history
from yanapay.web.templatetags.ui import money


def show(request: Request, pk: int) -> HttpResponse:
    """What is missing first; then what they know, where they go, what they do and how they did."""
    scope, today = request.scope, timezone.localdate()
    one = open_specialist(scope, pk)
    papers = standings_of(one, today)
    running = running_assignments(one)
    past = assignments_of_specialist(one).exclude(pk__in=[a.pk for a in running])
    shown = list(one.credentials.select_related("requirement").order_by("obtained_on", "pk"))
    newest = list({paper.requirement_id: paper for paper in shown}.values())
    ratings = list(one.ratings.order_by("-rated_on", "-pk"))
    context = {
        "specialist": one,
        "lacking": [paper for paper in papers if paper.is_lacking],
        "ending": [paper for paper in papers if paper.state == PaperState.EXPIRING],
        "is_accredited": not lacks(papers),
        "credentials": newest,
        "older": [paper for paper in shown if paper not in newest],
        "languages": [label for code, label in Language.choices if code in one.languages],
        "running": running,
        "past": past[:50],
        "ratings": ratings,
        "mean": sum(rating.score for rating in ratings) / len(ratings) if ratings else None,
        "absences": one.absences.filter(until__gte=today).order_by("since"),
        "today": today,
        "events": history(pk),
        "may_edit": can_edit_specialist(scope, one),
        "may_see_contact": can_see_contact(scope, one) or is_own(scope, one),
        "may_set_absence": can_set_absence(scope, one),
    }
    return render(request, "roster/specialist.html", context)


def create(request: Request) -> HttpResponse:
    """A new entry."""
    request.scope.require("roster.edit")
    start = {"kind": request.GET.get("kind", ""), "most_cases": 4, "languages": ["es"]}
    form = NewSpecialistForm(request.POST or None, scope=request.scope, initial=start)
    if form.is_valid() and (new := made(form, lambda: _add(request, form))):
        return back(
            request, new, _("«%(name)s» is in the roster. Now note their papers.") % {"name": new}
        )
    lead = _("Their papers, specialities and places are noted on the next page.")
    return form_page(request, form, title=_("New entry of the roster"), specialist=None, lead=lead)


def edit(request: Request, pk: int) -> HttpResponse:
    """Change an entry; when somebody saved meanwhile, both versions stand side by side."""
    specialist = editable(request, pk)
    form = SpecialistForm(request.POST or None, instance=specialist, centre=specialist.centre)
    saving = save(
        form, lambda: _change(request, specialist, form), lambda: _newer(request, pk, form)
    )
    if saving.is_done:
        return back(request, specialist, _("The changes are saved."))
    return form_page(
        request, form, title=_("Edit"), specialist=specialist, conflicts=saving.conflicts
    )


def retire(request: Request, pk: int) -> HttpResponse:
    """Take somebody out of the roster; what they still work on is shown and released in the same step."""
    specialist = editable(request, pk)
    running = running_assignments(specialist)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: retire_specialist(
        by=actor(request, specialist), specialist=specialist, on=timezone.localdate(),
        reason=form.cleaned_data["reason"], release="release" in request.POST,
    )):  # fmt: skip
        return back(request, specialist, _("The entry is not active any more."))
    title = _("Take %(name)s out of the roster") % {"name": specialist}
    return form_page(
        request,
        form,
        title=title,
        specialist=specialist,
        running=running,
        template="roster/retire.html",
    )


@require_POST
def reactivate(request: Request, pk: int) -> HttpResponse:
    """They can be asked again."""
    specialist = editable(request, pk)
    reactivate_specialist(by=actor(request, specialist), specialist=specialist)
    return back(request, specialist, _("The entry is active again."))


def _add(request: Request, form: NewSpecialistForm) -> Specialist:
    data: dict[str, Any] = form.cleaned_data
    return add_specialist(
        by=request.scope.actor(data["centre"].pk), centre=data["centre"], kind=data["kind"],
        fields=form.values, person=data["person"], new_person=form.new_person,
        organisation=data["organisation"],
    )  # fmt: skip


def _change(request: Request, specialist: Specialist, form: SpecialistForm) -> Specialist:
    return change_specialist(
        by=actor(request, specialist), specialist=specialist, fields=form.values,
        version=form.cleaned_data["version"],
    )  # fmt: skip


def _newer(request: Request, pk: int, form: SpecialistForm) -> list[Difference]:
    return [
        _readable(found, form) for found in differences(form, open_specialist(request.scope, pk))
    ]


def _readable(found: Difference, form: SpecialistForm) -> Difference:
    """The rate as money, not as cents."""
    if found.label != str(form.fields["day_rate"].label):
        return found
    return replace(found, typed=money(found.typed), current=money(found.current))

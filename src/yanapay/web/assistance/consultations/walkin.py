"""Somebody comes in: person, enterprise and question on one screen."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.actions.walkins import Agreed, register_walk_in
from yanapay.assistance.choices import Outcome
from yanapay.assistance.models import Consultation
from yanapay.assistance.queries.knowledge import past_answers
from yanapay.assistance.rules.consultations import LONGEST
from yanapay.directory.models import Consent, Person
from yanapay.directory.queries.duplicates import Likeness, possible_duplicates
from yanapay.directory.queries.search import find_organisations, find_persons
from yanapay.kernel.messages import Message
from yanapay.web.acting import made, show_form
from yanapay.web.assistance.consultations.clock import began, begun, times
from yanapay.web.assistance.consultations.entry import HELPERS, typed_so_far
from yanapay.web.assistance.consultations.visitors import WalkInForm
from yanapay.web.http import Request

OFFERED = 3


@dataclass(frozen=True)
class Known:
    """Who may be meant: people and organisations of the directory."""

    persons: list[Person]
    organisations: list[Likeness]

    def __bool__(self) -> bool:
        return bool(self.persons or self.organisations)


NOBODY = Known([], [])


def new(request: Request) -> HttpResponse:
    """All on one screen. Who is known already is offered before anything is saved; saving again keeps both."""
    for permission in ("assistance.edit", "directory.edit", "persons.view"):
        request.scope.require(permission)
    if request.method != "POST":
        start = {"started": begun(timezone.now()), "text_version": _text_in_use(request)}
        return _page(request, WalkInForm(scope=request.scope, initial=start))
    if not {*HELPERS, "forget"}.isdisjoint(request.POST):
        typed = typed_so_far(request, WalkInForm.base_fields)
        typed |= {f"chosen_{request.POST.get('forget')}": ""}
        return _page(request, WalkInForm(scope=request.scope, initial=typed))
    form, known = WalkInForm(request.POST, scope=request.scope), NOBODY
    if form.is_valid():
        known = NOBODY if "anyway" in request.POST else _known(request, form)
        if not known and (done := made(form, lambda: _register(request, form))):
            messages.success(request, _("%(number)s is registered.") % {"number": done.number})
            place = "consultation_case" if form.becomes_case else "consultation"
            return redirect(f"assistance:{place}", done.pk)
    return _page(request, form, known)


def _page(request: Request, form: WalkInForm, known: Known = NOBODY) -> HttpResponse:
    asked = request.method == "POST"
    question, topic = (str(form[name].value() or "") for name in ("question", "topic"))
    context = {
        "form": form, "known": known, "asked": asked, "longest": LONGEST,
        "answers": past_answers(request.scope, question[:1000], topic) if asked else [],
        "started": began(str(form["started"].value())) or timezone.now(),
    }  # fmt: skip
    return show_form(request, "assistance/consultations/walk_in.html", context)


def _known(request: Request, form: WalkInForm) -> Known:
    """Who may be meant among those that the user may see; whoever was chosen is settled."""
    given = form.cleaned_data
    persons = (
        [] if form.person else _persons(request, given["person_name"], given["person_document"])
    )
    if form.organisation or not given["firm_name"]:
        return Known(persons, [])
    return Known(persons, _organisations(request, form))


def _persons(request: Request, name: str, document: str) -> list[Person]:
    same = find_persons(request.scope, document) if document else []
    named = find_persons(request.scope, name) if name else []
    return list({person.pk: person for person in [*same, *named]}.values())[:OFFERED]


def _organisations(request: Request, form: WalkInForm) -> list[Likeness]:
    alike = possible_duplicates(request.scope, form.sketch, limit=OFFERED)
    hits = [
        hit.organisation
        for hit in find_organisations(request.scope, form.sketch.name)
        if hit.is_open
    ]
    reason = Message("It has a similar name.")
    found = {one.organisation.pk: one for one in alike}
    return [*alike, *(Likeness(o, reason, True) for o in hits[:OFFERED] if o.pk not in found)]  # noqa: FBT003


def _register(request: Request, form: WalkInForm) -> Consultation:
    given, fields = form.cleaned_data, form.values
    asked_at, fields["minutes"] = times(given["started"], given["minutes"], timezone.now())
    if form.becomes_case:
        fields["outcome"] = Outcome.PENDING
    return register_walk_in(
        by=request.scope.actor(given["centre"].pk), centre=given["centre"], visitor=form.visitor,
        asked_at=asked_at, on=timezone.localdate(), fields=fields, answered_by=request.user,
        agreed=Agreed(given["text_version"] or "1") if given["consent"] else None, wish=given["wish"],
    )  # fmt: skip


def _text_in_use(request: Request) -> str:
    """The version of the consent text that was used last in the user's centres."""
    people = Person.objects.visible_to(request.scope)
    last = Consent.objects.filter(person__in=people).order_by("-pk").first()
    return last.text_version if last else f"{timezone.localdate():%Y}-1"

"""Two records of one person: found, put side by side, merged, and taken apart again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.directory.access import can_merge_person
from yanapay.directory.actions.merging import merge_persons, undo_person_merge
from yanapay.directory.models import Person, PersonMerge
from yanapay.directory.queries.merging import plan_merge, possibly_the_same
from yanapay.directory.queries.record import open_person
from yanapay.directory.queries.search import find_persons
from yanapay.kernel.errors import NotAllowed, YanapayError
from yanapay.web.acting import actor, say
from yanapay.web.directory.choosing import different, taken
from yanapay.web.directory.pages import back
from yanapay.web.http import Request


def choose(request: Request, pk: int) -> HttpResponse:
    """The other record: one that looks the same, or one searched for."""
    person = mergeable(request, pk)
    text = request.GET.get("q", "").strip()
    found = find_persons(request.scope, text) if text else []
    context = {
        "person": person, "text": text, "alike": possibly_the_same(request.scope, person),
        "found": [one for one in found if one.pk != person.pk and not one.erased_at],
    }  # fmt: skip
    return render(request, "directory/merge_choose.html", context)


def merge(request: Request, pk: int, other: int) -> HttpResponse:
    """GET shows what would happen, ``pk`` being the record that stays; POST does it."""
    keep, drop = mergeable(request, pk), mergeable(request, other)
    if keep.pk == drop.pk:
        return redirect("directory:merge_person", keep.pk)
    plan = plan_merge(keep, drop, taken(request))
    if request.method == "POST":
        try:
            merge_persons(by=actor(request, keep), keep=keep, drop=drop, take=taken(request))
            return back(request, keep, _("Merged: this is the record that stays."))
        except YanapayError as error:
            messages.error(request, say(error.message))
    context = {"plan": plan, "choices": different(plan)}
    return render(request, "directory/merge_persons.html", context)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Both records as they were, or a sentence why not."""
    found = get_object_or_404(PersonMerge.objects.select_related("keep", "drop"), pk=pk)
    if not (
        can_merge_person(request.scope, found.keep) and can_merge_person(request.scope, found.drop)
    ):
        raise Http404
    try:
        undo_person_merge(by=actor(request, found.keep), merge=found)
        return back(request, found.drop, _("Undone: both records are back as they were."))
    except YanapayError as error:
        messages.error(request, say(error.message))
        return redirect("directory:person", found.keep_id)


def mergeable(request: Request, pk: int) -> Person:
    """The person, for a page that merges."""
    person = open_person(request.scope, pk)
    if not can_merge_person(request.scope, person):
        raise NotAllowed("You may not merge records of this centre.")
    if person.erased_at:
        raise Http404
    return person

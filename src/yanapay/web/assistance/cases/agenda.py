"""The agenda of a week, and the address at which a calendar program reads it."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.accounts.models import User
from yanapay.accounts.rules import draw_token
from yanapay.assistance.actions.agenda import give_calendar_key, revoke_calendar_key
from yanapay.assistance.models import CalendarKey
from yanapay.assistance.queries.agenda import agenda, calendar_owner
from yanapay.centres.queries import scope_of
from yanapay.kernel.keys import read_key
from yanapay.web.assistance.cases.calendar import calendar_of
from yanapay.web.assistance.cases.listing import colleagues, require_cases
from yanapay.web.http import Request

BEFORE, AFTER = timedelta(days=30), timedelta(days=180)  # what a calendar program is given
EVERYBODY = "all"


def week(request: Request) -> HttpResponse:
    """Seven days of one person; whoever assigns work may look at anybody's, or at everybody's."""
    require_cases(request.scope)
    today = timezone.localdate()
    monday = _monday(request.GET.get("week", ""), today)
    may_choose = request.scope.may("assistance.assign")
    person = _person(request, may_choose=may_choose)
    entries = agenda(
        request.scope, monday, monday + timedelta(days=6), person.pk if person else None
    )
    days = [monday + timedelta(days=n) for n in range(7)]
    context = {
        "monday": monday, "sunday": days[-1], "today": today, "person": person,
        "days": [(day, [one for one in entries if one.on == day]) for day in days],
        "count": len(entries), "previous": monday - timedelta(days=7), "next": monday + timedelta(days=7),
        "people": colleagues(request.scope) if may_choose else [], "everybody": EVERYBODY,
        "chosen": request.GET.get("person", ""),
    }  # fmt: skip
    return render(request, "assistance/cases/agenda.html", context)


def key(request: Request) -> HttpResponse:
    """The calendar address of the signed-in person: whether there is one; a new one is shown once."""
    require_cases(request.scope)
    address = ""
    if request.method == "POST":
        raw = draw_token()
        give_calendar_key(by=request.scope.actor(), user=request.user, raw=raw)
        address = request.build_absolute_uri(reverse("assistance:calendar", args=[raw]))
    held = CalendarKey.objects.filter(user=request.user).first()
    return render(request, "assistance/cases/calendar.html", {"held": held, "address": address})


@require_POST
def revoke_key(request: Request) -> HttpResponse:
    """The address stops working."""
    require_cases(request.scope)
    revoke_calendar_key(by=request.scope.actor(), user=request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("assistance:calendar_key")


@login_not_required
def calendar(request: Request, raw: str) -> HttpResponse:
    """The agenda for a calendar program that knows the key: enterprise and purpose, nothing of persons."""
    owner = calendar_owner(raw)
    if owner is None:
        raise Http404
    today = timezone.localdate()
    scope = scope_of(owner, today)
    entries = agenda(scope, today - BEFORE, today + AFTER, owner.pk)
    body = calendar_of(entries, request.build_absolute_uri, timezone.now(), owner.language)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


def _monday(typed: str, today: date) -> date:
    """The Monday of the week that holds the typed day, else of this week."""
    try:
        chosen = date.fromisoformat(typed)
    except ValueError:
        chosen = today
    if not 1990 <= chosen.year <= 2200:
        chosen = today
    return chosen - timedelta(days=chosen.weekday())


def _person(request: Request, *, may_choose: bool) -> User | None:
    """Whose week; None is everybody's."""
    asked = request.GET.get("person", "")
    if not may_choose or not asked:
        return request.user
    if asked == EVERYBODY:
        return None
    found = colleagues(request.scope).filter(pk=read_key(asked) or 0).first()
    return found or request.user

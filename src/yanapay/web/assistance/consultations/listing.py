"""The list of consultations, its export, and what is asked most."""

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from yanapay.accounts.models import User
from yanapay.assistance.choices import Channel, Outcome
from yanapay.assistance.models import Consultation
from yanapay.assistance.queries import consultations as queries
from yanapay.assistance.queries.consultations import Filters
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.roster.choices import Topic
from yanapay.tabular.writing import write_table
from yanapay.web.directory.forms.organisations import colleagues
from yanapay.web.http import Request, page_of

KINDS = ("csv", "xlsx")
PAGE = 25


def index(request: Request) -> HttpResponse:
    """Filtered and searched, newest first."""
    request.scope.require("assistance.view")
    filters = Filters.read(request.GET)
    found = queries.consultations(request.scope, filters)
    rows = found.select_related("organisation", "person", "centre")
    page = page_of(request, rows, PAGE)
    context = {
        "filters": filters, "page": page, "query": urlencode(filters.given),
        "menus": _menus(request.scope, filters), "may_edit": request.scope.may("assistance.edit"),
        "may_export": request.scope.may("directory.export"),
        "waiting": found.filter(outcome=Outcome.PENDING).count(),
    }  # fmt: skip
    return render(request, "assistance/consultations/list.html", context)


def export(request: Request, kind: str) -> HttpResponseBase:
    """The list with its filters as a spreadsheet; names of people only for who may see people."""
    request.scope.require("assistance.view")
    request.scope.require("directory.export")
    if kind not in KINDS:
        raise Http404
    found = queries.consultations(request.scope, Filters.read(request.GET))
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    write_table(kind, stream, _headers(), _rows(request.scope, found))
    stream.seek(0)
    what = _("consultations")
    name = f"{what}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(stream, as_attachment=True, filename=name)


def demand(request: Request) -> HttpResponse:
    """What is asked most in a period, each topic with its count and of how many."""
    request.scope.require("assistance.view")
    today = timezone.localdate()
    start = _day(request, "from") or today.replace(month=1, day=1)
    end = _day(request, "until") or today
    centre = request.GET.get("centre", "")
    found = queries.consultations(request.scope, Filters.read({"centre": centre}))
    topics = queries.demand(queries.asked_between(found, start, end)) if start <= end else []
    context = {
        "start": start, "end": end,
        "topics": [(Topic(d.topic).label, d, round(100 * d.n / topics[0].n)) for d in topics],
        "base": topics[0].base if topics else 0, "centres": _centres(request.scope), "centre": centre,
    }  # fmt: skip
    return render(request, "assistance/consultations/demand.html", context)


def _menus(scope: Scope, filters: Filters) -> list[tuple[str, str, str, list[tuple[str, Any]]]]:
    """The filters as menus: name, label, what is chosen, choices."""
    menus: list[tuple[str, str, list[tuple[str, Any]]]] = [
        ("topic", _("Topic"), list(Topic.choices)),
        ("channel", _("How"), list(Channel.choices)),
        ("outcome", _("How it ended"), list(Outcome.choices)),
        ("who", _("Who answered"), [(str(user.pk), str(user)) for user in _staff(scope)]),
    ]
    if len(centres := _centres(scope)) > 1:
        menus.append(("centre", _("Centre"), centres))
    return [(name, label, getattr(filters, name), choices) for name, label, choices in menus]


def _staff(scope: Scope) -> list[User]:
    return list(colleagues(scope)[:200])


def _centres(scope: Scope) -> list[tuple[str, str]]:
    held = scope.centres_with("assistance.view")
    centres = Centre.objects.all() if held is None else Centre.objects.filter(pk__in=held)
    return [(str(centre.pk), centre.name) for centre in centres]


def _day(request: Request, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _headers() -> list[str]:
    return [
        _("number"), _("centre"), _("asked at"), _("minutes"), _("how"), _("topic"), _("question"), _("answer"),
        _("material"), _("how it ended"), _("referred to"), _("organisation"), _("person"), _("answered by"),
    ]  # fmt: skip


def _rows(scope: Scope, found: Any) -> Iterator[list[Any]]:
    rows = found.select_related("centre", "organisation", "person")
    for one in rows.iterator(2000):
        yield [
            one.number, one.centre.name, f"{timezone.localtime(one.asked_at):%Y-%m-%d %H:%M}", one.minutes,
            one.get_channel_display(), one.get_topic_display(), one.question, one.answer, one.material,
            one.get_outcome_display(), one.referred_to, one.organisation.name if one.organisation else "",
            _named(scope, one), one.answered_by_name,
        ]  # fmt: skip


def _named(scope: Scope, one: Consultation) -> str:
    seen = one.person is not None and scope.may("persons.view", one.centre_id)
    return one.person.name if seen and one.person else ""

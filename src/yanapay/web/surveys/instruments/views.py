"""Reading: the list of forms, and one form with a version of it."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.surveys.access import can_manage_instrument
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.queries.versions import missing_media
from yanapay.web.http import Request
from yanapay.web.surveys.instruments.finding import form_of, seen, version_of
from yanapay.web.surveys.instruments.parts import preview, remarks_of, state_of


def index(request: Request) -> HttpResponse:
    """All forms that the user may see, with their state and how many answers came."""
    rows = [(one, state_of(one)) for one in seen(request)]
    context = {
        "own": [row for row in rows if not row[0].is_shipped],
        "shipped": [row for row in rows if row[0].is_shipped],
        "may_upload": request.scope.may("surveys.manage"),
    }
    return render(request, "surveys/instruments/list.html", context)


def show(request: Request, form_id: str, pk: int | None = None) -> HttpResponse:
    """A form: its state, its versions, what the checks said and what it asks."""
    instrument = form_of(request, form_id)
    version = _version(instrument, pk)
    context = {
        "instrument": instrument, "shown": version, "state": state_of(instrument),
        "versions": instrument.versions.defer("workbook", "xform", "schema", "choices"),
        "may_manage": can_manage_instrument(request.scope, instrument),
        "remarks": remarks_of(version), "sections": preview(version),
        "media": version.media.defer("content").order_by("name"), "missing": missing_media(version),
        "mapped": len(instrument.mapping),
    }  # fmt: skip
    return render(request, "surveys/instruments/show.html", context)


def _version(instrument: Instrument, pk: int | None) -> Version:
    """The version asked for; else the one that is offered, else the newest."""
    if pk is not None:
        return version_of(instrument, pk)
    return instrument.current or instrument.versions.all()[0]

"""Writing: upload a workbook, publish, open and close, add files."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.centres.models import Centre
from yanapay.kernel.errors import YanapayError
from yanapay.surveys.actions.instruments import add_media, discard, publish, set_state, upload
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.rules.xlsform import UnusableForm
from yanapay.web.acting import actor, done, say, show_form
from yanapay.web.http import Request
from yanapay.web.surveys.instruments.finding import managed, version_of
from yanapay.web.surveys.instruments.forms import MediaForm, UploadForm
from yanapay.web.surveys.instruments.parts import remarks


def new(request: Request, form_id: str = "") -> HttpResponse:
    """A new form, or a new version of one. A workbook that is refused says where and why."""
    request.scope.require("surveys.manage")
    instrument = managed(request, form_id) if form_id else None
    form = UploadForm(
        request.POST or None, request.FILES or None, scope=request.scope, instrument=instrument
    )
    refused: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            version = _uploaded(request, form, instrument)
            return redirect("surveys:form_version", version.instrument.form_id, version.pk)
        except UnusableForm as unusable:
            refused = remarks(unusable.findings)
            form.add_error(
                "file", _("The form was not taken. Mend what the checks say and send it again.")
            )
        except YanapayError as error:
            form.add_error(error.field if error.field in form.fields else None, say(error.message))
    context = {"form": form, "remarks": refused, "instrument": instrument}
    return show_form(request, "surveys/instruments/new.html", context)


def _uploaded(request: Request, form: UploadForm, instrument: Instrument | None) -> Version:
    given = form.cleaned_data
    centre: Centre | None = instrument.centre if instrument else given["centre"]
    version = upload(
        by=request.scope.actor(centre.pk if centre else None), centre=centre, name=given["file"].name,
        content=given["file"].read(), media=given["attached"], purpose=given.get("purpose", ""),
    )  # fmt: skip
    if instrument and version.instrument_id != instrument.pk:
        messages.warning(
            request, _("The workbook has another form_id: it became a form of its own.")
        )
    return version


@require_POST
def publish_version(request: Request, form_id: str, pk: int) -> HttpResponse:
    """Offer a version to telephones and browsers."""
    instrument = managed(request, form_id)
    version = version_of(instrument, pk)
    by = actor(request, instrument)
    done(request, lambda: publish(by=by, version=version), _("The version is published."))
    return redirect("surveys:form_version", form_id, pk)


def discard_version(request: Request, form_id: str, pk: int) -> HttpResponse:
    """Asks, then does away with a draft."""
    instrument = managed(request, form_id)
    version = version_of(instrument, pk)
    if request.method != "POST":
        is_last = instrument.versions.count() == 1
        context = {"instrument": instrument, "version": version, "is_last": is_last}
        return render(request, "surveys/instruments/discard.html", context)
    try:
        left = discard(by=actor(request, instrument), version=version)
    except YanapayError as error:
        messages.error(request, say(error.message))
        return redirect("surveys:form_version", form_id, pk)
    messages.success(request, _("The draft %(number)s is gone.") % {"number": version.number})
    return redirect("surveys:form", form_id) if left else redirect("surveys:forms")


@require_POST
def state(request: Request, form_id: str) -> HttpResponse:
    """Open, let run out, or close."""
    instrument = managed(request, form_id)
    wanted, by = request.POST.get("state", ""), actor(request, instrument)
    done(request, lambda: set_state(by=by, instrument=instrument, state=wanted))
    return redirect("surveys:form", form_id)


@require_POST
def media(request: Request, form_id: str, pk: int) -> HttpResponse:
    """Add the files that the form names."""
    instrument = managed(request, form_id)
    version = version_of(instrument, pk)
    form = MediaForm(request.POST, request.FILES)
    if form.is_valid():
        by, files = actor(request, instrument), form.cleaned_data["attached"]
        done(
            request,
            lambda: add_media(by=by, version=version, files=files),
            _("The files are here."),
        )
    else:
        messages.error(request, _("Choose a file."))
    return redirect("surveys:form_version", form_id, pk)

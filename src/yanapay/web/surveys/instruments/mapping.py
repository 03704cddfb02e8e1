"""Which question of a form fills which field of the directory."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from yanapay.mapping.rules.fields import ADDING, FIELDS
from yanapay.surveys.actions.instruments import set_mapping
from yanapay.surveys.choices import Purpose
from yanapay.surveys.exchange.wording import Form
from yanapay.surveys.models import Instrument
from yanapay.surveys.rules.days import HELD
from yanapay.surveys.rules.shipped import origin, unmapped
from yanapay.web.acting import actor, attempt, show_form
from yanapay.web.http import Request
from yanapay.web.surveys.instruments.finding import managed
from yanapay.web.surveys.instruments.forms import MappingForm

LABELS: Mapping[str, Promise] = {
    "name": gettext_lazy("Name"), "acronym": gettext_lazy("Acronym"), "kind": gettext_lazy("Kind"),
    "area": gettext_lazy("Place (area code)"), "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Public phone"), "email": gettext_lazy("Public e-mail"),
    "private_phone": gettext_lazy("Private phone (never shown)"),
    "private_email": gettext_lazy("Private e-mail (never shown)"), "website": gettext_lazy("Website"),
    "point": gettext_lazy("Point on the map"), "start_year": gettext_lazy("Year of start"),
    "activity_lines": gettext_lazy("Lines of activity"), "need_codes": gettext_lazy("Needs"),
    "strength_codes": gettext_lazy("Strengths"), "opportunity_codes": gettext_lazy("Opportunities"),
    "macro_region": gettext_lazy("Macro-region"), "members_women": gettext_lazy("Women members"),
    "members_men": gettext_lazy("Men members"), "families": gettext_lazy("Families"),
    "workers": gettext_lazy("Workers"), "workers_women": gettext_lazy("Women workers"),
    "workers_men": gettext_lazy("Men workers"), "description": gettext_lazy("Description"),
    "aims": gettext_lazy("Aims"), "products": gettext_lazy("Products"), "networks": gettext_lazy("Networks"),
    "tax_id": gettext_lazy("Tax number (not public)"),
    "representative": gettext_lazy("Representative (not public)"),
    HELD: gettext_lazy("Day of the interview"),
}  # fmt: skip


def edit(request: Request, form_id: str) -> HttpResponse:
    """Every question with the field that it fills; the fields are those that a proposal knows."""
    instrument = managed(request, form_id)
    questions = _questions(instrument)
    form = MappingForm(
        request.POST or None, questions=questions, mapping=instrument.mapping,
        purpose="" if instrument.is_shipped else instrument.purpose,
        fields={field: LABELS.get(field, field) for field in (*FIELDS, HELD)},
    )  # fmt: skip
    if form.is_valid() and attempt(
        form, lambda: _save(request, instrument, form.mapping, form.stated_purpose)
    ):
        return redirect("surveys:form", form_id)
    offered = _offered(instrument, questions)
    context = {"form": form, "instrument": instrument, "offered": [
        (questions[question], LABELS.get(field, field)) for question, field in offered.items()
    ]}  # fmt: skip
    return show_form(request, "surveys/instruments/mapping.html", context)


@require_POST
def take_shipped(request: Request, form_id: str) -> HttpResponse:
    """Add the lines that the mapping of this release has and the office's has not; its own stay.

    A form of the office that was not yet said to be for anything is then for what the shipped one is for.
    """
    instrument = managed(request, form_id)
    questions = _questions(instrument)
    offered = _offered(instrument, questions)
    purpose = _purpose_of_origin(instrument, questions)
    _save(request, instrument, {**instrument.mapping, **offered}, purpose)
    return redirect("surveys:form_mapping", form_id)


def _offered(instrument: Instrument, questions: Mapping[str, str]) -> dict[str, str]:
    shipped = origin(instrument.form_id, questions)
    return unmapped(shipped.mapping, instrument.mapping, questions) if shipped else {}


def _purpose_of_origin(instrument: Instrument, questions: Mapping[str, str]) -> str:
    shipped = origin(instrument.form_id, questions)
    return shipped.purpose if shipped and instrument.purpose == Purpose.OTHER else ""


def _save(
    request: Request, instrument: Instrument, mapping: Mapping[str, str], purpose: str
) -> None:
    by = actor(request, instrument)
    set_mapping(by=by, instrument=instrument, mapping=mapping, adding=ADDING, purpose=purpose)
    messages.success(request, _("Saved. New answers are proposed to the directory accordingly."))


def _questions(instrument: Instrument) -> dict[str, str]:
    """The questions outside repeats, in words."""
    version = instrument.current or instrument.versions.all()[0]
    form = Form(version.schema, version.choices)
    return {one["name"]: form.label(one["name"]) for one in version.schema if not one["repeat"]}

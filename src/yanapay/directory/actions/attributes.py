"""Codes, activities, areas and marks of formality of an organisation; the closed vocabularies."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.models import (
    CodedAttribute,
    Formality,
    Organisation,
    OrganisationActivity,
    OrganisationArea,
    Term,
)
from yanapay.kernel.errors import RuleBroken
from yanapay.places.models import ActivityCode, Area

DATA = Path(__file__).parents[1] / "data"
VOCABULARIES = {
    "need": "need_codes", "strength": "strength_codes", "opportunity": "opportunity_codes",
    "activity_lines": "activity_lines", "macro_region": "macro_region", "kind": "kind",
}  # fmt: skip

DATED = ("need_codes", "strength_codes", "opportunity_codes", "activity_lines", "macro_region")


@transaction.atomic
def load_terms(*, by: Actor) -> int:
    """Load the shipped vocabularies; running it again changes nothing. Returns how many terms there are."""
    lists = json.loads((DATA / "ess_codes.json").read_text())["lists"]
    terms = [
        Term(vocabulary=VOCABULARIES.get(name, name), code=entry["code"],
             label_es=entry["label_es"], label_en=entry["label_en"])
        for name, entries in lists.items()
        for entry in entries
    ]  # fmt: skip
    before = Term.objects.count()
    Term.objects.bulk_create(
        terms, update_conflicts=True, unique_fields=["vocabulary", "code"],
        update_fields=["label_es", "label_en"],
    )  # fmt: skip
    if Term.objects.count() != before:
        record(
            by=by,
            action="directory.terms_loaded",
            object_type="directory",
            changes={"terms": len(terms)},
        )
    return len(terms)


@transaction.atomic
def set_codes(
    *, by: Actor, organisation: Organisation, vocabulary: str, codes: Iterable[str],
    noted_on: date | None = None, source: str = "",
) -> None:  # fmt: skip
    """Make the codes of one vocabulary exactly these; an event tells what came and what went."""
    have = set(organisation.attributes.filter(vocabulary=vocabulary).values_list("code", flat=True))
    want = set(codes)
    organisation.attributes.filter(vocabulary=vocabulary, code__in=have - want).delete()
    CodedAttribute.objects.bulk_create(
        CodedAttribute(
            organisation=organisation,
            vocabulary=vocabulary,
            code=code,
            noted_on=noted_on,
            source=source,
        )
        for code in sorted(want - have)
    )
    if have != want:
        _record(by, organisation, vocabulary, [sorted(have), sorted(want)])


@transaction.atomic
def set_activities(
    *, by: Actor, organisation: Organisation, activities: Iterable[tuple[ActivityCode, str]]
) -> None:
    """Make the activities exactly these (code, product line); the first is the main one.

    An activity named twice counts once, with the line named last.
    """
    held = organisation.activities.select_related("activity").order_by("-is_main", "pk")
    before = [_told(row) for row in held]
    rows = [
        OrganisationActivity(
            organisation=organisation, activity=code, product_line=line, is_main=not at
        )
        for at, (code, line) in enumerate(dict(activities).items())
    ]
    after = [_told(row) for row in rows]
    if before != after:
        organisation.activities.all().delete()
        OrganisationActivity.objects.bulk_create(rows)
        _record(by, organisation, "activities", [before, after])


@transaction.atomic
def set_further_areas(*, by: Actor, organisation: Organisation, areas: Iterable[Area]) -> None:
    """Make the areas besides the main one exactly these; the main one among them is passed over."""
    before = sorted(organisation.further_areas.values_list("area__code", flat=True))
    further = {area for area in areas if area.pk != organisation.area_id}
    rows = [OrganisationArea(organisation=organisation, area=area) for area in further]
    after = sorted(row.area.code for row in rows)
    if before != after:
        organisation.further_areas.all().delete()
        OrganisationArea.objects.bulk_create(rows)
        _record(by, organisation, "further_areas", [before, after])


@transaction.atomic
def add_formality(
    *, by: Actor, organisation: Organisation, mark: str, number: str = "",
    obtained_on: date | None = None, expires_on: date | None = None,
) -> Formality:  # fmt: skip
    """Note a mark of formality with its dates."""
    if obtained_on and expires_on and expires_on < obtained_on:
        raise RuleBroken("The end lies before the beginning.", field="expires_on")
    formality = Formality.objects.create(
        organisation=organisation,
        mark=mark,
        number=number,
        obtained_on=obtained_on,
        expires_on=expires_on,
    )
    _record(by, organisation, "formality", [None, mark])
    return formality


@transaction.atomic
def remove_formality(*, by: Actor, formality: Formality, reason: str) -> None:
    """Take back a mark that was wrong."""
    _record(by, formality.organisation, "formality", [formality.mark, None], reason)
    formality.delete()


def _told(row: OrganisationActivity) -> str:
    """«1030 panela orgánica»: what an event says of an activity."""
    return f"{row.activity.code} {row.product_line}".strip()


def _record(
    by: Actor, organisation: Organisation, what: str, pair: list[object], reason: str = ""
) -> None:
    record(by=by, action="directory.attributes_changed", object_type="organisation",
           object_id=organisation.pk, changes={what: pair}, reason=reason)  # fmt: skip

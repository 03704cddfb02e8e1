"""The public entries: shown with consent after a review, or taken from a cited source; and taken down."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.directory.choices import Status
from yanapay.directory.models import Affiliation, Organisation
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import distinct_words, fold, words
from yanapay.mapping.actions.interviews import move_interview
from yanapay.mapping.choices import EntryState, InterviewState, ProposalState
from yanapay.mapping.models import Entry, EntryCode, EntryVersion, Interview
from yanapay.mapping.queries.current import (
    agreed_to_be_public,
    exactness_of,
    networks_of,
    told_on,
    values_of,
)
from yanapay.mapping.queries.entries import shown_by
from yanapay.mapping.rules.fields import CODES, EXTERNAL
from yanapay.mapping.rules.showing import IN_COLUMNS, degrees, free_slug, public_part, rounded
from yanapay.places.models import Area

NETWORK = "network"


@transaction.atomic
def publish_entry(
    *, by: Actor, organisation: Organisation, fields: Mapping[str, Any], on: date,
    decimals: int | None = None,
) -> Entry:  # fmt: skip
    """Show exactly these public fields of an organisation; refused without its consent.

    A point is as exact as agreed, or coarser by ``decimals``; finer is refused. Fields that are not public are
    left out; name and kind always show.
    """
    _refuse_closed(organisation)
    if not agreed_to_be_public(organisation):
        raise RuleBroken(
            "«{name}» has not agreed to be shown in the public directory. Note the consent first.",
            name=organisation.name,
        )
    known = {"name": organisation.name, "kind": organisation.kind}
    shown = public_part({**known, **fields}, _no_finer(organisation, decimals))
    entry = _entry_for(organisation)
    entry.state, entry.unpublished_reason = EntryState.PUBLISHED, ""
    entry.approved_by_name, entry.approved_on = by.user_name, on
    entry.told_on = told_on(organisation)
    _write(entry, shown)
    _move_interviews(by, entry, on, InterviewState.IN_REVIEW, InterviewState.UNPUBLISHED)
    _record(by, "mapping.entry_published", entry, {"fields": sorted(shown)})
    return entry


@transaction.atomic
def list_external(
    *, by: Actor, organisation: Organisation, source: str, source_date: date, on: date
) -> Entry:
    """Show what a cited source already published: name, kind, place and website, with source and day.

    The place is the area, or the macro-region where the source names no more. A published entry stays as it is.
    """
    _refuse_closed(organisation)
    if not source.strip():
        raise RuleBroken("Name the source that published it.", field="source")
    entry = _entry_for(organisation)
    if entry.state == EntryState.PUBLISHED:
        return entry
    if entry.state == EntryState.UNPUBLISHED:
        raise RuleBroken("It was taken off the public site. Show it again from its own page.")
    entry.state, entry.source, entry.source_date = EntryState.EXTERNAL, source, source_date
    entry.approved_by_name, entry.approved_on = by.user_name, on
    known = values_of(organisation)
    _write(entry, public_part({f: known[f] for f in (*EXTERNAL, "macro_region")}))
    _record(by, "mapping.entry_listed", entry, {"source": source})
    return entry


@transaction.atomic
def unpublish(*, by: Actor, entry: Entry, reason: str) -> Entry:
    """Take an entry off the public site, with the reason; it can be shown again."""
    if not reason.strip():
        raise RuleBroken("Say why it is no longer shown.", field="reason")
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state == EntryState.UNPUBLISHED:
        return entry
    entry.state, entry.unpublished_reason = EntryState.UNPUBLISHED, reason[:300]
    _keep_version(entry, shown_by(entry))
    _move_interviews(by, entry, timezone.localdate(), InterviewState.PUBLISHED, reason=reason)
    _record(by, "mapping.entry_unpublished", entry, {}, reason)
    return entry


@transaction.atomic
def republish(*, by: Actor, entry: Entry, on: date) -> Entry:
    """Show again what was shown last: with consent all of it, without consent only what a source published."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != EntryState.UNPUBLISHED:
        return entry
    _refuse_closed(entry.organisation)
    shown, agreed = shown_by(entry), agreed_to_be_public(entry.organisation)
    if not agreed and not entry.source:
        raise RuleBroken(
            "«{name}» has not agreed to be shown in the public directory. Note the consent first.",
            name=entry.name,
        )
    entry.state = EntryState.PUBLISHED if agreed else EntryState.EXTERNAL
    if not agreed:
        shown = {f: v for f, v in shown.items() if f in (*EXTERNAL, "macro_region")}
    shown = _as_agreed(entry.organisation, shown)
    entry.unpublished_reason, entry.approved_by_name, entry.approved_on = "", by.user_name, on
    _write(entry, shown)
    _move_interviews(by, entry, on, InterviewState.UNPUBLISHED)
    _record(by, "mapping.entry_published", entry, {"fields": sorted(shown)})
    return entry


@transaction.atomic
def coarsen(*, by: Actor, entry: Entry) -> Entry:
    """Show the point no finer than is agreed now; nothing happens where it is no finer."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    shown = shown_by(entry)
    agreed = _as_agreed(entry.organisation, shown)
    if agreed == shown:
        return entry
    _write(entry, agreed)
    _record(by, "mapping.entry_coarsened", entry, {"fields": ["point"]})
    return entry


def _no_finer(organisation: Organisation, decimals: int | None) -> int:
    agreed = exactness_of(organisation)
    if decimals is not None and decimals > agreed:
        raise RuleBroken(
            "So exact a point was not agreed to, or it may be somebody's home: show it less exactly.",
            field="decimals",
        )
    return agreed if decimals is None else decimals


def _as_agreed(organisation: Organisation, shown: Mapping[str, Any]) -> dict[str, Any]:
    if "point" not in shown:
        return dict(shown)
    return {**shown, "point": rounded(shown["point"], exactness_of(organisation))}


def _entry_for(organisation: Organisation) -> Entry:
    """The entry of the organisation, locked; a new one has its address already and no state yet."""
    found = Entry.objects.select_for_update().filter(organisation=organisation).first()
    if found:
        return found
    slug = free_slug(organisation.name, ())
    taken = Entry.objects.filter(slug__startswith=slug).values_list("slug", flat=True)
    return Entry(organisation=organisation, slug=free_slug(organisation.name, taken))


def _refuse_closed(organisation: Organisation) -> None:
    if organisation.status in (Status.CLOSED, Status.MERGED):
        raise RuleBroken(
            "«{name}» is closed or was merged: it cannot be shown.", name=organisation.name
        )


def _write(entry: Entry, shown: Mapping[str, Any]) -> None:
    """Columns, codes, further values and the new version, all from the approved fields."""
    area = Area.objects.filter(code=shown.get("area", "")).first()
    point = degrees(shown["point"]) if "point" in shown else (None, None)
    organisation = entry.organisation
    entry.name, entry.name_key = shown["name"], fold(shown["name"])[:300]
    entry.acronym, entry.kind = shown.get("acronym", ""), shown["kind"]
    entry.country, entry.website = organisation.country, shown.get("website", "")
    entry.area, entry.department = area, _department(area)
    entry.latitude, entry.longitude = point
    entry.precision = organisation.precision if "point" in shown else ""
    entry.search_text = distinct_words([entry.name, entry.acronym, shown.get("products", "")])
    entry.shown = {f: v for f, v in shown.items() if f not in (*IN_COLUMNS, *CODES)}
    entry.is_fictitious = organisation.is_fictitious or organisation.centre.is_fictitious
    search.learn(words(entry.search_text))
    _keep_version(entry, shown)
    _write_codes(entry, shown)


def _keep_version(entry: Entry, shown: Mapping[str, Any]) -> None:
    entry.number = entry.number + 1 if entry.pk else 1
    entry.save()
    EntryVersion.objects.create(
        entry=entry, number=entry.number, state=entry.state, shown=dict(shown),
        approved_by_name=entry.approved_by_name,
    )  # fmt: skip
    _tell_members(entry)


def _write_codes(entry: Entry, shown: Mapping[str, Any]) -> None:
    pairs = {(vocabulary, code) for vocabulary in CODES for code in shown.get(vocabulary, [])}
    if "networks" in shown:
        pairs |= {(NETWORK, slug) for slug in _slugs(networks_of(entry.organisation))}
    entry.codes.all().delete()
    _add_codes((entry.pk, *pair) for pair in sorted(pairs))


def _tell_members(entry: Entry) -> None:
    """The public entries of its members lead to it while it is shown, and only then."""
    led = EntryCode.objects.filter(vocabulary=NETWORK, code=entry.slug)
    before, after = set(led.values_list("entry", flat=True)), set[int]()
    if entry.state != EntryState.UNPUBLISHED:
        members = Affiliation.objects.filter(network=entry.organisation, until=None).values(
            "member"
        )
        showing = Entry.objects.filter(organisation__in=members, shown__has_key="networks")
        after = set(showing.values_list("pk", flat=True))
    led.filter(entry__in=before - after).delete()
    _add_codes((pk, NETWORK, entry.slug) for pk in after - before)
    Entry.objects.filter(pk__in=before ^ after).update(updated_at=timezone.now())


def _move_interviews(
    by: Actor, entry: Entry, on: date, *standing: InterviewState, reason: str = ""
) -> None:
    """Decided interviews of the organisation are published or not, as its entry is."""
    is_shown = entry.state != EntryState.UNPUBLISHED
    state = InterviewState.PUBLISHED if is_shown else InterviewState.UNPUBLISHED
    found = Interview.objects.filter(organisation=entry.organisation, state__in=standing)
    for interview in found.exclude(proposals__state=ProposalState.PENDING):
        move_interview(by=by, interview=interview, state=state, on=on, reason=reason)


def _add_codes(rows: Iterable[tuple[int, str, str]]) -> None:
    EntryCode.objects.bulk_create(
        EntryCode(entry_id=pk, vocabulary=vocabulary, code=code) for pk, vocabulary, code in rows
    )


def _slugs(organisations: list[Organisation]) -> list[str]:
    public = Entry.objects.public().filter(organisation__in=organisations)
    return list(public.values_list("slug", flat=True))


def _department(area: Area | None) -> str:
    """The code of the first level above a place: «12» of PE/12/1201."""
    return area.path.split("/")[1] if area and "/" in area.path else ""


def _record(
    by: Actor, action: str, entry: Entry, changes: Mapping[str, Any], reason: str = ""
) -> None:
    record(by=by, action=action, object_type="organisation", object_id=entry.organisation_id,
           changes={"entry": entry.pk, "number": entry.number, **changes}, reason=reason)  # fmt: skip

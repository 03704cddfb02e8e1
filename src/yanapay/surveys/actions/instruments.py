"""Forms: upload a workbook, publish a version, open and close, say which question fills which field."""

import mimetypes
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.surveys.choices import FormState
from yanapay.surveys.models import Instrument, Media, Version
from yanapay.surveys.queries.versions import inherited, made_of, md5, missing_media, next_number
from yanapay.surveys.rules.files import checked_names
from yanapay.surveys.rules.shipped import origin, unmapped
from yanapay.surveys.rules.states import may_move
from yanapay.surveys.rules.xlsform import Examined, UnusableForm, examine
from yanapay.surveys.rules.xlsform.findings import Finding, Place


def upload(
    *, by: Actor, centre: Centre | None, name: str, content: bytes,
    media: Mapping[str, bytes] | None = None, purpose: str = "",
) -> Version:  # fmt: skip
    """A draft made of a workbook; the version that exists when the very same workbook came before.

    ``centre`` None makes a form of all centres. Raises UnusableForm with every finding, RuleBroken when
    the form belongs to another centre or its version number is taken.
    """
    given = checked_names(media or {})
    if known := made_of(content, given):
        _refuse_other_centre(known.instrument, centre)
        return known
    examined = examine(content, next_number(), given)
    if kept := inherited(examined, given):
        examined = examine(content, next_number(), {**kept, **given})
    if not examined.is_usable:
        raise UnusableForm(examined.findings)
    return store(
        by=by, centre=centre, name=name, content=content, media=given, examined=examined, purpose=purpose
    )  # fmt: skip


@transaction.atomic
def store(
    *, by: Actor, centre: Centre | None, name: str, content: bytes, media: Mapping[str, bytes],
    examined: Examined, purpose: str = "", is_shipped: bool = False,
) -> Version:  # fmt: skip
    """Keep a version that was examined; the instrument is made with its first one."""
    instrument = _instrument(centre, examined, purpose, is_shipped=is_shipped)
    if taken := instrument.versions.filter(number=examined.number).first():
        if taken.md5 == md5(examined.xform):
            return taken
        raise RuleBroken(
            "Version {number} of «{form}» exists with other content. "
            "Raise the version in the sheet «settings».",
            field="file", number=examined.number, form=instrument.form_id,
        )  # fmt: skip
    held = {**inherited(examined, media), **media}
    version = Version.objects.create(
        instrument=instrument, number=examined.number, workbook_name=name[-255:], workbook=content,
        xform=examined.xform, md5=md5(examined.xform),
        languages=examined.languages, schema=examined.schema, choices=examined.choices,
        findings=[one.plain() for one in (*examined.findings, *_lacking(examined, held))],
        validated_by=examined.validated_by, uploaded_by_name=by.user_name,
    )  # fmt: skip
    _keep_media(version, held)
    _record(
        by, "uploaded", instrument, {"version": [None, version.number], "workbook": [None, name]}
    )
    return version


@transaction.atomic
def publish(*, by: Actor, version: Version, opens: bool = True) -> Version:
    """Offer this version to devices; a form that was a draft opens. Published bytes never change again."""
    instrument = Instrument.objects.select_for_update().get(pk=version.instrument_id)
    if missing := missing_media(version):
        raise RuleBroken(
            "This version needs files that are not here: {names}. Add them first.",
            names=", ".join(missing),
        )
    before = instrument.current.number if instrument.current else None
    version.published_at = version.published_at or timezone.now()
    version.save(update_fields=["published_at"])
    instrument.current = version
    if opens and instrument.state == FormState.DRAFT:
        instrument.state = FormState.OPEN
    instrument.save(update_fields=["current", "state"])
    version.instrument = instrument
    _record(by, "published", instrument, {"version": [before, version.number]})
    return version


@transaction.atomic
def discard(*, by: Actor, version: Version) -> Instrument | None:
    """Do away with a draft; the form goes with its only version, and then None is returned.

    What was published once stays for ever: answers were or may yet be given to it.
    """
    instrument = Instrument.objects.select_for_update().get(pk=version.instrument_id)
    draft = instrument.versions.select_for_update().filter(pk=version.pk).first()
    if draft is None:
        return instrument
    if draft.published_at or instrument.current_id == draft.pk:
        raise RuleBroken(
            "Version {number} was published: it stays, because answers may still come.",
            number=draft.number,
        )
    draft.delete()
    _record(by, "discarded", instrument, {"version": [draft.number, None]})
    if instrument.versions.exists():
        return instrument
    _delete_unused(instrument)
    return None


@transaction.atomic
def set_state(*, by: Actor, instrument: Instrument, state: str) -> Instrument:
    """Open, close or reopen a form. While it is closing, devices with the form may still send."""
    instrument = Instrument.objects.select_for_update().get(pk=instrument.pk)
    before = instrument.state
    if state not in FormState.values:
        raise RuleBroken("A form has no state «{state}».", state=state[:20])
    if not may_move(before, state):
        raise RuleBroken(
            "A form that is {before} cannot become {after}.",
            before=FormState(before).label, after=FormState(state).label,
        )  # fmt: skip
    if state != before:
        if instrument.current_id is None:
            raise RuleBroken("Publish a version of «{form}» first.", form=instrument.form_id)
        instrument.state = state
        instrument.save(update_fields=["state"])
        _record(by, "state_changed", instrument, {"state": [before, state]})
    return instrument


@transaction.atomic
def set_mapping(
    *, by: Actor, instrument: Instrument, mapping: Mapping[str, str], adding: Collection[str] = (),
    purpose: str = "",
) -> Instrument:  # fmt: skip
    """Say which question fills which field of the directory: one question each, but for fields that add up.

    ``purpose`` says anew what the form is for, on which it depends what becomes of its answers; "" leaves it.
    """
    chosen = {question: field for question, field in mapping.items() if field}
    fields = [field for field in chosen.values() if field not in adding]
    if twice := sorted({field for field in fields if fields.count(field) > 1}):
        raise RuleBroken("Two questions fill the same field: {fields}.", fields=", ".join(twice))
    before = {"mapping": instrument.mapping, "purpose": instrument.purpose}
    after = {"mapping": chosen, "purpose": purpose or instrument.purpose}
    if changes := {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    }:
        instrument.mapping, instrument.purpose = chosen, purpose or instrument.purpose
        instrument.save(update_fields=["mapping", "purpose"])
        _record(by, "mapping_changed", instrument, changes)
    return instrument


@transaction.atomic
def add_media(*, by: Actor, version: Version, files: Mapping[str, bytes]) -> Version:
    """Add or replace files of a version that was not published yet."""
    if version.published_at:
        raise RuleBroken("A published version keeps its files. Upload a new version.")
    _keep_media(version, checked_names(files))
    _record(
        by, "media_added", version.instrument, {"version": version.number, "files": sorted(files)}
    )
    return version


def _instrument(
    centre: Centre | None, examined: Examined, purpose: str, *, is_shipped: bool
) -> Instrument:
    like = {} if is_shipped else _as_it_was_made_from(examined)
    stated = {"purpose": purpose} if purpose else {}
    instrument, _ = Instrument.objects.select_for_update().get_or_create(
        form_id=examined.form_id,
        defaults={"centre": centre, "title": dict(examined.title), "is_shipped": is_shipped, **like, **stated},
    )  # fmt: skip
    if not is_shipped:
        _refuse_other_centre(instrument, centre)
    instrument.title = dict(examined.title)
    instrument.save(update_fields=["title"])
    return instrument


def _as_it_was_made_from(examined: Examined) -> dict[str, object]:
    """What a new form takes over from the shipped one it was made from: what it is for, what fills what."""
    asked = [question["name"] for question in examined.schema if not question["repeat"]]
    if not (shipped := origin(examined.form_id, asked)):
        return {}
    return {"purpose": shipped.purpose, "mapping": unmapped(shipped.mapping, {}, asked)}


def _refuse_other_centre(instrument: Instrument, centre: Centre | None) -> None:
    if instrument.is_shipped or instrument.centre_id != (centre.pk if centre else None):
        raise RuleBroken(
            "The form_id «{form}» is in use by another form. Write one of your own in the sheet «settings».",
            field="file", form=instrument.form_id,
        )  # fmt: skip


def _lacking(examined: Examined, held: Mapping[str, bytes]) -> list[Finding]:
    return [
        Place("").warning(
            "media_missing", Message("The form needs the file «{name}»: add it before publishing.", name=name)
        )
        for name in examined.media if name not in held
    ]  # fmt: skip


def _keep_media(version: Version, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        Media.objects.update_or_create(
            version=version, name=name,
            defaults={"content": content, "md5": md5(content),
                      "content_type": mimetypes.guess_type(name)[0] or "application/octet-stream"},
        )  # fmt: skip


def _delete_unused(instrument: Instrument) -> None:
    """A form without versions goes, unless a device or an interview is bound to it."""
    in_use = RuleBroken("«{form}» is in use: it keeps its last version.", form=instrument.form_id)
    if instrument.devices.exists():
        raise in_use
    try:
        instrument.delete()
    except ProtectedError as error:
        raise in_use from error


def _record(by: Actor, what: str, instrument: Instrument, changes: Mapping[str, object]) -> None:
    record(
        by=by,
        action=f"surveys.form_{what}",
        object_type="instrument",
        object_id=instrument.pk,
        changes=changes,
    )

"""Consultations: asked, answered, left pending, referred; and the wishes for courses that they bring."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.assistance.actions.cases import open_case
from yanapay.assistance.choices import Origin, Outcome
from yanapay.assistance.models import Case, Consultation, CourseWish
from yanapay.assistance.rules.consultations import check_consultation
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.centres.models import Centre
from yanapay.directory.models import Organisation, Person
from yanapay.kernel.changes import compare, require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import distinct_words, words
from yanapay.quality.actions.numbers import next_number

SERIES = "CON"
EDITABLE = frozenset({
    "minutes", "channel", "topic", "question", "answer", "material", "outcome", "referred_to", "person",
    "organisation", "area", "based_on",
})  # fmt: skip


@transaction.atomic
def register_consultation(
    *, by: Actor, centre: Centre, asked_at: datetime, fields: Mapping[str, Any],
    answered_by: User | None = None, wish: str = "",
) -> Consultation:  # fmt: skip
    """A question with its answer, or pending. ``fields`` are names of :data:`EDITABLE`.

    ``wish`` is the course that was asked for; an outcome "referred to a course" needs it.
    """
    consultation = Consultation(
        centre=centre, asked_at=asked_at, answered_by=answered_by, is_fictitious=centre.is_fictitious,
        answered_by_name=answered_by.signature if answered_by else by.user_name,
    )  # fmt: skip
    _assign(consultation, fields)
    _needs_wish(consultation, wish)
    local = asked_at.astimezone(ZoneInfo(centre.time_zone))
    consultation.number = next_number(by=by, centre=centre, code=SERIES, year=local.year)
    consultation.save(force_insert=True)
    search.learn(words(consultation.search_text))
    if wish.strip():
        _wish(consultation, wish, local.date())
    told = {
        "number": consultation.number,
        "topic": consultation.topic,
        "outcome": consultation.outcome,
    }
    _record(by, "assistance.consultation_registered", consultation, told)
    return consultation


@transaction.atomic
def change_consultation(
    *, by: Actor, consultation: Consultation, fields: Mapping[str, Any], version: int | None = None,
    reason: str = "", wish: str = "", on: date | None = None,
) -> Consultation:  # fmt: skip
    """Complete a pending consultation, or put a finished one right, which needs a ``reason``.

    ``version`` is the one the editor saw; another raises EditConflict. No text enters the trail.
    """
    current = _locked(consultation, version)
    changes = compare({f: getattr(current, f) for f in fields}, fields)
    if not changes and not wish.strip():
        return current
    if current.outcome != Outcome.PENDING and not reason.strip():
        raise RuleBroken("This consultation is finished. Say why it is changed.", field="reason")
    known_as = current.search_text
    _assign(current, fields)
    _needs_wish(current, wish)
    search.learn_change(known_as, current.search_text)
    _save(current)
    if wish.strip():
        _wish(current, wish, on or current.asked_at.date())
    _record(
        by, "assistance.consultation_changed", current, {"fields": sorted(changes.fields)}, reason
    )
    return current


@transaction.atomic
def refer_to_case(
    *, by: Actor, consultation: Consultation, organisation: Organisation, responsible: User, on: date,
    fields: Mapping[str, Any], version: int | None = None,
) -> Case:  # fmt: skip
    """Open a case out of a consultation: the same enterprise and person, the topic kept, both linked."""
    current = _locked(consultation, version)
    if current.case_id:
        raise RuleBroken("This consultation has become a case already.")
    about = {"topic": current.topic, "contact": current.person, **fields}
    case = open_case(by=by, centre=current.centre, organisation=organisation, responsible=responsible,
                     on=on, fields=about, origin=Origin.CONSULTATION)  # fmt: skip
    current.case, current.organisation, current.outcome = case, organisation, Outcome.CASE
    _save(current)
    _record(by, "assistance.consultation_referred", current, {"case": case.number})
    return case


@transaction.atomic
def note_wish(
    *, by: Actor, centre: Centre, topic: str, wish: str, on: date, person: Person | None = None,
    organisation: Organisation | None = None,
) -> CourseWish:  # fmt: skip
    """Somebody would like a course, without having asked anything else."""
    if not wish.strip():
        raise RuleBroken("Say which course is wished for.", field="wish")
    noted = CourseWish.objects.create(
        centre=centre,
        topic=topic,
        wish=wish.strip(),
        noted_on=on,
        person=person,
        organisation=organisation,
    )
    record(by=by, action="assistance.wish_noted", object_type="course_wish", object_id=noted.pk,
           changes={"topic": topic})  # fmt: skip
    return noted


@transaction.atomic
def hand_over_pending(*, by: Actor, from_user_id: int, to_user_id: int) -> int:
    """Pass the pending consultations of a leaver to a colleague: one event, however many."""
    heir = User.objects.get(pk=to_user_id)
    theirs = Consultation.objects.filter(answered_by=from_user_id, outcome=Outcome.PENDING)
    count = theirs.update(answered_by=heir, answered_by_name=heir.signature)
    if count:
        record(by=by, action="assistance.consultations_handed_over", object_type="user",
               object_id=from_user_id, changes={"to": to_user_id, "count": count})  # fmt: skip
    return count


def _locked(consultation: Consultation, version: int | None) -> Consultation:
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require_version(version, current.version)
    return current


def _assign(consultation: Consultation, fields: Mapping[str, Any]) -> None:
    for name in EDITABLE.intersection(fields):
        setattr(consultation, name, fields[name])
    check_consultation(
        {
            name: getattr(consultation, name)
            for name in EDITABLE - {"person", "organisation", "area"}
        }
    )
    if consultation.outcome == Outcome.CASE and not consultation.case_id:
        raise RuleBroken("Keep it as pending and open the case from its page.", field="outcome")
    _of_this_centre(consultation)
    consultation.search_text = distinct_words([consultation.question, consultation.answer])


def _of_this_centre(consultation: Consultation) -> None:
    """People and past answers belong to one centre; they are not carried into another."""
    for name in ("person", "based_on"):
        linked = getattr(consultation, name)
        if linked is not None and linked.centre_id != consultation.centre_id:
            raise RuleBroken("This belongs to another centre.", field=name)


def _needs_wish(consultation: Consultation, wish: str) -> None:
    noted = bool(consultation.pk) and consultation.wishes.exists()
    if consultation.outcome == Outcome.COURSE and not (wish.strip() or noted):
        raise RuleBroken("Say which course is wished for.", field="wish")


def _wish(consultation: Consultation, wish: str, on: date) -> CourseWish:
    return CourseWish.objects.create(
        centre=consultation.centre, topic=consultation.topic, wish=wish.strip(), noted_on=on,
        person=consultation.person, organisation=consultation.organisation, consultation=consultation,
    )  # fmt: skip


def _save(consultation: Consultation) -> None:
    consultation.version += 1
    consultation.save()


def _record(
    by: Actor, action: str, consultation: Consultation, changes: Mapping[str, Any], reason: str = ""
) -> None:
    """The reason may name people, so it is kept where an erasure reaches it."""
    about = (
        f"person:{consultation.person_id}" if consultation.person_id
        else f"organisation:{consultation.organisation_id}" if consultation.organisation_id
        else f"consultation:{consultation.pk}"
    )  # fmt: skip
    told = {"reason": (None, reason)} if reason else {}
    record(by=by, action=action, object_type="consultation", object_id=consultation.pk,
           changes=changes, personal=told, subject=about if told else "")  # fmt: skip

"""What people may ask about their own data: to see it, to have it corrected, to have it erased."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from yanapay.accounts.actions.erasure import erase_user
from yanapay.accounts.models import User
from yanapay.audit.actions import forget, record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.base.personal import ERASED, erase_everywhere
from yanapay.directory.choices import RequestState
from yanapay.directory.models import (
    Conflict,
    CorrectionRequest,
    Identifier,
    Merge,
    Organisation,
    Person,
    PersonAccount,
    PersonMerge,
    Provenance,
    Reject,
)
from yanapay.directory.models.batches import BatchChange
from yanapay.directory.queries.privacy import only_owned_by, with_merged, with_merged_persons
from yanapay.directory.rules.personal import ORGANISATION, PERSON
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def ask_for_correction(
    *, by: Actor, person: Person, text: str = "", asks_erasure: bool = False,
    organisation: Organisation | None = None,
) -> CorrectionRequest:  # fmt: skip
    """Somebody says that something stored about them is wrong, or asks that all of it be erased."""
    if not text.strip() and not asks_erasure:
        raise RuleBroken("Say what should change.", field="text")
    request = CorrectionRequest.objects.create(
        person=person, organisation=organisation, text=text, asks_erasure=asks_erasure
    )
    _record(
        by, "directory.correction_asked", person, {"request": request.pk, "erasure": asks_erasure}
    )
    return request


@transaction.atomic
def answer_correction(
    *, by: Actor, request: CorrectionRequest, accept: bool, answer: str, decided_by: User
) -> CorrectionRequest:
    """Say what was done, or why not. Erasing is an action of its own."""
    request = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != RequestState.PENDING:
        raise RuleBroken("This request was already answered.")
    if not accept and not answer.strip():
        raise RuleBroken("Say why the request is refused.", field="answer")
    request.state = RequestState.ACCEPTED if accept else RequestState.REFUSED
    request.answer, request.decided_by, request.decided_at = answer, decided_by, timezone.now()
    request.save()
    _record(
        by,
        "directory.correction_answered",
        request.person,
        {"request": request.pk, "accept": accept},
    )
    return request


@transaction.atomic
def erase_person(*, by: Actor, person: Person, reason: str) -> Person:
    """Remove every personal value of a person, here and in the audit trail; counts and roles stay.

    Their one-person enterprises lose what is personal too: private contact and a tax number that holds the
    identity number. The chain of the audit trail still verifies.
    """
    known_as = with_merged_persons(person)
    words_before = " ".join(one.search_text for one in known_as)
    owned = with_merged(only_owned_by(person))
    _erase_kept(person, owned)
    elsewhere = _erase_elsewhere(by, known_as, owned)
    for organisation in owned:
        _erase_contact(organisation)
        forget(by=by, subject=f"organisation:{organisation.pk}")
    PersonMerge.objects.filter(keep__in=known_as).update(before={}, survivors={}, moved={})
    for one in known_as:
        _erase_own(one)
        forget(by=by, subject=f"person:{one.pk}")
    if account := PersonAccount.objects.filter(person=person).select_related("user").first():
        erase_user(by=by, user=account.user)
    search.unlearn(words_before.split())
    _record(
        by,
        "directory.person_erased",
        person,
        {"reason_given": bool(reason), "organisations": len(owned), **elsewhere},
    )
    transaction.on_commit(search.leave_no_trace)
    return person


def _erase_elsewhere(by: Actor, known_as: list[Person], owned: list[Organisation]) -> Counter[str]:
    erased = Counter(erase_everywhere(by, known_as[0].pk, [one.pk for one in owned]))
    for merged in known_as[1:]:
        erased.update(erase_everywhere(by, merged.pk, []))
    return erased


def _erase_own(person: Person) -> None:
    _empty(person, PERSON)
    person.name, person.search_text, person.erased_at = ERASED, "", timezone.now()
    person.save()


def _erase_contact(organisation: Organisation) -> None:
    _empty(organisation, ORGANISATION)
    organisation.save()
    organisation.identifiers.filter(is_personal=True).delete()


def _empty(row: Person | Organisation, personal: Iterable[str]) -> None:
    """Each field holds nothing: None where the column may, else an empty text (a test sees that it is one)."""
    for name in personal:
        setattr(row, name, None if row._meta.get_field(name).null else "")
    row.version += 1


def _erase_kept(person: Person, owned: list[Organisation]) -> None:
    """Notes, files, proposals and leftovers of imports that repeat what was known of the person."""
    subjects: list[Person | Organisation] = [person, *owned]
    for about in subjects:
        for file in about.files.all():
            file.stored.delete(save=False)
        about.files.all().delete()
        about.notes.all().delete()
    person.correction_requests.update(text="")
    keys = {*person.roles.values_list("organisation", flat=True), *(one.pk for one in owned)}
    Provenance.objects.filter(pk__in=keys).update(extra=None)
    Conflict.objects.filter(organisation__in=keys).update(current={}, proposed={})
    BatchChange.objects.filter(organisation__in=keys).update(before={}, after={})
    Merge.objects.filter(keep__in=keys).update(before={}, survivors={})
    for value in _told(person, owned):
        Reject.objects.filter(row__icontains=value).delete()


def _told(person: Person, owned: list[Organisation]) -> list[str]:
    """The values by which a rejected row of an import would still name the person."""
    numbers = Identifier.objects.filter(organisation__in=owned, is_personal=True).values_list(
        "number", flat=True
    )
    values = [person.name, person.document_number, person.phone, person.email, *numbers]
    return [value for value in values if len(value) > 5]


def _record(by: Actor, action: str, person: Person, changes: dict[str, Any]) -> None:
    record(by=by, action=action, object_type="person", object_id=person.pk, changes=changes)

"""Rosa stands twice in the file: her two records become one, and two again."""

import pytest
from tests.directory.test_erasure import enterprise_of_zoraida, traces
from tests.directory.test_merging import picture
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_organisation,
    make_person,
    make_scope,
)

from yanapay.accounts.actions import create_user
from yanapay.audit.models import Event, PersonalValue
from yanapay.audit.queries import verify
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.merging import merge_persons, undo_person_merge
from yanapay.directory.actions.notes import write_note
from yanapay.directory.actions.persons import add_role, change_person, link_account
from yanapay.directory.actions.privacy import erase_person
from yanapay.directory.models import Person, PersonMerge
from yanapay.directory.queries.merging import plan_merge, possibly_the_same
from yanapay.directory.queries.privacy import own_data
from yanapay.directory.queries.search import find
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


def rosa_twice() -> tuple[Person, Person]:
    """In both records she owns the bakery; only the second knows her document, note and consent."""
    bakery = make_organisation("Panadería Rosa")
    keep = make_person("Rosa Quispe", phone="987654321")
    drop = make_person("Rosa Quispe", phone="+51 987 654 321", document_type="dni",
                       document_number="44556677")  # fmt: skip
    for one in (keep, drop):
        add_role(by=BY, person=one, organisation=bakery, role="owner")
    add_role(by=BY, person=drop, organisation=bakery, role="manager")
    write_note(by=BY, about=drop, text="Llamó por el horno")
    give_consent(
        by=BY, about=drop, purpose="service", text_version="1", given_on=TODAY, channel="paper"
    )
    return keep, drop


def test_the_dry_run_tells_what_moves_and_what_is_there_already() -> None:
    plan = plan_merge(*rosa_twice())
    assert {r.label.split(".", 1)[1]: (len(r.moving), len(r.set_aside)) for r in plan.relations} == {
        "PersonRoleRecord.person": (1, 1), "Note.person": (1, 0), "Consent.person": (1, 0),
    }  # fmt: skip
    assert plan.values == {
        "document_number": "44556677", "document_type": "dni", "document_country": "PE",
    }  # fmt: skip


def test_one_record_stays_and_undo_brings_both_back() -> None:
    keep, drop = rosa_twice()
    before = picture()
    done = merge_persons(by=BY, keep=keep, drop=drop)
    keep.refresh_from_db()
    assert keep.document_number == "44556677"
    assert sorted(keep.roles.values_list("role", flat=True)) == ["manager", "owner"]
    assert (keep.notes.count(), keep.consents.count()) == (1, 1)
    assert find(make_scope(), "rosa quispe").persons == [keep]
    undo_person_merge(by=BY, merge=done)
    after = picture()
    del before["directory.PersonMerge"], after["directory.PersonMerge"]
    assert after == before


def test_the_values_stay_out_of_the_chain() -> None:
    keep, drop = rosa_twice()
    merge_persons(by=BY, keep=keep, drop=drop)
    event = Event.objects.get(action="directory.person_merged")
    assert "44556677" not in str(event.changes)
    told = PersonalValue.objects.get(event=event, field="document_number")
    assert (told.subject, told.after) == (f"person:{keep.pk}", "44556677")


def test_what_was_changed_since_is_not_undone() -> None:
    keep, drop = rosa_twice()
    done = merge_persons(by=BY, keep=keep, drop=drop)
    change_person(by=BY, person=keep, fields={"document_number": "44556678"})
    with pytest.raises(RuleBroken, match="fields were changed"):
        undo_person_merge(by=BY, merge=done)
    with pytest.raises(RuleBroken, match="no longer there"):
        merge_persons(by=BY, keep=keep, drop=drop)


def test_two_sign_ins_are_not_merged() -> None:
    keep, drop = rosa_twice()
    for number, one in enumerate((keep, drop)):
        user = create_user(by=BY, username=f"rosa{number}", password="llamas-cruzan-el-puente",
                           must_change_password=False, is_entrepreneur=True)  # fmt: skip
        link_account(by=BY, person=one, user=user)
    with pytest.raises(RuleBroken, match="account of their own"):
        merge_persons(by=BY, keep=keep, drop=drop)
    assert not PersonMerge.objects.exists()


def test_only_those_who_look_the_same_are_offered_and_only_to_those_who_see_them() -> None:
    keep, drop = rosa_twice()
    make_person("Rosa Quispe", phone="911222333")
    make_person("Julia Mamani", phone="987654321")
    make_person("Rosa Quispe", make_centre("puno"), phone="987654321")
    assert possibly_the_same(make_scope(), keep) == [drop]
    assert possibly_the_same(make_scope(centre=make_centre("puno")), keep) != [drop]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_reaches_the_record_that_was_merged_away() -> None:
    person, _ = enterprise_of_zoraida()
    twin = make_person("Zoraida Quispetupac", phone="987654321", email="zq@correo.pe")
    done = merge_persons(by=BY, keep=person, drop=twin, take=["phone"])
    assert own_data(person)["merged"][0]["email"] == "zq@correo.pe"

    erase_person(by=BY, person=person, reason="lo pidió")

    twin.refresh_from_db()
    assert (twin.phone, twin.name) == ("", "—")
    assert verify() == []
    assert traces() == []
    with pytest.raises(RuleBroken, match="erased"):
        undo_person_merge(by=BY, merge=done)

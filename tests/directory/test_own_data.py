"""Rosa asks what is stored about her: all of it, and nothing of anybody else."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from tests.factories.directory import (
    BY,
    PASSWORD,
    TODAY,
    make_observation,
    make_organisation,
    make_person,
    make_user,
)

from yanapay.accounts.actions import create_user
from yanapay.audit.models import Event
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.notes import add_file, write_note
from yanapay.directory.actions.persons import add_role, end_role, link_account
from yanapay.directory.actions.privacy import answer_correction, ask_for_correction
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.privacy import ENCODER, erasure_summary, only_owned_by, own_data
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


def furnished(name: str, mark: str) -> tuple[Person, Organisation]:
    """A person with something of everything; each value carries the mark."""
    person = make_person(
        name, document_type="dni", document_number=f"4567{mark}", phone=f"9641{mark}",
        email=f"{mark}@correo.pe", birth_year=1970, self_identification=f"quechua {mark}",
    )  # fmt: skip
    own = make_organisation(f"Taller {mark}", private_phone=f"9999{mark}", address=f"Jr. {mark}")
    add_role(by=BY, person=person, organisation=own, role="owner", since=date(2015, 1, 1))
    make_observation(own, workers=3, assets=int(mark) * 100, currency="PEN")
    for about in (person, own):
        write_note(by=BY, about=about, text=f"nota {mark} {about.pk}")
        add_file(by=BY, about=about, name=f"acta {mark}.txt", content_type="text/plain",
                 content=ContentFile(mark.encode(), "a.txt"))  # fmt: skip
        give_consent(by=BY, about=about, purpose="service", text_version=mark, given_on=TODAY,
                     channel="paper")  # fmt: skip
    ask_for_correction(by=BY, person=person, text=f"mi número es {mark}")
    user = create_user(by=BY, username=f"user{mark}", password=PASSWORD, full_name=name,
                       must_change_password=False, is_entrepreneur=True)  # fmt: skip
    link_account(by=BY, person=person, user=user)
    return person, own


def test_own_data_is_everything_of_the_person_and_nothing_of_others() -> None:
    rosa, workshop = furnished("Rosa Quispe", "1234")
    furnished("Juana Mamani", "8765")
    both = make_organisation("Feria Común", private_phone="99008765")
    add_role(by=BY, person=rosa, organisation=both, role="owner")
    add_role(by=BY, person=make_person("Luisa Ñahui"), organisation=both, role="owner")
    data = own_data(rosa)
    written = json.dumps(data, cls=ENCODER, ensure_ascii=False)
    for value in (
        "Rosa Quispe", "45671234", "96411234", "1234@correo.pe", "1970", "quechua 1234", "99991234",
        "Jr. 1234", f"nota 1234 {rosa.pk}", f"nota 1234 {workshop.pk}", "acta 1234.txt", "123400",
        "mi número es 1234", "user1234", "Feria Común", "2015-01-01",
    ):  # fmt: skip
        assert value in written, value
    for value in ("8765", "Juana", "Luisa"):
        assert value not in written, value
    assert len(data["consents"]) == len(data["organisations"][0]["consents"]) == 1
    assert "directory.person_created" in {event["what"] for event in data["history"]}


def test_an_owner_twice_over_owns_alone() -> None:
    rosa, workshop = make_person(), make_organisation()
    past = add_role(by=BY, person=rosa, organisation=workshop, role="owner")
    end_role(by=BY, role=past, on=TODAY)
    add_role(by=BY, person=rosa, organisation=workshop, role="owner")
    add_role(by=BY, person=make_person("Juan"), organisation=workshop, role="worker")
    assert only_owned_by(rosa) == [workshop]
    add_role(by=BY, person=make_person("Luisa"), organisation=workshop, role="owner")
    assert only_owned_by(rosa) == []


def test_an_erasure_is_counted_before_it_is_done() -> None:
    rosa, _ = furnished("Rosa Quispe", "1234")
    summary = erasure_summary(rosa)
    assert {kind: summary[kind] for kind in ("notes", "files", "contacts", "numbers")} == {
        "notes": 2, "files": 2, "contacts": 1, "numbers": 0,
    }  # fmt: skip


def test_a_correction_is_asked_in_words_and_answered_once() -> None:
    rosa, staff = make_person(), make_user()
    with pytest.raises(RuleBroken, match="what should change"):
        ask_for_correction(by=BY, person=rosa, text=" ")
    ask_for_correction(by=BY, person=rosa, asks_erasure=True)
    request = ask_for_correction(by=BY, person=rosa, text="Me llamo Rosa Elvira")
    with pytest.raises(RuleBroken, match="Say why"):
        answer_correction(by=BY, request=request, accept=False, answer=" ", decided_by=staff)
    answer_correction(by=BY, request=request, accept=True, answer="", decided_by=staff)
    with pytest.raises(RuleBroken, match="already answered"):  # from a page opened before
        answer_correction(by=BY, request=request, accept=False, answer="no", decided_by=staff)
    assert not any("Elvira" in str(event.entry()) for event in Event.objects.all())

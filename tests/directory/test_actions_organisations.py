"""Stories of files: two editors, numbers, what the trail keeps, names found again."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.directory import (
    BY,
    make_centre,
    make_organisation,
    make_person,
    make_scope,
)

from yanapay.audit.models import Event, PersonalValue
from yanapay.directory.actions.organisations import (
    add_identifier,
    change_organisation,
    remove_identifier,
)
from yanapay.directory.actions.persons import add_role, change_person, create_person, end_role
from yanapay.directory.models import Identifier, Organisation, Person
from yanapay.directory.queries.duplicates import possible_duplicates
from yanapay.directory.queries.search import find
from yanapay.directory.rules.duplicates import Sketch, bare_phones
from yanapay.kernel.errors import EditConflict, RuleBroken

pytestmark = pytest.mark.django_db
RUC, PERSONAL_RUC = "20100070970", "10456789019"


def names(text: str, scope: Any = None) -> list[str]:
    return [hit.organisation.name for hit in find(scope or make_scope(), text).organisations]


def test_the_second_of_two_editors_is_told_and_nothing_is_lost() -> None:
    organisation = make_organisation()
    first, second = (Organisation.objects.get(pk=organisation.pk) for _ in range(2))
    change_organisation(by=BY, organisation=first, fields={"acronym": "LV"}, version=1)
    with pytest.raises(EditConflict):
        change_organisation(by=BY, organisation=second, fields={"acronym": "XX"}, version=1)
    assert Organisation.objects.get(pk=organisation.pk).acronym == "LV"


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    organisation = make_organisation()
    events = Event.objects.count()
    same = change_organisation(by=BY, organisation=organisation, fields={"name": organisation.name})
    assert (same.version, Event.objects.count()) == (1, events)


def test_private_contact_never_enters_the_chain() -> None:
    organisation = make_organisation(private_phone="964123456", phone="064200300")
    event = Event.objects.get(action="directory.organisation_created")
    assert "964123456" not in str(event.entry())
    assert event.changes["phone"] == [None, "064200300"]
    kept = PersonalValue.objects.get(event=event, field="private_phone")
    assert (kept.subject, kept.after) == (f"organisation:{organisation.pk}", "964123456")


def test_a_persons_values_never_enter_the_chain() -> None:
    person = make_person(document_type="dni", document_number="45678901")
    change_person(by=BY, person=person, fields={"phone": "964123456"}, version=1)
    trail = " ".join(str(event.entry()) for event in Event.objects.all())
    for secret in ("Rosa", "45678901", "964123456"):
        assert secret not in trail


def test_a_tax_number_belongs_to_one_organisation() -> None:
    organisation = make_organisation("Primera", ruc=RUC)
    other = make_organisation("Segunda", centre=make_centre("puno"))
    with pytest.raises(RuleBroken, match="Primera"):
        add_identifier(by=BY, organisation=other, number=RUC)
    with pytest.raises(RuleBroken, match="check its digits"):
        add_identifier(by=BY, organisation=other, number="20100070971")
    again = add_identifier(by=BY, organisation=organisation, number=RUC)
    remove_identifier(by=BY, identifier=again, reason="wrong")
    assert add_identifier(by=BY, organisation=other, number=RUC).organisation == other


def test_a_natural_persons_tax_number_is_personal() -> None:
    make_organisation("Rosa Quispe", ruc=PERSONAL_RUC)
    assert Identifier.objects.get().is_personal
    event = Event.objects.get(action="directory.identifier_added")
    assert PERSONAL_RUC not in str(event.entry())


def test_names_are_found_without_accents_and_with_one_typing_error() -> None:
    scope = make_scope()
    organisation = make_organisation("Lácteos Ñusta del Mantaro")
    for typed in ("lacteos", "LÁCTEOS", "lactoes", "mantaro nusta", "mantarro", "lact"):
        assert names(typed, scope) == ["Lácteos Ñusta del Mantaro"], typed
    change_organisation(by=BY, organisation=organisation, fields={"name": "Quesos Wayra"})
    assert names("quezos", scope) == ["Quesos Wayra"]
    assert names("lacteos", scope) == []


def test_another_centre_sees_that_it_exists_and_nobody_of_its_people() -> None:
    make_organisation("Tejidos Titicaca", centre=make_centre("puno"))
    make_person("Benita Mamani", centre=make_centre("puno"))
    found = find(make_scope(centre=make_centre()), "titicaca")
    assert [hit.is_open for hit in found.organisations] == [False]
    assert find(make_scope(centre=make_centre()), "mamani").persons == []
    assert len(find(make_scope(centre=make_centre("puno")), "mamani").persons) == 1


def test_one_document_one_person_in_a_centre() -> None:
    make_person(document_type="dni", document_number="45678901")
    again = {"name": "Otra", "document_type": "dni", "document_number": "45678901"}
    with pytest.raises(RuleBroken, match="Rosa Quispe"):
        create_person(by=BY, centre=make_centre(), fields=again)
    create_person(by=BY, centre=make_centre("puno"), fields=again)
    assert Person.objects.count() == 2


def test_a_running_role_is_not_doubled_and_its_past_stays() -> None:
    person, organisation = make_person(), make_organisation()
    since = date(2020, 1, 1)
    role = add_role(by=BY, person=person, organisation=organisation, role="owner", since=since)
    assert add_role(by=BY, person=person, organisation=organisation, role="owner") == role
    with pytest.raises(RuleBroken):
        end_role(by=BY, role=role, on=date(2019, 1, 1))
    end_role(by=BY, role=role, on=date(2024, 1, 1))
    add_role(by=BY, person=person, organisation=organisation, role="owner")
    assert person.roles.count() == 2


@pytest.mark.parametrize(
    ("point", "field"),
    [
        ({"latitude": -12.0}, "longitude"),
        ({"longitude": -75.2}, "latitude"),
        ({"latitude": -90.1, "longitude": -75.2}, "latitude"),
        ({"latitude": -12.0, "longitude": 181}, "longitude"),
        ({"latitude": float("nan"), "longitude": 0.0}, "latitude"),
    ],
)
def test_a_point_is_whole_and_on_earth(point: dict[str, float], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        make_organisation(**point)
    assert refused.value.field == field
    organisation = make_organisation(latitude=-12.07, longitude=-75.21)
    with pytest.raises(RuleBroken):
        change_organisation(by=BY, organisation=organisation, fields={"longitude": None})
    change_organisation(
        by=BY, organisation=organisation, fields={"latitude": None, "longitude": None}
    )


WRITINGS = ("964 555 777", "+51 964555777", "(964) 555-777", "964.555.777")


@pytest.mark.parametrize("written", WRITINGS)
def test_a_telephone_is_kept_in_one_way_and_found_in_any(written: str) -> None:
    firm, rosa = make_organisation(private_phone=written), make_person("Rosa Quispe", phone=written)
    kept = "+51964555777" if written.startswith("+") else "964555777"
    assert (firm.private_phone, rosa.phone) == (kept, kept)
    for asked in (*WRITINGS, "964555777", "51 964 555 777"):
        found = find(make_scope(), asked)
        assert [hit.organisation for hit in found.organisations] == [firm]
        assert found.persons == [rosa]


@pytest.mark.parametrize("asked", ["964 555 777", "064-211211", "964555777 / 064 211 211"])
def test_either_of_two_telephones_is_found_and_other_centres_are_not(asked: str) -> None:
    firm = make_organisation(phone="964 555 777 / 064-211211")
    make_organisation("Ajena", make_centre("puno"), private_phone="965555777 y 064211211")
    rosa = make_person("Rosa Quispe", phone="964555777 o 064211211")
    assert firm.phone == "964555777 / 064211211"
    assert names(asked) == [firm.name]
    assert find(make_scope(), asked).persons == [rosa]


@pytest.mark.parametrize("typed", ["064 211211", "999888777, 064-211211"])
def test_a_second_telephone_tells_of_a_duplicate(typed: str) -> None:
    firm = make_organisation("Lácteos Wari", private_phone="964555777 / 064211211")
    alike = possible_duplicates(make_scope(), Sketch("Lacteos Wari", phones=bare_phones(typed)))
    assert [one.organisation for one in alike] == [firm]


def test_an_edit_that_writes_the_same_telephone_otherwise_changes_nothing() -> None:
    firm = make_organisation(phone="964555777")
    same = change_organisation(by=BY, organisation=firm, fields={"phone": "964 555 777"})
    assert same.version == 1


def test_what_is_no_telephone_is_refused_with_its_field() -> None:
    with pytest.raises(RuleBroken, match="not a telephone number") as refused:
        make_organisation(private_phone="llámame")
    assert refused.value.field == "private_phone"
    with pytest.raises(RuleBroken, match="not a telephone number"):
        make_person("Rosa Quispe", phone="no sé")


def test_the_database_takes_no_half_point() -> None:
    organisation = make_organisation(latitude=-12.06, longitude=-75.2)
    halves = Organisation.objects.filter(pk=organisation.pk)
    for half in ({"latitude": None}, {"longitude": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            halves.update(**half)
    organisation.pk, organisation.longitude = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation.save()
    assert halves.update(latitude=None, longitude=None) == 1

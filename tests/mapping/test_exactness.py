"""How exactly a point is public: as agreed, never somebody's home; a reviewer may only coarsen it."""

import pytest
from tests.factories.directory import BY, TODAY, make_organisation, make_person
from tests.factories.mapping import agree, make_answer, make_entry

from yanapay.directory.actions.consents import withdraw_consent
from yanapay.directory.actions.persons import add_role
from yanapay.directory.models import Organisation
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.entries import publish_entry, republish, unpublish
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.models import Entry

pytestmark = pytest.mark.django_db
POINT = "-12.068123 -75.210987"


def firm_with(*purposes: str, owners: int = 0) -> Organisation:
    firm = make_organisation("Warmi")
    for purpose in purposes:
        agree(firm, purpose)
    for number in range(owners):
        add_role(by=BY, person=make_person(f"Dueña {number}"), organisation=firm, role="owner")
    return firm


def shown(firm: Organisation, decimals: int | None = None) -> float | None:
    fields = {"point": POINT}
    return publish_entry(
        by=BY, organisation=firm, fields=fields, on=TODAY, decimals=decimals
    ).latitude


def test_about_a_kilometre_unless_the_exact_point_was_agreed() -> None:
    assert shown(firm_with("public")) == -12.07


def test_exact_by_consent_and_coarser_by_choice() -> None:
    firm = firm_with("public", "point")
    assert shown(firm) == -12.0681
    assert shown(firm, decimals=1) == -12.1


def test_finer_than_agreed_is_refused() -> None:
    with pytest.raises(RuleBroken, match="not agreed") as told:
        shown(firm_with("public"), decimals=3)
    assert told.value.field == "decimals"


@pytest.mark.parametrize(("owners", "latitude"), [(1, -12.07), (2, -12.0681)])
def test_the_place_of_one_owner_may_be_a_home_and_is_never_exact(
    owners: int, latitude: float
) -> None:
    assert shown(firm_with("public", "point", owners=owners)) == latitude


def test_the_form_asks_for_the_exact_point() -> None:
    told = {"name": "Nuevo", "point": POINT, "consent_public": "si"}
    for number, (answer, latitude) in enumerate([("no", -12.07), ("si", -12.0681)]):
        name = f"Nuevo {number}"
        proposal = make_answer(**told | {"name": name, "consent_point": answer})
        decide(by=BY, proposal=proposal, accepted={"name", "point"}, on=TODAY, publish=True)
        assert Entry.objects.get(name=name).latitude == latitude


def test_the_point_follows_a_withdrawal_and_is_not_brought_back() -> None:
    firm = firm_with("public")
    consent = agree(firm, "point")
    shown(firm)
    withdraw_consent(by=BY, consent=consent, on=TODAY)
    entry = Entry.objects.get()
    assert (entry.state, entry.latitude, entry.number) == ("published", -12.07, 2)


def test_what_is_shown_again_is_no_finer_than_agreed_now() -> None:
    entry = make_entry(firm_with("point", owners=0), point=POINT)
    assert entry.latitude == -12.0681
    entry = unpublish(by=BY, entry=entry, reason="mudanza")
    add_role(
        by=BY, person=make_person("Única Dueña"), organisation=entry.organisation, role="owner"
    )
    assert republish(by=BY, entry=entry, on=TODAY).latitude == -12.07

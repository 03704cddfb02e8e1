"""What the public sees: with consent what was approved, from a source what it printed, and nothing else."""

from datetime import date

import pytest
from tests.factories.directory import (
    BY,
    TODAY,
    make_area,
    make_centre,
    make_observation,
    make_organisation,
    make_scope,
)
from tests.factories.mapping import SOURCE, SOURCE_DATE, agree, make_entry, make_external

from yanapay.audit.models import Event
from yanapay.directory.actions.attributes import set_codes
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.actions.persons import affiliate
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.entries import list_external, publish_entry, republish, unpublish
from yanapay.mapping.models import Entry

pytestmark = pytest.mark.django_db


def test_without_consent_nothing_is_published() -> None:
    organisation = make_organisation()
    with pytest.raises(RuleBroken, match="has not agreed"):
        publish_entry(by=BY, organisation=organisation, fields={"phone": "964000000"}, on=TODAY)
    assert not Entry.objects.exists()


def test_only_what_was_approved_is_shown() -> None:
    place = make_area("PE/12/1201/120101", "Huancayo")
    firm = make_organisation(
        name="Lácteos Ñaña", area=place, phone="964000000", private_phone="964111111",
        latitude=-12.068123, longitude=-75.210987, precision="gps",
    )  # fmt: skip
    agree(firm)
    fields = {"point": "-12.068123 -75.210987", "area": "120101", "description": "Yogur y queso",
              "private_phone": "964111111", "representative": "Rosa Quispe"}  # fmt: skip
    entry = publish_entry(by=BY, organisation=firm, fields=fields, on=TODAY)
    assert (entry.slug, entry.department) == ("lacteos-nana", "12")
    assert (entry.latitude, entry.longitude) == (-12.07, -75.21)
    assert entry.shown == {"description": "Yogur y queso"}
    stored = str(list(Entry.objects.values())) + str(list(entry.versions.values()))
    assert "964111111" not in stored
    assert "Rosa" not in stored


def test_a_closed_organisation_is_not_published() -> None:
    firm = make_organisation()
    agree(firm)
    firm.status = "closed"
    with pytest.raises(RuleBroken, match="closed"):
        publish_entry(by=BY, organisation=firm, fields={}, on=TODAY)


def test_a_change_of_the_record_is_not_shown_until_it_is_approved() -> None:
    entry = make_entry(make_organisation(name="Casa Betania"))
    firm = change_organisation(
        by=BY, organisation=entry.organisation, fields={"name": "Betania Perú"}
    )
    entry.refresh_from_db()
    assert entry.name == "Casa Betania"
    again = publish_entry(by=BY, organisation=firm, fields={"name": "Betania Perú"}, on=TODAY)
    assert (again.pk, again.slug, again.number) == (entry.pk, "casa-betania", 2)
    assert [v.shown["name"] for v in again.versions.order_by("number")] == [
        "Casa Betania",
        "Betania Perú",
    ]


def test_two_of_one_name_have_addresses_of_their_own() -> None:
    slugs = [make_entry(make_organisation(name="El Progreso")).slug for _ in range(3)]
    assert slugs == ["el-progreso", "el-progreso-2", "el-progreso-3"]


def test_codes_and_figures_are_those_of_the_directory() -> None:
    firm = make_organisation()
    set_codes(
        by=BY, organisation=firm, vocabulary="need_codes", codes=["acceso_mercado", "credito"]
    )
    make_observation(firm, members_women=12, members_men=0)
    entry = make_entry(firm)
    assert set(entry.codes.values_list("vocabulary", "code")) == {
        ("need_codes", "acceso_mercado"), ("need_codes", "credito"),
    }  # fmt: skip
    assert entry.shown["members_women"] == 12
    assert entry.shown["members_men"] == 0


def test_an_external_entry_shows_what_its_source_printed() -> None:
    firm = make_organisation(
        name="Casa Betania", phone="964000000", website="betania.pe", address="Jr. Puno 1"
    )
    set_codes(by=BY, organisation=firm, vocabulary="need_codes", codes=["acceso_mercado"])
    set_codes(by=BY, organisation=firm, vocabulary="macro_region", codes=["lima_centro"])
    entry = make_external(firm)
    assert (entry.source, entry.source_date, entry.website) == (SOURCE, SOURCE_DATE, "betania.pe")
    assert entry.shown == {}
    assert list(entry.codes.values_list("vocabulary", "code")) == [("macro_region", "lima_centro")]


def test_an_external_entry_names_its_source() -> None:
    with pytest.raises(RuleBroken, match="source"):
        list_external(
            by=BY, organisation=make_organisation(), source=" ", source_date=TODAY, on=TODAY
        )


def test_a_published_entry_does_not_become_external() -> None:
    entry = make_entry()
    same = make_external(entry.organisation)
    assert (same.pk, same.state, same.number) == (entry.pk, "published", 1)


def test_taken_down_with_a_reason_and_shown_again() -> None:
    entry = make_entry(description="Yogur")
    with pytest.raises(RuleBroken, match="Say why"):
        unpublish(by=BY, entry=entry, reason=" ")
    entry = unpublish(by=BY, entry=entry, reason="Lo pidió la organización")
    assert not Entry.objects.public().exists()
    assert (
        Event.objects.get(action="mapping.entry_unpublished").reason == "Lo pidió la organización"
    )
    entry = republish(by=BY, entry=entry, on=date(2026, 4, 1))
    assert (entry.state, entry.shown["description"], entry.number) == ("published", "Yogur", 3)
    assert list(entry.versions.order_by("number").values_list("state", flat=True)) == [
        "published", "unpublished", "published",
    ]  # fmt: skip


def test_members_lead_to_their_network_while_it_is_shown() -> None:
    member, network = make_organisation(name="Casa Betania"), make_organisation(name="GRESP")
    affiliate(by=BY, member=member, network=network)
    shown = make_entry(member)
    assert not shown.codes.exists()
    gresp = make_entry(network)
    assert list(shown.codes.values_list("vocabulary", "code")) == [("network", "gresp")]
    unpublish(by=BY, entry=gresp, reason="cerró")
    assert not shown.codes.exists()


def test_the_office_sees_entries_of_its_own_centre() -> None:
    entry = make_entry()
    assert list(Entry.objects.visible_to(make_scope("coordinator"))) == [entry]
    elsewhere = make_scope("coordinator", make_centre("puno"))
    assert not Entry.objects.visible_to(elsewhere).exists()

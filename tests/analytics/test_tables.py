"""Tables of records: the mapping, networks, cooperatives, entries of the public directory."""

from typing import Any

import pytest
from tests.analytics.reading import bases, numbers
from tests.factories.directory import BY, make_area, make_centre, make_organisation, make_scope

from yanapay.analytics.queries.tables import table
from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.attributes import load_terms, set_codes
from yanapay.directory.actions.persons import affiliate
from yanapay.directory.models import Organisation
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Entry, EntryCode
from yanapay.places.models import AreaGroup, AreaScheme

pytestmark = pytest.mark.django_db


def mapped(name: str, region: str = "Sur", needs: str = "", **fields: Any) -> Organisation:
    load_terms(by=BY)
    AreaScheme.objects.get_or_create(code="ess_2018", defaults={"name": "Mapeo", "source": "Mapeo"})
    organisation = make_organisation(name, **fields)
    set_codes(
        by=BY,
        organisation=organisation,
        vocabulary="macro_region",
        codes=[region] if region else [],
    )
    set_codes(by=BY, organisation=organisation, vocabulary="need_codes", codes=needs.split())
    return organisation


def entry(slug: str, state: str = EntryState.PUBLISHED) -> Entry:
    return Entry.objects.create(
        organisation=make_organisation(f"Org {slug}"), slug=slug, state=state, name=f"Org {slug}",
        name_key=slug, kind="empresa",
    )  # fmt: skip


def test_needs_by_the_macro_regions_of_the_source() -> None:
    mapped("A", "Sur", "infraestructura tributario")
    mapped("B", "Sur", "infraestructura")
    mapped("C", "Centro", "tributario")
    mapped("D", "Centro")
    make_organisation("A client that nobody mapped")
    found = table("needs", scope=OPERATOR)
    assert (found.scheme, found.base, found.missing) == ("ess_2018", 3, 1)
    assert numbers(found) == {
        ("Sur", "infraestructura"): 2, ("Sur", "tributario"): 1, ("Centro", "tributario"): 1,
    }  # fmt: skip
    assert bases(found) == {"Centro": (1, 1), "Sur": (2, 0)}
    assert [(row.code, row.n) for row in found.tab.totals] == [
        ("infraestructura", 2),
        ("tributario", 2),
    ]


def test_a_scheme_of_areas_groups_by_where_they_are() -> None:
    scheme = AreaScheme.objects.create(code="inei", name="INEI", source="INEI")
    group = AreaGroup.objects.create(scheme=scheme, code="centro", name="Centro")
    group.members.create(area=make_area("PE/12", "Junín"))
    mapped("A", "", "infraestructura", area=make_area("PE/12/1201/120114"))
    mapped("B", "", "infraestructura", area=make_area("PE/15"))
    mapped("C", "", "infraestructura")
    found = table("needs", "macro_region", "inei", scope=OPERATOR)
    assert numbers(found) == {("centro", "infraestructura"): 1, ("", "infraestructura"): 2}
    by_department = table("needs", "department", scope=OPERATOR)
    assert numbers(by_department) == {
        ("12", "infraestructura"): 1, ("15", "infraestructura"): 1, ("", "infraestructura"): 1,
    }  # fmt: skip


def test_by_kind_and_all_together() -> None:
    mapped("A", needs="infraestructura", kind="ong")
    mapped("B", needs="infraestructura", kind="red")
    by_kind = table("needs", "kind", scope=OPERATOR)
    assert numbers(by_kind) == {("red", "infraestructura"): 1, ("ong", "infraestructura"): 1}
    assert numbers(table("needs", "none", scope=OPERATOR)) == {("", "infraestructura"): 2}


def test_by_network_an_organisation_counts_in_each_and_once_in_all() -> None:
    one, other = mapped("Red Uno", kind="red"), mapped("Red Dos", kind="red")
    member = mapped("A", needs="infraestructura")
    for network in (one, other):
        affiliate(by=BY, member=member, network=network)
    found = table("needs", "network", scope=OPERATOR)
    assert numbers(found) == {
        (str(one.pk), "infraestructura"): 1, (str(other.pk), "infraestructura"): 1,
    }  # fmt: skip
    assert (found.base, found.missing, found.tab.totals[0].n) == (1, 2, 1)


def test_without_any_network_all_stand_apart() -> None:
    mapped("A", needs="infraestructura")
    found = table("needs", "network", scope=OPERATOR)
    assert (numbers(found), found.base) == ({("", "infraestructura"): 1}, 1)
    assert (table("networks", scope=OPERATOR).base, table("networks", scope=None).base) == (0, 0)


def test_the_public_networks_are_those_of_the_published_entries() -> None:
    network, member = entry("red"), entry("cacao")
    for slug in ("red", "gone"):
        EntryCode.objects.create(entry=member, vocabulary="network", code=slug)
    EntryCode.objects.create(entry=member, vocabulary="need_codes", code="tributario")
    found = table("networks", scope=None)
    assert (numbers(found), found.base, found.missing) == ({("", "red"): 1}, 1, 1)
    assert found.rows[0].label == network.name
    assert numbers(table("needs", "network", scope=None)) == {("red", "tributario"): 1}
    assert [node["code"] for node in found.details["centrality"]] == ["cacao", "red"]


def test_what_is_not_published_is_not_counted_for_the_public() -> None:
    for slug, state in (("a", EntryState.PUBLISHED), ("b", EntryState.UNPUBLISHED)):
        EntryCode.objects.create(
            entry=entry(slug, state), vocabulary="need_codes", code="tributario"
        )
    found = table("needs", "kind", scope=None)
    assert (numbers(found), found.base) == ({("empresa", "tributario"): 1}, 1)


def test_each_sees_the_tables_of_their_centre() -> None:
    mapped("A", needs="infraestructura")
    mapped("B", needs="infraestructura", centre=make_centre("ayacucho"))
    assert table("needs", scope=make_scope()).base == 1
    assert table("needs", scope=OPERATOR).base == 2
    assert table("needs", scope=None).base == 0


def test_a_table_or_grouping_that_is_not() -> None:
    with pytest.raises(NotFound):
        table("weaknesses", scope=OPERATOR)
    with pytest.raises(NotFound):
        table("ess.nothing", scope=OPERATOR)
    with pytest.raises(RuleBroken):
        table("needs", "colour", scope=OPERATOR)
    with pytest.raises(NotFound):
        table("needs", "macro_region", "moon", scope=OPERATOR)


def test_the_cooperatives_show_what_does_not_add_up() -> None:
    make_organisation("Pangoa", kind="coop_agraria", area=make_area("PE/12", "Junín"))
    found = table("cooperative-census", scope=OPERATOR)
    checks = found.details["checks"]
    assert [(c["sum_of_rows"], c["printed_total"], c["difference"]) for c in checks] == [
        (824, 806, 18), (901, 806, 95), (1219, 806, 413),
    ]  # fmt: skip
    held = numbers(found)
    assert held["printed", "ahorro_credito"] == 206
    assert held["printed", "agrarias"] is None
    assert held["census_2017", "agrarias"] == 395
    assert bases(found)["census_2017"] == (1245, None)
    assert held["directory", "coop_agraria"] == 1
    assert held["directory_departments", "12"] == 1


def test_networks_with_members_overlap_and_who_is_central() -> None:
    one, other = mapped("Red Uno", kind="red"), mapped("Red Dos", kind="red")
    both, only = mapped("Ambas"), mapped("Sola")
    mapped("Ninguna")
    for member, network in ((both, one), (both, other), (only, one)):
        affiliate(by=BY, member=member, network=network)
    found = table("networks", scope=OPERATOR)
    assert numbers(found) == {("", str(one.pk)): 2, ("", str(other.pk)): 1}
    assert (found.base, found.missing, found.details["unaffiliated"]) == (2, 3, 3)
    assert found.details["overlaps"] == [{"networks": sorted([str(one.pk), str(other.pk)]), "n": 1}]
    central = found.details["centrality"][0]
    assert (central["label"], central["degree"]) in {("Red Uno", 2), ("Ambas", 2)}


def test_few_queries_however_many_groups(assert_queries: Any) -> None:
    for n in range(12):
        mapped(f"Org {n}", ["Sur", "Centro"][n % 2], "infraestructura tributario")
    with assert_queries(8):
        table("needs", scope=OPERATOR)

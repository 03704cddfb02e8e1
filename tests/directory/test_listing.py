"""The list: every row once and in order, counts that agree with counting, addresses that are nonsense."""

from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.directory import (
    BY,
    TODAY,
    make_area,
    make_centre,
    make_clients,
    make_observation,
    make_organisation,
    make_scope,
    make_share,
)

from yanapay.base import finding, search as words
from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.attributes import set_codes
from yanapay.directory.actions.merging import merge_organisations
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.models import Organisation
from yanapay.directory.queries import (
    counting,
    facets as counted,
    listing,
    ordering,
    paging,
    selecting,
    sizing,
    tallying,
)
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.paging import Page
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
NAMES = ["Zapatos", "Ángel", "angel", "Ñandú", "Nandu", "Angel"]


def pages(filters: Filters, *, newest: bool = False, size: int = 2) -> list[Page]:
    read = paging.newest_page if newest else paging.page
    found = [read(Selection(OPERATOR, filters), 7, size=size)]
    while found[-1].after:
        found.append(read(Selection(OPERATOR, filters), 7, found[-1].after, size))
    return found


def numbers(found: list[Page]) -> list[int]:
    return [row.pk for page in found for row in page.rows]


def counts(facet: counting.Facet) -> dict[str, int]:
    return {value.value: value.count for value in facet.values}


class EveryRowOnce(TestCase):
    @settings(max_examples=15)
    @given(st.lists(st.sampled_from(NAMES), max_size=7), st.integers(1, 3), st.booleans())
    def test_pages(self, names: list[str], size: int, few: bool) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(paging, "FEW", 100 if few else 0)
            make_clients(names)
            rows = sorted(Organisation.objects.values_list("name_key", "pk"))
            found = pages(Filters(), size=size)
            assert numbers(found) == [pk for _, pk in rows]
            assert counting.count(Selection(OPERATOR, Filters())) == len(rows)
            newest = pages(Filters(), newest=True, size=size)
            assert numbers(newest) == sorted((pk for _, pk in rows), reverse=True)


def registry() -> None:
    """Five organisations in two centres, three places, some with needs; one merged away."""
    junin, tambo, puno = make_area("PE/12"), make_area("PE/12/1201/120114"), make_area("PE/21")
    far = make_centre("puno")
    milk = make_organisation("Lácteos Uno", area=junin)
    make_organisation("Lácteos Dos", area=tambo, kind="ong")
    make_organisation("Tejidos", area=tambo)
    make_organisation("Lácteos Tres", centre=far, area=puno)
    bare = make_organisation("Sin lugar", centre=far, kind="red")
    gone = make_organisation("Lacteos 1", area=junin)
    merge_organisations(by=BY, keep=milk, drop=gone, on=TODAY)
    for organisation in (milk, bare):
        set_codes(by=BY, organisation=organisation, vocabulary="need_codes", codes=["credit"])


FILTERS = [
    Filters(),
    Filters(kind="empresa"),
    Filters(status="active", area="12"),
    Filters(q="lacteos"),
    Filters(q="lacteos", kind="empresa"),
    Filters(need="credit"),
    Filters(area="nowhere"),
    Filters(status="merged"),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_counts_agree_with_counting(filters: Filters) -> None:
    registry()
    rows = list(listing.organisations(Selection(OPERATOR, filters)))
    assert (
        counting.count(Selection(OPERATOR, filters)) == len(rows) == len({row.pk for row in rows})
    )
    kinds, statuses, areas = counting.split(Selection(OPERATOR, filters)).facets
    for facet in (kinds, statuses):
        others = listing.organisations(Selection(OPERATOR, filters.without(facet.name)))
        assert counts(facet) == Counter(getattr(row, facet.name) for row in others)
    below = {
        code: counting.count(Selection(OPERATOR, replaced(filters, code))) for code in counts(areas)
    }
    assert counts(areas) == below
    needs = counts(
        counted.coded(listing.organisations(Selection(OPERATOR, filters.without("need"))), "need")
    )
    assert needs.get("credit", 0) == sum(
        row.attributes.exists()
        for row in listing.organisations(Selection(OPERATOR, filters.without("need")))
    )


def replaced(filters: Filters, area: str) -> Filters:
    return Filters.read({**filters.given, "area": area})


def test_a_scope_lists_its_own_and_what_is_shared_with_it() -> None:
    registry()
    puno = make_scope(centre=make_centre("puno"))
    assert counting.count(Selection(puno, Filters())) == 2
    make_share(Organisation.objects.get(name="Tejidos"), make_centre("puno"))
    shown = {row.name for row in paging.page(Selection(puno, Filters()), 3).rows}
    assert shown == {"Lácteos Tres", "Sin lugar", "Tejidos"}
    assert counts(counting.split(Selection(puno, Filters())).facets[0]) == {"empresa": 2, "red": 1}
    assert listing.exportable(Selection(puno, Filters())).filter(name="Tejidos").count() == 0


def test_a_text_finds_own_clients_however_many_others_have_the_word() -> None:
    make_clients((f"Asociación {n}" for n in range(5)), make_centre("puno"))
    mine = make_organisation("Asociación Wayra")
    scope = make_scope()
    assert list(listing.organisations(Selection(scope, Filters(q="asociacion")))) == [mine]
    assert list(listing.organisations(Selection(scope, Filters(q="asociacoin wai")))) == []
    assert list(listing.organisations(Selection(scope, Filters(q="wayra asoc")))) == [mine]


@pytest.mark.parametrize(
    "text", ["²", "9" * 40, "9" * 5000, "x", "-1", "a~²", "a\0~7", "\0", "~", "%"]
)
def test_an_address_that_is_nonsense_is_a_list_all_the_same(text: str) -> None:
    make_clients(["Uno", "Dos"])
    for name in (field.name for field in fields(Filters)):
        filters = Filters.read({name: text})
        total = counting.split(Selection(OPERATOR, filters)).total
        assert total in {0, 2}
        for read in (paging.page, paging.newest_page):
            assert len(read(Selection(OPERATOR, filters), total, after=text).rows) <= total


def test_filters_stand_in_the_address_and_come_back() -> None:
    filters = Filters.read({"kind": " ong ", "q": "a&b=ñ", "page": "7"})
    assert filters == Filters(kind="ong", q="a&b=ñ")
    assert filters.query(kind="") == "q=a%26b%3D%C3%B1"
    assert filters.query(area="12") == "q=a%26b%3D%C3%B1&kind=ong&area=12"


def sized() -> dict[str, Organisation]:
    """Four enterprises of Peru by their sales of 2016 (UIT of 3,950 soles), one of Bolivia by its workers."""
    made = {
        "micro": make_organisation("Bodega"),
        "small": make_organisation("Taller"),
        "undetermined": make_organisation("Sin cifras"),
        "bo": make_organisation("Kiosko", country="BO"),
    }
    make_observation(made["micro"], workers=90, annual_sales=10_000_00)
    make_observation(made["small"], workers=2, annual_sales=2_000_000_00)
    make_observation(made["bo"], workers=3)
    return made


def test_a_list_is_cut_by_size_under_the_law_of_each_country() -> None:
    made = sized()
    assert counts(counted.sizes(Organisation.objects.live())) == {
        "micro": 2,
        "small": 1,
        "undetermined": 1,
    }
    micro = listing.organisations(Selection(OPERATOR, Filters(size="micro")))
    assert set(micro) == {made["micro"], made["bo"]}
    assert counting.count(Selection(OPERATOR, Filters(size="micro", q="bodega"))) == 1
    assert listing.exportable(Selection(OPERATOR, Filters(size="small"))).get() == made["small"]
    assert [v.value for v in counted.sizes(micro, "micro").values if v.is_chosen] == ["micro"]


def test_sizes_of_too_many_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    sized()
    monkeypatch.setattr(sizing, "MANY", 3)
    with pytest.raises(RuleBroken, match="3"):
        counting.count(Selection(OPERATOR, Filters(size="micro")))


def test_short_lists_are_read_in_any_order_and_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sized()
    change_organisation(by=BY, organisation=made["small"], fields={"address": "Jr. Lima 1"})
    change_organisation(by=BY, organisation=made["bo"], fields={"area": make_area("PE/12")})
    monkeypatch.setattr(ordering, "PAGE", 3)

    def read(order: str) -> list[str]:
        first = ordering.read_page(Selection(OPERATOR, Filters()), 4, order)
        second = ordering.read_page(Selection(OPERATOR, Filters()), 4, order, first.after)
        assert second.after == ""
        return [row.name for row in (*first.rows, *second.rows)]

    assert read("workers") == ["Bodega", "Kiosko", "Taller", "Sin cifras"]
    assert read("changed")[:2] == ["Kiosko", "Taller"]
    assert read("area")[0] == "Kiosko"
    assert (
        ordering.read_page(Selection(OPERATOR, Filters()), 4, "nonsense").rows[0].name == "Bodega"
    )


def test_long_lists_are_read_in_the_orders_of_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    sized()
    monkeypatch.setattr(ordering, "FEW", 2)
    assert ordering.orders(Filters(), 4) == ["name", "newest"]
    names = [
        row.name for row in ordering.read_page(Selection(OPERATOR, Filters()), 4, "workers").rows
    ]
    assert names == sorted(names)


def test_a_size_within_filters_that_nothing_can_fit_finds_nothing() -> None:
    make_organisation()
    filters = Filters.read({"area": "0", "size": "micro"})
    assert counting.count(Selection(make_scope(), filters)) == 0
    assert paging.page(Selection(make_scope(), filters), 0).rows == []


@pytest.fixture
def _common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two organisations are many, three a wide scope."""
    monkeypatch.setattr(selecting, "COMMON", 1)
    monkeypatch.setattr(tallying, "NARROW", 2)


@pytest.mark.usefixtures("_common")
def test_a_common_word_is_read_newest_first_and_counted_on_demand() -> None:
    registry()
    milk = Filters(q="lacteos")
    assert counting.quick_split(Selection(OPERATOR, milk)) is None
    assert ordering.orders(milk, None) == ["newest"]
    read = [ordering.read_page(Selection(OPERATOR, milk), None)]
    assert [row.name for row in read[0].rows] == ["Lácteos Tres", "Lácteos Dos", "Lácteos Uno"]
    assert counting.split(Selection(OPERATOR, milk)).total == 3


@pytest.mark.usefixtures("_common")
def test_pages_of_a_common_word_hold_every_match_of_the_scope_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_clients(f"Bodega {n}" if n % 3 else f"Taller {n}" for n in range(12))
    make_clients((f"Bodega {n}" for n in range(20)), make_centre("puno"))
    scope, filters, after = make_scope(), Filters(q="bodega"), ""
    found: list[int] = []
    while not found or after:
        page = paging.newest_page(Selection(scope, filters), None, after, size=3)
        found += [row.pk for row in page.rows]
        after = page.after
    mine = listing.organisations(Selection(scope, filters)).order_by("-pk")
    assert found == [row.pk for row in mine]
    assert len(found) == 8


@pytest.mark.usefixtures("_common")
def test_in_a_narrow_scope_a_common_word_is_counted_at_once() -> None:
    registry()
    puno = make_scope(centre=make_centre("puno"))
    counted_at_once = counting.quick_split(Selection(puno, Filters(q="lacteos")))
    assert counted_at_once is not None
    assert counted_at_once.total == 1
    assert [
        row.name for row in listing.organisations(Selection(puno, Filters(q="lacteos tres")))
    ] == ["Lácteos Tres"]
    groups = words.alternatives("lacteos")
    everyone = Organisation.objects.live()
    assert set(finding.matching_one_by_one(everyone, groups)) == set(
        finding.matching(everyone, groups).values_list("pk", flat=True)
    )


def test_a_long_list_without_words_is_read_by_name_and_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registry()
    monkeypatch.setattr(counting, "MANY", 1)
    assert counting.quick_split(Selection(OPERATOR, Filters(need="credit"))) is None
    assert ordering.orders(Filters(need="credit"), None) == ["name", "newest"]
    read = ordering.read_page(Selection(OPERATOR, Filters(need="credit")), None)
    assert [row.name for row in read.rows] == ["Lácteos Uno", "Sin lugar"]

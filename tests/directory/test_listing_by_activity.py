"""The list by activity, along its tree, and by network; what is dear to look up is looked up once."""

import pytest
from tests.directory.test_listing import counts, registry
from tests.factories.directory import (
    BY,
    TODAY,
    make_activity,
    make_clients,
    make_older_activity,
    make_organisation,
)

from yanapay.base import finding, search as words
from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.attributes import set_activities
from yanapay.directory.actions.persons import affiliate, end_affiliation
from yanapay.directory.models import Organisation
from yanapay.directory.queries import (
    counting,
    facets as counted,
    listing,
    ordering,
    paging,
    selecting,
    tallying,
)
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.selecting import Selection
from yanapay.places.models import ActivityCode

pytestmark = pytest.mark.django_db


def active_registry() -> None:
    """A bakery and a dairy (division 10), a print shop (18), one of an older code, one of none."""
    for name, code in (("Panadería", "1071"), ("Lechería", "1050"), ("Imprenta", "1811")):
        classified(make_organisation(name), make_activity(code))
    classified(make_organisation("Molino"), make_older_activity("1531", matches=["1050", "1071"]))
    make_organisation("Sin rubro")


def classified(organisation: Organisation, *codes: ActivityCode) -> None:
    set_activities(by=BY, organisation=organisation, activities=[(code, "") for code in codes])


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("C", {"Panadería", "Lechería", "Imprenta", "Molino"}),
        ("10", {"Panadería", "Lechería", "Molino"}),
        ("107", {"Panadería"}),
        ("1811", {"Imprenta"}),
        ("99", set()),
    ],
)
@pytest.mark.parametrize("common", [0, 5000])
def test_an_activity_is_met_with_all_that_stands_below_it(
    code: str, names: set[str], common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    active_registry()
    monkeypatch.setattr(selecting, "COMMON", common)
    found = listing.organisations(Selection(OPERATOR, Filters(activity=code)))
    assert {one.name for one in found} == names
    assert counting.count(Selection(OPERATOR, Filters(activity=code))) == len(names)


def test_activities_are_counted_one_level_below_the_chosen_one() -> None:
    active_registry()
    both = make_organisation("Panadería y lechería")
    classified(both, *ActivityCode.objects.filter(revision="4", code__in=["1050", "1071"]))
    everyone = Organisation.objects.live()
    assert counts(counted.activities(everyone)) == {"C": 5}
    assert counts(counted.activities(everyone, "C")) == {"10": 4, "18": 1}
    assert counts(counted.activities(everyone, "10")) == {"105": 2, "107": 2}
    assert counts(counted.activities(everyone, "1050")) == {}
    assert [one.value for one in counted.uncounted_activities().values] == ["C"]
    assert [one.value for one in counted.uncounted_activities("C").values] == ["10", "18"]


def test_a_long_list_of_an_activity_is_read_newest_first_and_counted_on_demand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    active_registry()
    monkeypatch.setattr(selecting, "COMMON", 1)
    monkeypatch.setattr(tallying, "NARROW", 2)
    food = Selection(OPERATOR, Filters(activity="10"))
    assert counting.quick_split(food) is None
    assert ordering.orders(food.filters, None) == ["newest"]
    monkeypatch.setattr(paging, "FIRST_PART", 1)
    first = paging.newest_page(food, None, size=2)
    second = paging.newest_page(food, None, first.after, size=2)
    assert [row.name for row in (*first.rows, *second.rows)] == ["Molino", "Lechería", "Panadería"]
    assert second.after == ""
    rare = Selection(OPERATOR, Filters(activity="18", q="imprenta"))
    assert counting.quick_split(rare) == counting.split(rare)


def test_a_list_is_cut_by_network_and_counts_who_is_a_member_today() -> None:
    fair, coffee = (
        make_organisation("Red Feria", kind="red"),
        make_organisation("Red Café", kind="red"),
    )
    uno, dos, tres = make_clients(["Uno", "Dos", "Tres"])
    for member, network in ((uno, fair), (dos, fair), (dos, coffee)):
        affiliate(by=BY, member=member, network=network)
    end_affiliation(by=BY, affiliation=affiliate(by=BY, member=tres, network=fair), on=TODAY)
    everyone = Organisation.objects.live()
    assert counts(counted.networks(everyone)) == {str(fair.pk): 2, str(coffee.pk): 1}
    asked = Selection(OPERATOR, Filters(network=str(fair.pk)))
    assert set(listing.organisations(asked)) == {uno, dos}
    chosen = counted.networks(listing.organisations(asked), str(fair.pk))
    assert counts(chosen) == {str(fair.pk): 2, str(coffee.pk): 1}
    assert [one.value for one in chosen.values if one.is_chosen] == [str(fair.pk)]


def test_what_is_dear_to_look_up_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    registry()
    asked = Selection(OPERATOR, Filters(q="lacteos", kind="empresa", activity="C"))
    assert counting.quick_split(asked) is not None
    for name in ("first_keys", "matching_one_by_one", "newest_matching"):
        monkeypatch.setattr(finding, name, pytest.fail)
    monkeypatch.setattr(words, "alternatives", pytest.fail)
    assert paging.page(asked, 2).rows == []
    assert counting.count(asked.without("kind")) == 0

"""A program cuts the list of organisations by activity and by network, as the page does."""

import pytest
from tests.api.test_api import Program
from tests.directory.test_listing_by_activity import classified
from tests.factories.directory import (
    BY,
    make_activity,
    make_centre,
    make_clients,
    make_organisation,
)

from yanapay.directory.actions.persons import affiliate

pytestmark = pytest.mark.django_db


def asked(program: Program, query: str) -> set[str]:
    status, page = program.get(f"/organisations?{query}")
    assert status == 200
    names = {row["name"] for row in page["items"]}
    assert page["total"] == len(names)
    return names


def test_an_activity_means_those_below_it_too() -> None:
    bakery, dairy, _ = make_clients(["Panadería", "Lechería", "Imprenta"])
    classified(bakery, make_activity("1071"))
    classified(dairy, make_activity("1050"))
    program = Program("promoter")
    assert asked(program, "activity=C") == {"Panadería", "Lechería"}
    assert asked(program, "activity=1050") == {"Lechería"}
    assert asked(program, "activity=9999") == set()


def test_a_network_means_its_members_that_one_may_open() -> None:
    network = make_organisation("Red del Valle", kind="red")
    ours, theirs = make_organisation("Uno"), make_organisation("Dos", make_centre("puno"))
    for member in (ours, theirs):
        affiliate(by=BY, member=member, network=network)
    program = Program("promoter")
    assert asked(program, f"network={network.pk}") == {"Uno"}
    assert asked(program, f"network={network.pk}&q=dos") == set()
    assert asked(program, "network=999999") == set()


@pytest.mark.parametrize(
    "query", ["network=red", "network=0", "activity=%00", f"activity={'1' * 99}"]
)
def test_a_filter_that_cannot_be_is_refused(query: str) -> None:
    status, problem = Program("promoter").get(f"/organisations?{query}")
    assert status == 422
    assert problem["detail"]

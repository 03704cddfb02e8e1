"""Loading twice is loading once; what drifted is mended."""

import pytest
from tests.factories.places import make_places, place

from yanapay.audit.models import Event
from yanapay.places.models import Area
from yanapay.places.models.memory import ask_again
from yanapay.places.queries import gazetteer

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing_and_leaves_one_event() -> None:
    first = make_places()
    second = make_places()
    assert first.created == second.same > 4000
    assert (second.created, second.changed) == (0, 0)
    assert Event.objects.filter(action="places.reference_loaded").count() == 1


def test_loading_mends_what_drifted() -> None:
    make_places()
    Area.objects.filter(code="120101").update(name="Guancayo", name_key="guancayo")
    assert make_places()[:2] == (0, 1)
    assert Area.objects.get(code="120101").name == "Huancayo"


def test_gazetteer_is_built_once_and_asks_once_a_second_whether_it_still_holds(
    assert_queries: object,
) -> None:
    make_places()
    with assert_queries(2):  # type: ignore[operator]
        first = gazetteer()
    with assert_queries(0):  # type: ignore[operator]
        assert gazetteer() is first
    ask_again()
    with assert_queries(1):  # type: ignore[operator]
        assert gazetteer() is first
    assert first.by_code("120114").id == place("120114").pk  # type: ignore[union-attr]

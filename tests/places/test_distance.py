"""Boundaries, and the warning for a point far outside its department."""

import pytest
from tests.factories.places import place

from yanapay.places.choices import Level
from yanapay.places.models import Area
from yanapay.places.queries import boundaries, distance_warning, far_from
from yanapay.places.rules.geometry import contains, kilometres_outside

SQUARE = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]
WITH_HOLE = [*SQUARE, [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5], [0.5, 0.5]]]


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"), [(1, 1, True), (3, 1, False), (1, -0.1, False)]
)
def test_inside_a_square(latitude: float, longitude: float, inside: bool) -> None:
    assert contains(SQUARE, latitude, longitude) is inside


def test_a_hole_is_outside() -> None:
    assert not contains(WITH_HOLE, 1, 1)
    assert contains(WITH_HOLE, 0.2, 0.2)


def test_distance_is_in_kilometres() -> None:
    assert kilometres_outside(SQUARE, 3, 1) == pytest.approx(111, abs=1)
    assert kilometres_outside(SQUARE, 3, 3) == pytest.approx(157, abs=1)
    assert kilometres_outside(SQUARE, 1, 1) == 0


@pytest.mark.parametrize(
    ("country", "n"), [("PE", 25), ("BO", 9), ("CO", 33), ("EC", 24), ("VE", 25)]
)
@pytest.mark.django_db
def test_every_first_level_has_a_boundary(places: None, country: str, n: int) -> None:
    found = boundaries(country)
    iso = Area.objects.filter(country=country, level=1).values_list("iso_code", flat=True)
    assert set(found) == set(iso)
    assert len(found) == n
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for rings in found.values() for ring in rings)


def test_lima_is_one_with_its_metropolis_and_bogota_is_not_cundinamarca() -> None:
    assert contains(boundaries("PE")["PE-LIM"], -12.05, -77.03)
    assert contains(boundaries("PE")["PE-LIM"], -13.08, -76.38)
    assert contains(boundaries("CO")["CO-DC"], 4.4, -74.15)
    assert not contains(boundaries("CO")["CO-CUN"], 4.4, -74.15)


@pytest.mark.django_db
def test_no_capital_of_a_district_is_far_from_its_department(places: None) -> None:
    districts = Area.objects.filter(level=Level.DISTRICT)
    far = [area.code for area in districts if far_from(area, area.latitude, area.longitude)]  # type: ignore[arg-type]
    assert far == []


@pytest.mark.django_db
def test_a_point_in_another_department_is_warned_about(places: None) -> None:
    message = distance_warning(place("120101"), -12.05, -77.03)
    assert "outside" in str(message)
    assert distance_warning(place("120101"), -12.07, -75.21) is None
    assert "of Perú" in str(distance_warning(place("PE"), 40.4, -3.7))
    assert distance_warning(place("CL-AT"), 40.4, -3.7) is None

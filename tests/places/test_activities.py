"""Looking up ISIC codes as printed, and carrying them from Rev. 3 to Rev. 4."""

import pytest

from yanapay.places.queries import activities

pytestmark = pytest.mark.django_db


def test_codes_as_printed(places: None) -> None:
    dairy = activities().by_code("4", " 10.50 ")
    assert dairy
    assert (dairy.code, dairy.section, dairy.level) == ("1050", "C", "class")
    assert activities().by_code("3", "d") is not None
    assert activities().by_code("4", "9999") is None


def test_only_one_to_one_codes_carry_over(places: None) -> None:
    assert activities().rev4_from_rev3("1511") == "1010"
    assert activities().rev4_from_rev3("0111") is None

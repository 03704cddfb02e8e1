"""Looking up ISIC codes as printed, and carrying them from Rev. 3 to Rev. 4."""

import pytest

from yanapay.places.models import ActivityCode
from yanapay.places.queries import activities, activity_tree

pytestmark = pytest.mark.django_db


def test_codes_as_printed(places: None) -> None:
    dairy = activities().by_code("4", " 10.50 ")
    assert dairy
    assert (dairy.code, dairy.section, dairy.level) == ("1050", "C", "class")
    manufacturing = activities().by_code("3", "d")
    assert manufacturing
    assert (manufacturing.code, manufacturing.level) == ("D", "section")
    assert activities().by_code("4", "9999") is None


def test_only_one_to_one_codes_carry_over(places: None) -> None:
    assert activities().rev4_from_rev3("1511") == "1010"
    assert activities().rev4_from_rev3("0111") is None


def test_the_tree_has_every_class_below_its_section(places: None) -> None:
    tree = activity_tree()
    assert tree.path("1071") == ("C", "10", "107", "1071")
    assert len(tree.below()) == 21
    assert tree.below("10")[:2] == ["101", "102"]
    assert tree.below("1071") == tree.below("nothing") == []
    under = set(
        ActivityCode.objects.filter(pk__in=tree.under("107"), revision="4").values_list(
            "code", flat=True
        )
    )
    assert under == {"107", "1071", "1072", "1073", "1074", "1075", "1079"}


@pytest.mark.parametrize(
    ("code", "place"),
    [("1511", ("C", "10", "101", "1010")), ("0111", ("A", "01")), ("D", ()), ("1810", ("C",))],
)
def test_an_older_code_stands_where_all_it_may_be_has_in_common(
    places: None, code: str, place: tuple[str, ...]
) -> None:
    older = ActivityCode.objects.get(revision="3", code=code)
    assert activity_tree().place(older.pk) == place

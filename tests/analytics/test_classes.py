"""Classes of numbers, days and hours that people can read."""

from collections import Counter
from decimal import Decimal

from hypothesis import given, strategies as st

from yanapay.analytics.rules.classes import (
    MOST,
    as_number,
    band_reader,
    bands,
    day_reader,
    hour_of,
    point_of,
    summary,
)


def counted(*values: object) -> Counter[Decimal]:
    return Counter(Decimal(str(value)) for value in values)


def codes(*values: object) -> list[str]:
    return [band.code for band in bands(counted(*values))]


def test_few_whole_numbers_stand_each_by_itself() -> None:
    assert codes(3, 1, 3, 7) == ["1", "3", "7"]


def test_many_numbers_are_put_into_equal_classes_with_round_edges() -> None:
    assert codes(*range(1990, 2021)) == [
        "1990_1995", "1995_2000", "2000_2005", "2005_2010", "2010_2015", "2015_2020", "2020_2025",
    ]  # fmt: skip
    assert codes("0.5", "1.2", "2.8") == ["0.5_1.0", "1.0_1.5", "1.5_2.0", "2.0_2.5", "2.5_3.0"]


def test_amounts_that_spread_far_get_classes_that_widen() -> None:
    assert codes(0, 12, 15, 18, 20, 22, 25, 30, 40, 5000) == [
        "0_10", "10_50", "50_100", "100_500", "500_1000", "1000_5000", "5000_10000",
    ]  # fmt: skip


@given(st.lists(st.decimals(-(10**6), 10**9, places=2), min_size=1, max_size=60))
def test_every_number_falls_into_exactly_one_of_few_classes(values: list[Decimal]) -> None:
    found = bands(Counter(values))
    assert len(found) <= MOST
    read = band_reader(found)
    assert all(len(read(str(value))) == 1 for value in values)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=60))
def test_whole_numbers_too(values: list[int]) -> None:
    found = bands(counted(*values))
    assert len(found) <= MOST
    assert all(band.low == int(band.low) for band in found)
    assert all(len(band_reader(found)(str(value))) == 1 for value in values)


def test_the_summary_counts_each_answer() -> None:
    told = summary(counted(1, 1, 1, 2, 10))
    assert told is not None
    assert (told.n, told.least, told.median, told.mean, told.most) == (5, 1, 1, 3, 10)
    even = summary(counted(1, 2))
    assert even is not None
    assert even.median == Decimal("1.5")
    assert summary(counted()) is None


def test_days_by_month_and_over_long_times_by_year() -> None:
    near = day_reader(["2026-01-05", "2026-03-09T10:00:00.000-05:00"])
    assert (near("2026-03-09"), near("soon"), near(None)) == (["2026-03"], [], [])
    far = day_reader(["1970-01-01", "2026-03-09"])
    assert far("2026-03-09") == ["2026"]


def test_hours_points_and_what_is_none() -> None:
    assert (hour_of("08:45:00.000-05:00"), hour_of("25:00"), hour_of(None)) == (["08"], [], [])
    assert point_of("-12.05 -75.2 3200 5") == (-12.05, -75.2)
    assert (point_of("-12.05"), point_of(""), point_of("x y")) == (None, None, None)
    assert [as_number(told) for told in ("NaN", "1e99", "", None, "x", "12.50")] == [
        None, None, None, None, None, Decimal("12.50"),
    ]  # fmt: skip

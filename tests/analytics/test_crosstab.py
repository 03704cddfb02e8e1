"""One question by one grouping."""

from hypothesis import given, strategies as st

from yanapay.analytics.rules.crosstab import OPEN, Counts, cross

GROUPS = [("n", "Norte"), ("s", "Sur")]
CODES = [("a", "Agua"), ("l", "Luz"), ("c", "Caminos")]
UNITS = st.lists(
    st.tuples(st.sampled_from(["n", "s", OPEN]), st.sets(st.sampled_from(["a", "l", "c", "new"])))
)


def counted(units: list[tuple[str, set[str]]]) -> Counts:
    counts = Counts()
    for group, codes in units:
        counts.add([group], codes)
    return counts


@given(UNITS)
def test_base_and_missing_are_everybody(units: list[tuple[str, set[str]]]) -> None:
    table = cross(counted(units), GROUPS, CODES)
    assert (table.base or 0) + (table.missing or 0) == len(units)
    assert sum(group.base or 0 for group in table.groups) == table.base
    assert table.missing == sum(1 for _, codes in units if not codes)


@given(UNITS)
def test_groups_add_up_to_the_whole(units: list[tuple[str, set[str]]]) -> None:
    table = cross(counted(units), GROUPS, CODES)
    for total in table.totals:
        assert total.n == sum(row.n or 0 for row in table.rows if row.code == total.code)
        assert total.n == sum(1 for _, codes in units if total.code in codes)


@given(UNITS)
def test_no_share_exceeds_one_and_several_codes_may_together(
    units: list[tuple[str, set[str]]],
) -> None:
    table = cross(counted(units), GROUPS, CODES)
    assert all(0 < (row.share or 0) <= 1 for row in table.rows)
    assert sum(row.n or 0 for row in table.totals) == sum(len(codes) for _, codes in units)


@given(UNITS)
def test_ranks_follow_the_numbers_and_equals_share_one(units: list[tuple[str, set[str]]]) -> None:
    for row in (table := cross(counted(units), GROUPS, CODES)).rows:
        among = [other for other in table.rows if other.group == row.group]
        assert row.rank == 1 + sum((other.n or 0) > (row.n or 0) for other in among)


def test_equals_share_a_rank_and_keep_the_order_of_the_list() -> None:
    table = cross(counted([("n", {"l", "a"}), ("n", {"c"}), ("n", {"c"})]), GROUPS, CODES)
    assert [(row.code, row.n, row.rank) for row in table.rows] == [
        ("c", 2, 1),
        ("a", 1, 2),
        ("l", 1, 2),
    ]
    assert [str(row.share)[:4] for row in table.rows] == ["0.66", "0.33", "0.33"]


def test_who_stands_in_two_groups_counts_once_in_the_whole() -> None:
    counts = Counts()
    counts.add(["n", "s"], ["a"])
    counts.whole, counts.size = type(counts.sizes)({"a": 1}), 1
    table = cross(counts, GROUPS, CODES)
    assert [group.base for group in table.groups] == [1, 1]
    assert (table.base, table.totals[0].n, table.are_parts) == (1, 1, False)


def test_nobody_answered_is_not_zero_percent() -> None:
    table = cross(counted([("n", set())]), GROUPS, CODES)
    assert (table.base, table.missing, table.rows) == (0, 1, ())

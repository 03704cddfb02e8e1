"""The columns of millions of rows say what the single case says."""

from collections import Counter
from datetime import date

import numpy as np
from hypothesis import given, strategies as st

from yanapay.kernel.money import Money
from yanapay.kernel.sizes import Figures, Label, classify, scheme, schemes
from yanapay.kernel.sizes.columns import classify_columns, counts, cross, labels

UNITS = [150, 850, 1700, 2300]
UIT = [3100, 3950, 5500]
NEAR_BOUNDS = st.builds(
    lambda units, unit, off: units * unit * 100 + off,
    st.sampled_from(UNITS),
    st.sampled_from(UIT),
    st.integers(-1, 1),
)
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(0, 600),
        st.none() | NEAR_BOUNDS | st.integers(0, 10**12),
        st.sampled_from(["PEN", "USD"]),
        st.sampled_from([2003, 2016, 2026]) | st.integers(1985, 2035),
    ),
    min_size=1,
    max_size=30,
)


@given(st.sampled_from(sorted(schemes())), ROWS)
def test_columns_agree_with_the_single_case(
    scheme_id: str, rows: list[tuple[int | None, int | None, str, int]]
) -> None:
    one = scheme(scheme_id)
    workers, sales, currency, year = zip(*rows, strict=True)
    decoded = [labels(one)[code] for code in classify_columns(one, workers, sales, currency, year)]
    singles = [
        classify(one, Figures(w, None if s is None else Money(s, c), date(y, 12, 31)))
        for w, s, c, y in rows
    ]
    assert decoded == [Label(single.outcome, single.classes) for single in singles]


def test_one_currency_and_one_year_may_stand_for_all_rows() -> None:
    law = scheme("ley_28015_pe")
    codes = classify_columns(law, [8, 30, None], [100, 59_250_000, 100], "PEN", 2016)
    assert counts(law, codes) == {
        Label("class", ("micro",)): 1,
        Label("class", ("small",)): 1,
        Label("undetermined"): 1,
    }


def test_a_negative_number_in_a_column_is_a_figure_not_known() -> None:
    codes = classify_columns(scheme("cepal"), np.array([-1, 3]), np.array([-1, -1]), "", 2016)
    assert [labels(scheme("cepal"))[code].outcome for code in codes] == ["undetermined", "class"]


def test_two_schemes_cross_into_pairs_that_add_up() -> None:
    """Between 5 and 10 workers CEPAL says micro and Gallart says small."""
    workers = np.arange(1, 13)
    cepal, gallart = scheme("cepal"), scheme("gallart")
    a = classify_columns(cepal, workers, workers, "PEN", 2016)
    b = classify_columns(gallart, workers, workers, "PEN", 2016)
    micro, small = Label("class", ("micro",)), Label("class", ("small",))
    assert cross(cepal, a, gallart, b) == {
        (micro, micro): 5,
        (micro, small): 5,
        (small, small): 2,
    }
    halves = cross(cepal, a[:6], gallart, b[:6]) + cross(cepal, a[6:], gallart, b[6:])
    assert halves == cross(cepal, a, gallart, b)


def test_no_rows_give_no_counts() -> None:
    for one in schemes().values():
        assert counts(one, classify_columns(one, [], [], "PEN", 2016)) == Counter()

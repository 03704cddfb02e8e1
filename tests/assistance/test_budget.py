"""Cost, price and shares always add up, whatever is asked."""

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from yanapay.assistance.rules.budget import (
    AMOUNT,
    PERCENT,
    REST,
    WHOLE,
    Account,
    Asked,
    line_cost,
    marked_up,
    require_one_currency,
    settle,
    split,
    total,
)
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money

prices = st.integers(0, 10**12)


def percents(*values: int) -> list[Asked]:
    return [Asked(PERCENT, value) for value in values]


@st.composite
def whole_percentages(draw: st.DrawFn) -> list[int]:
    """Some basis points that add up to 100 %."""
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), max_size=6)))
    return [b - a for a, b in zip([0, *cuts], [*cuts, WHOLE], strict=True)]


@given(price=prices, parts=whole_percentages())
def test_percentages_of_the_whole_add_up_to_the_price(price: int, parts: list[int]) -> None:
    amounts = split(price, percents(*parts), "PEN")
    assert sum(amounts) == price
    assert all(abs(a * WHOLE - price * p) < WHOLE for a, p in zip(amounts, parts, strict=True))


@given(price=prices, parts=whole_percentages(), data=st.data())
def test_a_rest_takes_what_the_others_leave(
    price: int, parts: list[int], data: st.DataObject
) -> None:
    """Half of the percentages, an amount that still fits, and the rest."""
    some = percents(*(part // 2 for part in parts))
    amount = data.draw(st.integers(0, price // 4))
    asked = [*some, Asked(AMOUNT, amount), Asked(REST)]
    amounts = split(price, asked, "PEN")
    assert sum(amounts) == price
    assert min(amounts) >= 0
    assert amounts[len(some)] == amount


kinds = st.sampled_from([PERCENT, AMOUNT, REST])


@given(price=prices, asked=st.lists(st.builds(Asked, kinds, st.integers(-5, 20_000)), max_size=5))
def test_shares_add_up_or_are_refused_with_a_sentence(price: int, asked: list[Asked]) -> None:
    """There is no third way: nothing else is raised, and no share is negative."""
    with suppress(RuleBroken):
        amounts = split(price, asked, "PEN")
        assert sum(amounts) == price
        assert all(amount >= 0 for amount in amounts)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (percents(6000, 5000), "The percentages add up to 110 %"),
        ([Asked(REST), Asked(REST)], "Only one share can be the rest"),
        ([Asked(AMOUNT, 100_001)], "is more than the price"),
        ([Asked(AMOUNT, -1), Asked(REST)], "can be negative"),
        (percents(9000), "is paid by nobody"),
        ([*percents(5000), Asked(AMOUNT, 60_000), Asked(REST)], "more than the price"),
        ([], "is paid by nobody"),
    ],
)
def test_what_cannot_add_up_is_said(asked: list[Asked], sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        split(100_000, asked, "PEN")


def test_a_cent_goes_to_the_largest_remainder() -> None:
    assert split(100, percents(3333, 3333, 3334), "PEN") == [33, 33, 34]
    assert split(1, percents(5000, 5000), "PEN") == [1, 0]


def test_half_a_cent_is_rounded_up() -> None:
    assert line_cost(250, 1001) == 2503
    assert marked_up(1005, 1000) == 1106


def test_money_in_two_currencies_is_refused() -> None:
    with pytest.raises(RuleBroken, match="another currency: this plan is in PEN"):
        require_one_currency("PEN", [Money(1, "PEN"), Money(1, "USD")])


def test_who_paid_without_owing_is_shown_too() -> None:
    accounts = settle({"enterprise": 100}, {"enterprise": 40, "voucher": 5})
    assert accounts == {"enterprise": Account(100, 40), "voucher": Account(0, 5)}
    assert total(accounts.values()).left == 55

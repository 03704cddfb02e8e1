"""Amounts as people type them become whole cents."""

import pytest
from hypothesis import given, strategies as st

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("592500", 59_250_000),
        ("592500.5", 59_250_050),
        ("592500,50", 59_250_050),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1 234,50", 123_450),
        ("1\u00a0234,50", 123_450),
        ("1.234", 123_400),  # three digits after one separator group thousands
        ("1,234,567", 123_456_700),
        ("0,5", 50),
        ("-3", -300),
        ("592500.500", 59_250_050),
        (" 7 ", 700),
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed: str, cents: int) -> None:
    assert Money.parse(typed, "pen") == Money(cents, "PEN")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "S/ 5",
        "1e5",
        "1.2.3",
        "12.34,56",
        "0,125",
        "5.",
        ",5",
        "5 10",
        "٣",
        "9" * 5000,
        "=",
    ],
)
def test_what_is_no_amount_is_refused_and_never_guessed(typed: str) -> None:
    with pytest.raises(RuleBroken):
        Money.parse(typed, "PEN")


def test_an_amount_too_large_to_keep_is_refused() -> None:
    with pytest.raises(RuleBroken, match="too large"):
        Money.parse("9" * 18, "PEN")


def test_a_currency_is_three_letters() -> None:
    with pytest.raises(RuleBroken, match="SOLES"):
        Money.parse("5", "soles")


def test_chilean_pesos_have_no_cents() -> None:
    assert Money.parse("1500", "CLP") == Money(1500, "CLP")


@given(st.integers(-(10**16), 10**16), st.sampled_from(["PEN", "CLP", "COP"]))
def test_what_is_shown_reads_back(amount: int, currency: str) -> None:
    shown = str(Money(amount, currency)).removeprefix(f"{currency}\u00a0")
    assert Money.parse(shown, currency).amount_minor == amount

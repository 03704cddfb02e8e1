"""Agreement of two coders."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from hypothesis import given, strategies as st

from yanapay.surveys.rules import agreement as rules
from yanapay.surveys.rules.agreement import (
    in_words,
    kappa,
    kappa_of_code,
    kappa_of_single,
    settled,
)

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=40)


def times(n: int, pair: tuple[str, str]) -> list[tuple[str, str]]:
    return [pair] * n


def test_the_example_of_the_textbooks() -> None:
    """Fifty applications, two readers: 20 and 15 alike, 5 and 10 not; kappa 0.4."""
    told = [
        *times(20, ("yes", "yes")), *times(5, ("yes", "no")),
        *times(10, ("no", "yes")), *times(15, ("no", "no")),
    ]  # fmt: skip
    assert kappa(told).kappa == Fraction(2, 5)
    assert kappa(told).observed == Fraction(7, 10)


def by_chance(firsts: Sequence[object], seconds: Sequence[object]) -> Fraction | None:
    """Kappa by another road: differences, beside those of every answer of one held against all of the other."""
    n = len(firsts)
    differ = Fraction(sum(a != b for a, b in zip(firsts, seconds, strict=True)), n or 1)
    mixed = Fraction(sum(a != b for a, b in product(firsts, seconds)), n * n or 1)
    return 1 - differ / mixed if mixed else None


@given(PAIRS)
def test_kappa_is_what_another_computation_finds(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs).kappa == by_chance([a for a, _ in pairs], [b for _, b in pairs])


SETS = st.frozensets(st.sampled_from("abc"))


@given(st.lists(st.tuples(SETS, SETS), max_size=30))
def test_kappa_of_each_code_is_what_another_computation_finds(
    pairs: list[tuple[frozenset[str], frozenset[str]]],
) -> None:
    for code in "abc":
        expected = by_chance([code in a for a, _ in pairs], [code in b for _, b in pairs])
        assert kappa_of_code(pairs, code).kappa == expected


@given(PAIRS)
def test_kappa_never_exceeds_one_and_is_one_only_without_a_difference(
    pairs: list[tuple[str, str]],
) -> None:
    found = kappa(pairs)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
        assert (found.kappa == 1) == (found.agreed == found.n)


@given(PAIRS)
def test_who_is_first_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) == kappa([(b, a) for a, b in pairs])


def test_undefined_cases_are_told_in_words() -> None:
    assert kappa([]).why is rules.NOTHING_IN_COMMON
    assert kappa(times(3, ("a", "a"))).why is rules.ALWAYS_THE_SAME
    assert kappa_of_code([(["a"], ["a"])], "b").why is rules.NEVER_GIVEN
    assert kappa_of_code([(["a"], ["a"])], "a").why is rules.ALWAYS_GIVEN
    assert kappa_of_code([], "a").why is rules.NOTHING_IN_COMMON


def test_always_different_is_worse_than_chance() -> None:
    found = kappa([("a", "b"), ("b", "a")])
    assert found.kappa == -1
    assert str(in_words(Fraction(-1))) == "worse than chance"


def test_all_codes_together_only_where_each_gave_exactly_one() -> None:
    assert kappa_of_single([(["a"], ["a", "b"])]) is None
    assert kappa_of_single([(["a"], [])]) is None
    found = kappa_of_single([(["a"], ["a"]), (["b"], ["b"])])
    assert found is not None
    assert found.kappa == 1


def test_words_at_their_edges() -> None:
    told = {
        0: "slight",
        20: "slight",
        21: "fair",
        41: "moderate",
        61: "substantial",
        81: "almost perfect",
    }
    assert {cents: str(in_words(Fraction(cents, 100))) for cents in told} == told


def test_what_is_settled_between_coders() -> None:
    assert settled([]) is None
    assert settled([(False, ["b", "a"])]) == ["a", "b"]
    assert settled([(False, ["a", "b"]), (False, ["b", "a"])]) == ["a", "b"]
    assert settled([(False, ["a"]), (False, ["b"])]) is None
    assert settled([(False, ["a"]), (False, ["b"]), (True, ["b"])]) == ["b"]

"""Words found again: misspelled, only begun, forgotten on purpose."""

from collections.abc import Callable
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from yanapay.base.models import SearchVariant, SearchWord
from yanapay.base.search import alternatives, completions, learn, spellings, unlearn

pytestmark = pytest.mark.django_db
LETTER = st.sampled_from(ascii_lowercase)


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and what one slip of the fingers makes of it."""
    word = draw(st.text(LETTER, min_size=5, max_size=12))
    at, letter = draw(st.integers(0, len(word) - 2)), draw(LETTER)
    slip = {
        "insertion": word[:at] + letter + word[at:],
        "deletion": word[:at] + word[at + 1 :],
        "substitution": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }
    return word, slip[draw(st.sampled_from(sorted(slip)))]


def standing_for(word: str) -> dict[str, int]:
    (found,) = spellings([word])
    return found


class OneErrorIsForgiven(TestCase):
    @settings(max_examples=60)
    @given(mistyped())
    def test_a_word_is_found_again(self, pair: tuple[str, str]) -> None:
        word, typed = pair
        learn([word])
        assert word in standing_for(typed)


def test_two_errors_are_another_word() -> None:
    learn(["lacteos"])
    assert list(standing_for("lactoes")) == ["lacteos"]
    assert standing_for("latcoes") == {}


def test_short_words_and_numbers_are_taken_as_typed() -> None:
    learn(["ong", "oro", "2024"])
    assert standing_for("ons") == {}
    assert standing_for("2025") == {}
    assert list(standing_for("2024")) == ["2024"]


def test_each_word_of_a_query_stands_for_its_own(assert_queries: Callable[[int], Any]) -> None:
    learn(["lacteos", "ong", "latero"])
    with assert_queries(1):
        found = spellings(["lactoes", "ong", "later", "nobody"])
    assert list(map(list, found)) == [["lacteos"], ["ong"], ["latero"], []]
    assert spellings([]) == []


def test_the_last_word_may_be_only_begun() -> None:
    learn(["quinua", "quinua", "quesos", "andina"])
    assert list(completions("qui")) == ["quinua"]
    assert completions("qu") == {}
    first, last = alternatives("andina ques")
    assert (list(first), list(last)) == (["andina"], ["quesos"])
    assert alternatives("ques andina")[0] == {}


def test_a_word_is_as_frequent_as_it_was_met_and_gone_when_nobody_uses_it() -> None:
    learn(["panela", "panela", "rosa"])
    learn(["panela"])
    assert SearchWord.objects.get(pk="panela").frequency == 3
    unlearn(["panela", "rosa"])
    assert standing_for("panela") == {"panela": 2}
    assert not SearchWord.objects.filter(pk="rosa").exists()
    assert not SearchVariant.objects.filter(word="rosa").exists()


def test_a_word_longer_than_any_word_is_not_learnt() -> None:
    learn(["x" * 61])
    assert standing_for("x" * 61) == {}

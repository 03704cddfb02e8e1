"""What two spellings of a name have in common; sentences and keys."""

from string import ascii_lowercase

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import OSA

from yanapay.kernel.keys import read_key
from yanapay.kernel.messages import Message
from yanapay.kernel.spelling import deletions, within_one_error
from yanapay.kernel.text import distinct_words, fold, fold_all, words

WORD = st.text(ascii_lowercase, min_size=1, max_size=12)


@given(st.text())
def test_folding_twice_folds_no_further(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once.replace(" ", "").isalnum() or once == ""
    assert fold(text.replace(" ", "  ")) == once


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("LÁCTEOS Ñaña", "lacteos nana"),
        ("A\u0301ngel", "angel"),  # an accent of its own
        ("Quinua™ № 5", "quinuatm no 5"),
        ("Sumaq—Wasi S.A.C.", "sumaq wasi s a c"),
        ("  ", ""),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.lists(st.text(st.one_of(st.characters(), st.sampled_from("áÑ \nΣİ\u0301№")))))
def test_many_texts_are_folded_at_once_as_each_alone(texts: list[str]) -> None:
    assert fold_all(texts) == list(map(fold, texts))


@given(st.lists(st.text(), max_size=5))
def test_a_record_is_searched_by_each_of_its_words_once(texts: list[str]) -> None:
    found = distinct_words(texts).split()
    assert len(found) == len(set(found))
    assert set(found) == {word for text in texts for word in words(text)}


@given(WORD, WORD)
def test_one_error_apart_means_a_deletion_in_common(one: str, other: str) -> None:
    is_near = OSA.distance(one, other) <= 1
    assert within_one_error(one, [other]) == ([other] if is_near else [])
    if is_near:
        assert ({one} | deletions(one)) & ({other} | deletions(other))


def test_a_message_is_translated_with_its_values_and_those_inside() -> None:
    spanish = {"{n} of {what}": "{n} de {what}", "milk": "leche"}
    message = Message("{n} of {what}", n=2, what=Message("milk"))
    assert str(message) == "2 of milk"
    assert message.render(spanish.__getitem__, lambda value: f"<{value}>") == "<2> de leche"
    assert str(Message("{text}", text="{braces} stay")) == "{braces} stay"
    same = Message("{n} of {what}", what=Message("milk"), n=2)
    assert (same, hash(same)) == (message, hash(message))


@given(st.integers(0, 10**18 - 1))
def test_a_key_is_read_as_it_is_written(number: int) -> None:
    assert read_key(str(number)) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.0", " 1", "9" * 19, "9" * 5000, "1_0"])
def test_what_only_looks_like_a_key_is_none(text: str) -> None:
    assert read_key(text) is None

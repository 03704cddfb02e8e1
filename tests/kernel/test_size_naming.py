"""Every scheme is told in both languages."""

import pytest

from yanapay.kernel.sizes import schemes
from yanapay.kernel.sizes.naming import naming_of


@pytest.mark.parametrize("scheme_id", list(schemes()))
@pytest.mark.parametrize("language", ["es", "en-gb"])
def test_a_scheme_is_told_without_file_names(scheme_id: str, language: str) -> None:
    words = naming_of(schemes()[scheme_id], language)
    assert words.title
    assert words.gaps
    assert ".txt" not in words.source


def test_both_languages_tell_the_same_gaps() -> None:
    for scheme in schemes().values():
        assert len(naming_of(scheme, "es").gaps) == len(naming_of(scheme, "en").gaps)

"""The form component speaks English; what people can see of it is translated while it is built."""

import json
import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[3] / "frontend"
BUILT = FRONTEND.parent / "src/yanapay/web/static/build"
WORDS: dict[str, str] = json.loads((FRONTEND / "src/fill/words.es.json").read_text())
PACKAGE = FRONTEND / "node_modules/@getodk/web-forms/dist"
SEEN = (  # how a compiled component writes what is shown
    r'createElementVNode\("\w+", (?:null|\{[^{}]*\}), "([^"\n]+)"(?:, -1)?\)',
    r'createTextVNode\("([^"\n]+)"(?:, -1)?\)',
    r'\bN\("\w+", (?:null|\{[^{}]*\}), "([^"\n]+)"(?:, -1)?\)',
    r'\b(?:label|literal|alt|title|message|placeholder|"aria-label"): "([A-Z][^"\n]*)"',
    r'"([A-Z][a-z]+: )" \+ toDisplayString',
    r'\b_e\("\w+", \w+, "([^"\n]+)"\)',
)
COMPONENTS = "FormLoadFailureDialog"  # the components of forms begin here; before them is a library
NOT_WORDS = {"ODK"}
LEFT = {  # never on a screen
    "Unsupported appearance {", "} for the {", "}. ",
    "Quoted field unterminated", "Trailing quote on quoted field is malformed",
}  # fmt: skip


def shown(source: str) -> set[str]:
    found = {phrase for pattern in SEEN for phrase in re.findall(pattern, source)}
    return {phrase for phrase in found if re.search("[A-Za-z]{3}", phrase)} - NOT_WORDS


@pytest.mark.skipif(not PACKAGE.exists(), reason="The front end is not prepared: make frontend.")
def test_everything_the_component_shows_is_in_the_list() -> None:
    """A new version of the component that says something new fails here, not before an interviewer."""
    missing: set[str] = set()
    for path in PACKAGE.glob("*-*.js"):
        source = path.read_text()
        source = source[max(source.find(COMPONENTS), 0) :]
        missing |= shown(source) - WORDS.keys()
    assert {phrase.strip() for phrase in missing} - {phrase.strip() for phrase in LEFT} == set()


@pytest.mark.skipif(not BUILT.exists(), reason="The front end is not built: make frontend.")
def test_what_was_built_asks_nobody_and_says_each_word_in_both_languages() -> None:
    built = {path.name: path.read_text() for path in BUILT.glob("fill-*.js")}
    text = "".join(built.values())
    assert "tile.openstreetmap" not in text
    assert "@font-face" not in text
    assert [spanish for spanish in WORDS.values() if spanish not in text] == []


@pytest.mark.skipif(not BUILT.exists(), reason="The front end is not built: make frontend.")
def test_pages_without_a_form_carry_nothing_of_it() -> None:
    script = (BUILT / "app.js").read_text()
    assert "fill-" not in script
    assert len(script) < 80_000

"""What pyxform and ODK Validate say in English reaches people in their own language, with its place."""

import pytest
from pyxform.errors import ErrorCode
from tests.factories.surveys_workbooks import sheets, small_sheets

from yanapay.surveys.rules.xlsform.child import examine
from yanapay.surveys.rules.xlsform.findings import finding
from yanapay.surveys.rules.xlsform.sentences import SAID, explained
from yanapay.surveys.rules.xlsform.validation import in_our_words

TRIGGERED = (
    "The question ${a} is not user-visible so it can't be used as a calculation trigger "
    "for question ${b}."
)
CYCLE = (
    "Cycle detected in form's relevant and calculation logic! "
    "The following nodes are likely involved in the loop: /data/b /data/a"
)
OURS_ALONE = {"INTERNAL_001", "INTERNAL_002"}
"""Faults of pyxform itself, which no workbook brings about."""


def test_every_sentence_of_pyxform_has_one_of_ours() -> None:
    assert {code.name for code in ErrorCode} - OURS_ALONE == set(SAID), "pyxform says something new"


@pytest.mark.parametrize("code", [code for code in ErrorCode if code.name in SAID])
def test_what_pyxform_writes_is_recognised_with_its_values(code: ErrorCode) -> None:
    parts = [part.split("}")[0] for part in code.value.msg.split("{")[1:]]
    values = {part: "7" if "row" in part else "abc" for part in parts}
    found = explained(code.value.format(**values))
    assert found.code == "pyxform"
    assert str(found.message), "every value that our sentence needs is there"
    assert found.row == (7 if "row" in values else 1 if "[row : 1]" in code.value.msg else 0)


@pytest.mark.parametrize(
    ("said", "ours", "place"),
    [
        ("[row : 4] Missing calculation.", "This row needs a calculation.", ("survey", 4)),
        ("[row : 9] Choice filter not supported with or_other.",
         "«or_other» cannot be filtered. Write the choice «other» yourself.", ("survey", 9)),
        ("Parameter max-pixels must have an integer value.",
         "The parameter «max-pixels» must be a whole number.", ("", 0)),
        ("Parameter location-max-age must be greater than or equal to location-min-interval.",
         "The parameter «location-max-age» must not be less than «location-min-interval».", ("", 0)),
        ("track-changes must be set to true or false: 'x' is an invalid value.",
         "The parameter «track-changes» must be «true» or «false».", ("", 0)),
        ("[row : 3] Parameter 'app' has an invalid Android package name - package name is missing.",
         "The parameter «app» must be the name of an app, like «org.example.camera».", ("survey", 3)),
        (TRIGGERED,
         "«a» is not shown to anybody, so that it cannot trigger «b».", ("", 0)),
        ("Question 'b' uses 'search()', and its select type references the choice list name 'fruta'. This",
         "«b» uses the list «fruta» with search(), another question without. Make two lists.", ("", 0)),
        ("Boom.", "The form cannot be converted. The converter says, in English: “Boom.”", ("", 0)),
    ],
)  # fmt: skip
def test_sentences_without_a_code(said: str, ours: str, place: tuple[str, int]) -> None:
    found = explained(said)
    assert (str(found.message), (found.sheet, found.row)) == (ours, place)


@pytest.mark.parametrize(
    ("row", "ours"),
    [
        (("range", "r", "start=1 end=abc step=1"), "The parameter «end» of a range must be a number."),
        (("image", "i", "max-pixels=many"), "The parameter «max-pixels» must be a whole number."),
        (("audio", "s", "quality=best"), "The parameter «quality» has a value that is not known."),
        (("text", "t", "rows=many"), "The parameter «rows» must be a whole number."),
        (("text", "t", "colour=red"), "This type of question does not know the parameter «colour»"),
    ],
    ids=["range", "image", "audio", "rows", "unknown"],
)  # fmt: skip
def test_real_workbooks_with_wrong_parameters(row: tuple[str, ...], ours: str) -> None:
    given = small_sheets()
    head = (*given["survey"][0], "parameters")
    told = {"type": row[0], "name": row[1], "label::Español (es)": "R", "label::English (en)": "R",
            "parameters": row[2]}  # fmt: skip
    given["survey"] = (head, *given["survey"][1:], [told.get(name, "") for name in head])
    found = [finding(one) for one in examine(sheets(**given), "1", {})["findings"]]
    assert any(ours in str(one.message) and one.code == "pyxform" for one in found), found


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        (CYCLE, "Some questions depend on each other in a circle: /data/b, /data/a."),
        ("XPath evaluation: cannot handle function 'count'. Requires 1 arguments but 2 provided.",
         "The function «count()» has too few or too many arguments."),
        ("XPath evaluation: cannot handle function 'foo'",
         "The function «foo()» is not known, or its arguments do not fit."),
        ('Invalid calculate for the bind attached to "/data/a" : mismatched brackets or parentheses!',
         "An expression is not written right: a bracket, a quotation mark or a comma is missing."),
        ("Instance: no Does not exists",
         "An expression takes its values from a list or file that the form does not have."),
        ('XPath evaluation: type mismatch The value "hoy" can\'t be converted to a date.',
         "An expression uses something else than the number, text, date or repeat that belongs there."),
        ("Select question 'b' has no choices", "The question «b» has no choices."),
        ("Question bound to non-existent node: [/data/nada]",
         "The form asks for what it has no place for: /data/nada."),
        ("XForm Parse: <bind>s with duplicate ID: 'q'", "Something stands twice in the form."),
    ],
)  # fmt: skip
def test_what_odk_validate_says(said: str, ours: str) -> None:
    """Recorded from ODK Validate 1.20."""
    told = in_our_words(said)
    assert str(told.values["said"]) == ours
    assert said in str(told), "the original stays behind it"


def test_what_nobody_knows_is_quoted() -> None:
    assert (
        str(in_our_words("Boom.")) == "ODK Validate refuses the form and says, in English: “Boom.”"
    )

"""What the source prints about the CAT centres, to stand beside what is computed, and what to think of it.

Source: systematisation of the CAT technical-assistance centres (Lima, Junín, 1999-2004); see
``directory/data/SOURCES.md``. Pure but for reading that file.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from yanapay.kernel.messages import Message

NOTES = {
    "consultations.section": Message(
        "The source prints 688 in its prologue and 686 where it describes the consultations. We follow the "
        "second, which goes into detail."
    ),
    "users.summed": Message(
        "The source adds 2,240 + 351 + 309 = 2,900 users of three services and calls them enterprises: one "
        "with two services counts twice. Both counts are shown here."
    ),
    "consultants.number": Message("The source says “about 30”."),
    "ta.top_subsectors_6_3_2": Message(
        "The prologue names only the first three, in the same order."
    ),
    "cuadro2": Message(
        "The source calls its second zone Junín, Huancayo or department of Junín without distinction. Here "
        "a zone is the department of the enterprise."
    ),
    "8.all": Message(
        "51, 39 and 10 per cent fit 41 answers, not the 42 visited: one did not answer."
    ),
    "11.all": Message("The source does not say of whom. Here workers are counted."),
    "12.all": Message(
        "85 and 15 per cent fit 41 answers, and nothing is printed between “little more than a year” and "
        "“more than 10 years”."
    ),
    "13.Lima": Message("46 per cent cannot come from 25 enterprises; 11 of 24 answers give it."),
    "13.Junín": Message("21 per cent cannot come from 17 enterprises; 3 of 14 answers give it."),
    "14.Junín": Message("20 per cent cannot come from 17 enterprises; 3 of 15 answers give it."),
}


@cache
def _printed() -> dict[str, Any]:
    text = files("yanapay.directory").joinpath("data/cat_published_figures.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _values() -> dict[str, Any]:
    return {value["key"]: value["value"] for value in _printed()["values"]}


def printed_value(key: str) -> Any:
    """The value printed under a key, or None."""
    return _values().get(key)


def printed_shares(key: str) -> dict[str, float]:
    """The percentages printed for a figure ("7.all"), by class; empty for one that is not printed."""
    figure = _printed()["figures"].get(key)
    return {one["label"]: one["pct"] for one in figure["classes"]} if figure else {}


def note(key: str) -> Message | None:
    """What to know before comparing a value or figure with the print."""
    return NOTES.get(key) or NOTES.get(key.split(".")[0])

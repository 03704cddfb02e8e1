"""The mapping of 2018 as its source publishes it: 98 organisations, loose figures, contradictions.

Source: mapping of the social and solidarity economy of Peru (GRESP, GSEF, June 2018); see ``data/SOURCES.md``.
Pure but for reading the files.
"""

import csv
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from yanapay.analytics.rules.crosstab import Counts, Crosstab, Label, cross
from yanapay.kernel.messages import Message

SOURCE = Message("Mapping of the social and solidarity economy of Peru, GRESP and GSEF, June 2018.")
CODED = {"needs": "need_codes", "strengths": "strength_codes", "opportunities": "opportunity_codes"}
EMPTY_CELLS = Message(
    "The source leaves the needs of two of its 98 organisations empty; they count as missing."
)
SHARED_CELL = Message(
    "In the row of CECOVASA strengths and opportunities share one cell, because the row slipped by a column."
)
WEAKNESSES = Message(
    "The outline of the source announces weaknesses; its chapter 4 has none, so there is no table of them."
)
UNLISTED = Message(
    "The tables name 98 organisations, the directory of the source only 87: 11 have no entry."
)
ONE_ADDRESS = Message(
    "The same person speaks for Majes in the table and for Mejía in the interviews."
)
PRODUCERS = Message(
    "ANPE is described among networks of municipalities but unites producers; it is counted as those."
)
ROUND_TABLE = Message(
    "The platform SINERGIA has four institutions, of which one is named twice: it is not recorded here."
)
NOTES: dict[str, tuple[Message, ...]] = {
    "needs": (EMPTY_CELLS, WEAKNESSES, UNLISTED, ONE_ADDRESS),
    "strengths": (SHARED_CELL, WEAKNESSES, UNLISTED),
    "opportunities": (SHARED_CELL, WEAKNESSES, UNLISTED),
    "networks": (ROUND_TABLE, PRODUCERS),
}
OTHER_FINDINGS = (
    Message("The years of the internal conflict are 1981 to 1993 in a note and 1980 to 1994 in the text."),
    Message("CIAP is in 15 of 24 regions in the table; the text names five regions and 17 organisations."),
    Message("CESAS and CAESS are two names of the same proposed centre."),
    Message("MES is a round table in the list of acronyms and a movement in the summary."),
    Message("CVD, CXD and CxD are the same organisation of consumers."),
    Message("REMURPE unites urban and rural municipalities in the list of acronyms, rural ones elsewhere."),
    Message("The convention on domestic work is cited as 089; its number is 189."),
    Message("95 % of organisations have no technical support in one place, none has any in another."),
    Message("No organisation has access to credit, it says, while its tables name several solidarity lenders."),
)  # fmt: skip


@cache
def figures() -> tuple[dict[str, Any], ...]:
    """The loose figures as printed: key, value, unit, section."""
    found = json.loads(_text("yanapay.analytics", "ess_published_figures.json"))
    return tuple(found["values"])


@cache
def organisations() -> tuple[dict[str, str], ...]:
    """The rows of the source's tables."""
    text = _text("yanapay.directory", "ess_organisations.csv")
    return tuple(csv.DictReader(text.splitlines()))


def printed_table(
    vocabulary: str, column: str, groups: Iterable[Label], codes: Iterable[Label]
) -> Crosstab:
    """A table of the source by ``macro_region`` or ``kind``; an empty column counts all together."""
    counts = Counts()
    for row in organisations():
        counts.add([row[column]] if column else [], filter(None, row[vocabulary].split(";")))
    return cross(counts, list(groups), list(codes))


def _text(package: str, name: str) -> str:
    return files(package).joinpath(f"data/{name}").read_text("utf-8")

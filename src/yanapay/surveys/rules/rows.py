"""From the XML of an answer to rows: one for the answer, one for each turn of a repeat. Pure.

Groups vanish, questions are known by their names, numbers stay as they were sent. The same XML and schema
give the same rows, in the order of the document, today and in ten years.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from yanapay.surveys.rules.envelope import local_name

Value = str | list[str]
_TEMPLATE = "template"  # jr:template: the empty turn that a form carries along


@dataclass(frozen=True)
class Row:
    """``position`` counts the turns of a repeat through the whole answer; the main row is number 1."""

    repeat: str = ""
    position: int = 1
    parent_position: int = 1
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A schema by path (without its root): what is a question, what a repeat, what leads to either."""

    questions: Mapping[str, tuple[str, bool]]
    repeats: Mapping[str, str]
    groups: frozenset[str]


def plan(schema: Iterable[Mapping[str, Any]]) -> Plan:
    """Read ``Version.schema`` once for many answers."""
    questions, repeats, groups = {}, {}, set()
    for asked in schema:
        steps = asked["path"].strip("/").split("/")[1:]
        questions["/".join(steps)] = (asked["name"], is_multiple(asked["type"]))
        groups |= {"/".join(steps[:depth]) for depth in range(1, len(steps))}
        if repeat := asked.get("repeat"):
            last = len(steps) - 1 - steps[::-1].index(repeat)
            repeats["/".join(steps[: last + 1])] = repeat
    return Plan(questions, repeats, frozenset(groups))


def is_multiple(kind: str) -> bool:
    """Whether a question is answered with a list of codes (a ranking is one in order)."""
    return kind.startswith("select_multiple") or kind == "rank"


def rows(root: Element, plan: Plan) -> list[Row]:
    """The main row and the turns of repeats as they stand; what the schema does not know is left out."""
    found, turns = [Row()], Counter[str]()
    waiting = [(child, "", found[0]) for child in reversed(root)]
    while waiting:
        element, above, row = waiting.pop()
        path = f"{above}{local_name(element.tag)}"
        if repeat := plan.repeats.get(path):
            if _is_template(element):
                continue
            turns[repeat] += 1
            row = Row(repeat, turns[repeat], row.position)
            found.append(row)
        if question := plan.questions.get(path):
            _take(row, element, *question)
        elif path in plan.groups:
            waiting.extend((child, f"{path}/", row) for child in reversed(element))
    return found


def _take(row: Row, element: Element, name: str, multiple: bool) -> None:  # noqa: FBT001
    """An answer; of two questions with one name, the first that was answered."""
    if told := (element.text or "").strip():
        row.values.setdefault(name, told.split() if multiple else told)


def _is_template(element: Element) -> bool:
    return any(local_name(name) == _TEMPLATE for name in element.attrib)

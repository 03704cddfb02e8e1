"""From the XML of an answer to rows: one for the answer, one for each turn of a repeat. Pure.

Groups vanish, questions are known by their names, numbers stay as they were sent. The same XML and schema
give the same rows, in the order of the document, today and in ten years.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
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

    @cached_property
    def below(self) -> dict[str, "_Place"]:
        """The same as a tree, by which an answer is read in one walk."""
        top: dict[str, _Place] = {}
        for path in sorted({*self.questions, *self.repeats, *self.groups}):
            above, _, name = path.rpartition("/")
            around = top
            for step in above.split("/") if above else ():
                around = around[step].below
            around[name] = _Place(self.questions.get(path), self.repeats.get(path, ""))
        return top


@dataclass(frozen=True)
class _Place:
    """A question (its name, whether it takes several answers), a repeat, or what is around either."""

    question: tuple[str, bool] | None
    repeat: str
    below: dict[str, "_Place"] = field(default_factory=dict)


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
    found = [Row()]
    _read(root, plan.below, found[0], found, Counter())
    return found


def _read(
    around: Element, places: Mapping[str, _Place], row: Row, found: list[Row], turns: Counter[str]
) -> None:
    """As deep as the schema, however deep the answer."""
    for element in around:
        place = places.get(element.tag.rpartition("}")[2])
        if place is None or (place.repeat and _is_template(element)):
            continue
        here = row
        if place.repeat:
            turns[place.repeat] += 1
            here = Row(place.repeat, turns[place.repeat], row.position)
            found.append(here)
        if place.question is None:
            _read(element, place.below, here, found, turns)
        elif element.text:
            _take(here, element.text.strip(), *place.question)


def nested(found: Iterable[Row], plan: Plan) -> dict[str, Any]:
    """The rows as one answer: values by question, the turns of a repeat as a list in the turn around it."""
    around = {name: _around(path, plan) for path, name in plan.repeats.items()}
    turns: dict[tuple[str, int], dict[str, Any]] = {}
    whole: dict[str, Any] = {}
    for row in sorted(found, key=lambda row: (row.repeat != "", row.position)):
        if not row.repeat:
            whole |= row.values
        else:
            turns[row.repeat, row.position] = dict(row.values)
    for row in (one for one in found if one.repeat):
        parent = turns.get((around.get(row.repeat, ""), row.parent_position), whole)
        parent.setdefault(row.repeat, []).append(turns[row.repeat, row.position])
    return whole


def _around(path: str, plan: Plan) -> str:
    """The repeat that stands closest around the repeat at this path; empty for the answer itself."""
    outer = [other for other in plan.repeats if path.startswith(f"{other}/")]
    return plan.repeats[max(outer, key=len)] if outer else ""


def _take(row: Row, told: str, name: str, multiple: bool) -> None:  # noqa: FBT001
    """An answer; of two questions with one name, the first that was answered."""
    if told:
        row.values.setdefault(name, told.split() if multiple else told)


def _is_template(element: Element) -> bool:
    return any(local_name(name) == _TEMPLATE for name in element.attrib)

"""What is wrong with rows, in sentences that can be stored and shown in any language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yanapay.kernel.errors import YanapayError
from yanapay.kernel.messages import Message

Problem = dict[str, Any]


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken: its number, its cells as they stood, and what is wrong with them."""

    row_no: int
    row: Sequence[str]
    problems: list[Problem]


class Problems(dict[int, list[Problem]]):
    """Problems by the position of the row in its chunk."""

    def add(self, index: int, column: str, value: object, error: YanapayError) -> None:
        self.setdefault(index, []).append(problem(column, value, error))


def problem(column: str, value: object, error: YanapayError) -> Problem:
    """The JSON in which a problem is kept: column, value, template and values of the sentence."""
    return {
        "column": column,
        "value": storable(str(value)[:200]),
        "template": error.message.template,
        "values": {name: _plain(value) for name, value in error.message.values.items()},
    }


def _plain(value: object) -> object:
    if isinstance(value, int | float):
        return value
    return storable(str(value))


def storable(text: str) -> str:
    """The text as every database takes it: bytes that no encoding explains and NULs are shown as such."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def message(stored: Problem) -> Message:
    """The sentence of a stored problem; render it with the reader's translator."""
    sentence = Message(stored["template"], **stored["values"])
    return (
        Message("{column}: {sentence}", column=stored["column"], sentence=sentence)
        if stored["column"]
        else sentence
    )

"""Expressions of a form, read by an XPath 1 parser that knows ODK's functions.

``${name}`` is read as the variable ``$name``, so that the tree of tokens tells what an expression refers to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from elementpath import ElementPathError, XPath1Parser
from elementpath.tdop import Parser

REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]*)\s*\}")
ANY = (0, None)
_ONE_OR_MORE, _TWO_OR_MORE = (1, None), (2, None)
# https://docs.getodk.org/form-operators-functions/ and https://getodk.github.io/xforms-spec/#xpath-functions
FUNCTIONS: dict[str, Any] = {
    "abs": 1, "acos": 1, "area": _ONE_OR_MORE, "asin": 1, "atan": 1, "atan2": 2, "base64-decode": 1,
    "boolean-from-string": 1, "checklist": _TWO_OR_MORE, "coalesce": 2, "concat": ANY, "cos": 1,
    "count-non-empty": 1, "count-selected": 1, "current": 0, "date": 1, "date-time": 1,
    "decimal-date-time": 1, "decimal-time": 1, "digest": (2, 3), "distance": _ONE_OR_MORE, "ends-with": 2,
    "enclosed-area": _ONE_OR_MORE, "exp": 1, "exp10": 1, "extract-signed": 2, "format-date": 2,
    "format-date-time": 2, "geofence": 2, "if": 3, "indexed-repeat": (3, 7), "instance": 1, "int": 1,
    "intersects": _ONE_OR_MORE, "join": _ONE_OR_MORE, "log": 1, "log10": 1, "max": _ONE_OR_MORE,
    "min": _ONE_OR_MORE, "now": 0, "once": 1, "pi": 0, "position": (0, 1), "pow": 2, "property": 1,
    "pulldata": _TWO_OR_MORE, "random": 0, "randomize": (1, 2), "regex": 2, "round": (1, 2),
    "search": _ONE_OR_MORE,
    "selected": 2, "selected-at": 2, "sin": 1, "sqrt": 1, "substr": (2, 3), "sum": _ONE_OR_MORE, "tan": 1,
    "thousands-sep": 1, "today": 0, "uuid": (0, 1), "version": 0, "weighted-checklist": _TWO_OR_MORE,
}  # fmt: skip
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")  # as pyxform does
_PREFIXED = {"choice-name": 2, "itext": 1}


class OdkParser(XPath1Parser):
    """XPath 1.0 with the functions that JavaRosa and web-forms add; only parses, never evaluates."""

    DEFAULT_NAMESPACES = {**XPath1Parser.DEFAULT_NAMESPACES, "jr": "http://openrosa.org/javarosa"}
    PATH_STEP_LABELS = (
        *XPath1Parser.PATH_STEP_LABELS,
        "function",
    )  # instance('x')/root, current()/..

    def parse(self, source: str) -> Any:
        if self.tokenizer is None:
            self.tokenizer = self.create_tokenizer(self.symbol_table)
        return Parser.parse(self, source)


for _name, _arguments in FUNCTIONS.items():
    OdkParser.symbol_table.pop(_name, None)  # ODK's round and sum take more than XPath's
    OdkParser.function(_name, nargs=_arguments)
for _name, _arguments in _PREFIXED.items():
    OdkParser.function(_name, prefix="jr", nargs=_arguments)


@dataclass(frozen=True)
class Expression:
    """What an expression refers to, and the repeats that it filters with a reference inside ``[…]``."""

    references: frozenset[str]
    filtered: tuple[tuple[str, str], ...] = ()


class BrokenExpression(ValueError):
    """Cannot be read. ``unknown`` names a function that no client knows; ``why`` is the parser's word."""

    def __init__(self, why: str, unknown: str = "") -> None:
        self.why, self.unknown = why, unknown
        super().__init__(why)


def references(text: str) -> list[str]:
    """The names in ``${…}``, of an expression or of a label."""
    return REFERENCE.findall(text)


@cache
def read(text: str) -> Expression:
    """Parse an expression. Raises BrokenExpression."""
    try:
        root = _parsed(text)
    except (ElementPathError, RecursionError) as error:
        why = str(error)
        unknown = re.search(r"unknown function '([^']+)'", why)
        raise BrokenExpression(_plainly(why), unknown[1] if unknown else "") from error
    named = frozenset(token[0].value for token in root.iter("$"))
    return Expression(named, tuple(_filtered(root)))


def tree(text: str) -> Any:
    """The expression as JSON: ``{"name"}``, ``{"value"}`` or ``{"op", "of": [...]}``; None when broken."""
    try:
        return _plain(_parsed(text)) if text else None
    except (ElementPathError, RecursionError):
        return None


def _parsed(text: str) -> Any:
    return OdkParser().parse(REFERENCE.sub(r" $\1 ", text.translate(_STRAIGHT)))


def _plain(token: Any) -> Any:
    if token.symbol == "$":
        return {"name": token[0].value}
    if token.symbol == "(" and len(token) == 1:
        return _plain(token[0])
    if token.label == "literal":
        return {
            "value": token.value if isinstance(token.value, str | int | float) else str(token.value)
        }
    return {"op": token.symbol, "of": [_plain(one) for one in token]}


def _filtered(root: Any) -> Iterator[tuple[str, str]]:
    """``${repeat}[… ${name} …]``: pyxform writes an absolute path there, which clients read differently."""
    for token in root.iter("["):
        left, condition = token[0], token[1]
        if left.symbol == "$":
            yield from ((left[0].value, one[0].value) for one in condition.iter("$"))


def _plainly(why: str) -> str:
    """The parser's sentence without its code and its place, which counts our own substitution."""
    return re.sub(r"^.*\[err:\w+\]\s*", "", why)

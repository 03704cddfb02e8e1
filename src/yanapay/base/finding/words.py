"""What is looked for: words with their alternatives; and how the first rows that have them are read."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.db.models.expressions import RawSQL

Choices = Sequence[Mapping[str, int]]
"""For each word typed: the known words it may stand for, with their frequency."""


def can_be_met(choices: Choices) -> bool:
    """Whether there are words, each with an alternative."""
    return bool(choices) and all(choices)


class Passing(NamedTuple):
    """Of some matches: how many there were, the greatest key, and key → text of those that pass a filter."""

    met: int
    last: int
    texts: dict[int, str]


def passing(queryset: "models.QuerySet[Any]", keys: str) -> tuple[str, Sequence[Any]]:
    """The statement that reads what :class:`Passing` tells of the rows of ``keys``, and its further parameters.

    In one go: to carry some hundred keys there and back took as long as to find them.
    """
    passed, filters = told(queryset.filter(pk__in=RawSQL("SELECT id FROM first_met", ())))
    return f"WITH first_met(id) AS MATERIALIZED ({keys}) {counted_with(passed)}", filters


def told(queryset: "models.QuerySet[Any]") -> tuple[str, Sequence[Any]]:
    """The statement that reads key and text of the rows, and its parameters."""
    return queryset.order_by().values_list("pk", "search_text").query.sql_with_params()


def counted_with(passed: str) -> str:
    """The last part of such a statement: what ``first_met`` counts beside each row that passed."""
    counted = "(SELECT count(*), max(id) FROM first_met) AS counted"
    return f"SELECT * FROM {counted} LEFT JOIN ({passed}) AS passed ON true"  # noqa: S608


def read_passing(rows: Sequence[tuple[Any, ...]]) -> Passing:
    """What the rows of that statement say."""
    met, last = rows[0][:2]
    return Passing(met, last or 0, {key: text for *_, key, text in rows if key is not None})

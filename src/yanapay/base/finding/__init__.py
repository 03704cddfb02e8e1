"""Rows whose text holds the words of a query, quickly however many there are, on SQLite and on PostgreSQL.

Each word stands for a group of alternatives (``search.alternatives``). No words, and words without any
alternative, find nothing. What is found is the same on both databases; each has its own way (:mod:`.sqlite`,
:mod:`.postgresql`) of not reading all matches of a common word.
"""

from contextlib import suppress
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

from yanapay.base.finding import postgresql, sqlite
from yanapay.base.finding.words import Choices as Choices, can_be_met

SURELY = 4  # times as many as asked about: the planner's guess is seldom a tenth off
Q = TypeVar("Q", bound="models.QuerySet[Any]")


def matching(queryset: Q, choices: Choices) -> Q:
    """Rows whose text holds, for each group of alternatives, at least one of its words.

    The result may be filtered, counted and nested like any other.
    """
    if not can_be_met(choices):
        return queryset.none()
    return queryset.filter(pk__in=RawSQL(*_keys_of(queryset.model, choices)))  # noqa: S611


def first_keys(model: type[models.Model], choices: Choices, most: int) -> list[int] | None:
    """Primary keys of matching rows; None when there are more than so many (all are not read to tell).

    On PostgreSQL a row that meets the words in two ways counts twice towards that, and of many times so many
    it is enough that the planner expects them.
    """
    if not can_be_met(choices):
        return []
    if connection.vendor == "postgresql" and postgresql.expected(model, choices) > SURELY * most:
        return None
    rows, wanted = _keys_of(model, choices)
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} LIMIT %s", [*wanted, most + 1])
        keys = [key for (key,) in cursor.fetchall()]
    return list(dict.fromkeys(keys)) if len(keys) <= most else None


def matching_one_by_one(queryset: "models.QuerySet[Any]", choices: Choices) -> list[int]:
    """Primary keys of matching rows, found by reading the text of each: for few rows and common words."""
    groups = [frozenset(group) for group in choices]
    return [
        pk
        for pk, text in queryset.order_by().values_list("pk", "search_text")
        if not any(group.isdisjoint(text.split()) for group in groups)
    ]


def some_matching(queryset: Q, choices: Choices, most: int) -> dict[int, str]:
    """Primary key → text of matching rows, not more than asked for: a common word is not looked up whole."""
    if not can_be_met(choices):
        return {}
    with suppress(EmptyResultSet):  # a scope without any centre
        return _first_matching(queryset, choices, most)
    return {}


def _first_matching(queryset: Q, choices: Choices, most: int) -> dict[int, str]:
    if connection.vendor == "sqlite":
        return sqlite.some_matching(queryset, choices, most)
    enough, texts = postgresql.some_matching(queryset, choices, most)
    if enough:
        return texts
    return dict(matching(queryset, choices).values_list("pk", "search_text")[:most])


def newest_matching(
    queryset: "models.QuerySet[Any]", choices: Choices, most: int, before: int | None = None
) -> list[int]:
    """Primary keys of the newest matching rows, those from ``before`` on left out, newest first."""
    if not can_be_met(choices):
        return []
    if connection.vendor == "sqlite":
        return sqlite.newest_matching(queryset, choices, most, before)
    return postgresql.newest_matching(queryset, choices, most, before)


def _keys_of(model: type[models.Model], choices: Choices) -> tuple[str, list[str]]:
    if connection.vendor == "sqlite":
        return sqlite.keys_of(model, choices)
    return postgresql.keys_of(model, choices)

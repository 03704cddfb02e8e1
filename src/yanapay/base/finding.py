"""Rows whose text holds the words of a query, quickly however many there are, on SQLite and on PostgreSQL.

Each word stands for a group of alternatives (``search.alternatives``). No words, and words without any
alternative, find nothing. What is found is the same on both
databases; each has its own way of not reading all matches of a common word.
"""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL

Q = TypeVar("Q", bound="models.QuerySet[Any]")
Choices = Sequence[Mapping[str, int]]
"""For each word typed: the known words it may stand for, with their frequency."""
FREQUENT = 300  # a word met so often asks PostgreSQL's index alone
COMMON = 20_000  # of a word met so often a sample is ranked
WAYS = 36  # of meeting the words that are asked apart; of more, each word is
_BEYOND = 2**63 - 1  # above every key


def matching(queryset: Q, choices: Choices) -> Q:
    """Rows whose text holds, for each group of alternatives, at least one of its words.

    The result may be filtered, counted and nested like any other.
    """
    if not _can_be_met(choices):
        return queryset.none()
    return queryset.filter(pk__in=RawSQL(*_keys_of(queryset.model, choices)))  # noqa: S611


def first_keys(model: type[models.Model], choices: Choices, most: int) -> list[int] | None:
    """Primary keys of matching rows; None when there are more than so many (all are not read to tell)."""
    keys = _some_keys(model, choices, most + 1)
    return keys if len(keys) <= most else None


def matching_one_by_one(queryset: "models.QuerySet[Any]", choices: Choices) -> list[int]:
    """Primary keys of matching rows, found by reading the text of each: for few rows and common words."""
    groups = [frozenset(group) for group in choices]
    return [
        pk
        for pk, text in queryset.order_by().values_list("pk", "search_text")
        if not any(group.isdisjoint(text.split()) for group in groups)
    ]


def _can_be_met(choices: Choices) -> bool:
    return bool(choices) and all(choices)


def _some_keys(model: type[models.Model], choices: Choices, most: int) -> list[int]:
    if not _can_be_met(choices):
        return []
    rows, wanted = _keys_of(model, choices)
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} LIMIT %s", [*wanted, most])
        return [key for (key,) in cursor.fetchall()]


def _keys_of(model: type[models.Model], choices: Choices) -> tuple[str, list[str]]:
    """The statement that finds the keys of matching rows, and its parameters."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        test, wanted = _tests(choices)
        # Planned alone: for the first rows of a list the planner would rather read the table than the index.
        alone = f"WITH found AS MATERIALIZED (SELECT id FROM {table} WHERE {test})"  # noqa: S608
        return f"{alone} SELECT id FROM found", wanted  # noqa: S608
    any_word = [" OR ".join(f'"{word}"' for word in group) for group in choices]
    expression = " AND ".join(f"({words})" for words in any_word)
    return f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s", [expression]  # noqa: S608


def _tests(choices: Choices) -> tuple[str, list[str]]:
    """PostgreSQL's test for texts that hold a word of each group, and its parameters.

    One query for each way of meeting the words, the frequent ones apart: the index weighs every row that has
    any word of a query against all of its words. «quispe» as one query with its three hundred misspellings
    took twenty times as long. And it is quick to leave out rows that lack a rarer word of the same query.
    """
    parts = [_apart(group) for group in choices]
    held = "to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)"
    if math.prod(map(len, parts)) <= WAYS:
        ways = [" & ".join(f"({part})" for part in way) for way in itertools.product(*parts)]
        return f"({' OR '.join(held for _ in ways)})", ways
    test = " AND ".join(f"({' OR '.join(held for _ in group)})" for group in parts)
    return test, [asked for group in parts for asked in group]


def _apart(group: Mapping[str, int]) -> list[str]:
    """The alternatives of one word as queries: each frequent one alone, the rare ones together."""
    frequent = [word for word, n in group.items() if n >= FREQUENT]
    rare = " | ".join(word for word, n in group.items() if n < FREQUENT)
    return [*frequent, *([rare] if rare else [])]


def some_matching(queryset: Q, choices: Choices, most: int) -> dict[int, str]:
    """Primary key → text of matching rows, not more than asked for: a common word is not looked up whole."""
    if connection.vendor == "postgresql":
        return _some_on_postgresql(queryset, choices, most)
    texts: dict[int, str] = {}
    for keys in _matching_keys(queryset.model, choices, most):
        texts |= dict(queryset.filter(pk__in=keys).values_list("pk", "search_text"))
        if len(texts) >= most:
            break
    return dict(islice(texts.items(), most))


def _some_on_postgresql(queryset: Q, choices: Choices, most: int) -> dict[int, str]:
    """From the first matches if enough of them pass the queryset's filters, else from all."""
    some = most + most // 4
    with _a_sample_will_do(choices):
        keys = _some_keys(queryset.model, choices, some)
    texts = queryset.filter(pk__in=keys).values_list("pk", "search_text")[:most]
    if len(texts) < most and len(keys) == some:
        texts = matching(queryset, choices).values_list("pk", "search_text")[:most]
    return dict(texts)


@contextmanager
def _a_sample_will_do(choices: Choices) -> Iterator[None]:
    """Of a single very common word PostgreSQL's index gives some thousand matches to choose from, not all."""
    if len(choices) > 1 or max(choices[0].values()) < COMMON:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL gin_fuzzy_search_limit = 5000")
        yield
        cursor.execute("SET LOCAL gin_fuzzy_search_limit = 0")


def newest_matching(
    queryset: "models.QuerySet[Any]", choices: Choices, most: int, before: int | None = None
) -> list[int]:
    """Primary keys of the newest matching rows, those from ``before`` on left out, newest first."""
    if not _can_be_met(choices):
        return []
    if connection.vendor == "postgresql":
        found = _along_the_key(queryset.filter(pk__lt=before or _BEYOND), choices)
        return list(found.order_by("-pk").values_list("pk", flat=True)[:most])
    newest: list[int] = []
    for keys in _matching_keys(queryset.model, choices, most, before=before or _BEYOND):
        passed = queryset.filter(pk__in=keys).order_by("-pk").values_list("pk", flat=True)
        newest += passed[: most - len(newest)]
        if len(newest) >= most:
            break
    return newest


def _along_the_key(queryset: Q, choices: Choices) -> Q:
    """Matches by a test made while walking along the primary key, where a common word is soon met."""
    test, wanted = _tests(choices)
    along = f"SELECT id FROM {queryset.model._meta.db_table} WHERE {test}"  # noqa: S608
    return queryset.filter(pk__in=RawSQL(along, wanted))  # noqa: S611


def _matching_keys(
    model: type[models.Model], choices: Choices, first: int, before: int | None = None
) -> Iterator[list[int]]:
    """Keys in ascending order, or descending from ``before``, in larger and larger parts.

    Few rows may pass the queryset's filters.
    """
    rows, wanted = _keys_of(model, choices)
    further, order = ("<", "DESC") if before else (">", "ASC")
    last, size = before or 0, first
    while size:
        with connection.cursor() as cursor:
            statement = f"{rows} AND rowid {further} %s ORDER BY rowid {order} LIMIT %s"
            cursor.execute(statement, [*wanted, last, size])
            keys = [row[0] for row in cursor.fetchall()]
        if keys:
            yield keys
            last = keys[-1]
        size = min(size * 4, 20_000) if len(keys) == size else 0

"""Finding rows by words with FTS5, which reads matches in the order of their keys, as many as asked for."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connection, models

from yanapay.base.finding.words import Choices, can_be_met, passing, read_passing

_BEYOND = 2**63 - 1  # above every key
_LARGEST_PART = 20_000
FREQUENT = 1_000  # a word met so often may be enough without its misspellings


def keys_of(model: type[models.Model], choices: Choices) -> tuple[str, list[str]]:
    """The statement that finds the keys of matching rows, and its parameters."""
    index = f"{model._meta.db_table}_words"
    any_word = [" OR ".join(f'"{word}"' for word in group) for group in choices]
    expression = " AND ".join(f"({words})" for words in any_word)
    return f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [expression]  # noqa: S608


def some_matching(queryset: "models.QuerySet[Any]", choices: Choices, most: int) -> dict[int, str]:
    """Primary key → text of the first matches that pass the queryset's filters.

    Those of the frequent spellings if their first part is enough: to go through the texts of two common words
    took FTS5 twenty times as long with their three hundred rare misspellings.
    """
    frequent = [{word: n for word, n in group.items() if n >= FREQUENT} for group in choices]
    if frequent != choices and can_be_met(frequent):
        found = _first_matching(queryset, frequent, most, largest=0)
        if len(found) == most:
            return found
    return _first_matching(queryset, choices, most)


def _first_matching(
    queryset: "models.QuerySet[Any]", choices: Choices, most: int, largest: int = _LARGEST_PART
) -> dict[int, str]:
    """In parts that grow up to the largest, for as long as there are matches and too few have passed."""
    texts: dict[int, str] = {}
    keys, wanted = keys_of(queryset.model, choices)
    statement, filters = passing(queryset, f"{keys} AND rowid > %s ORDER BY rowid LIMIT %s")
    last, size = 0, most
    while size:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*wanted, last, size, *filters])
            found = read_passing(cursor.fetchall())
        texts |= found.texts
        last, full = found.last, found.met == size
        size = min(size * 4, largest) if full and len(texts) < most else 0
    return dict(islice(texts.items(), most))


def newest_matching(
    queryset: "models.QuerySet[Any]", choices: Choices, most: int, before: int | None
) -> list[int]:
    """Primary keys of the newest matches that pass the queryset's filters."""
    newest: list[int] = []
    for keys in _newest_parts(queryset.model, choices, before or _BEYOND, most):
        passed = queryset.filter(pk__in=keys).order_by("-pk").values_list("pk", flat=True)
        newest += passed[: most - len(newest)]
        if len(newest) >= most:
            break
    return newest


def _newest_parts(
    model: type[models.Model], choices: Choices, before: int, size: int
) -> Iterator[list[int]]:
    """Keys in descending order, in larger and larger parts: few rows may pass the queryset's filters."""
    rows, wanted = keys_of(model, choices)
    while size:
        with connection.cursor() as cursor:
            statement = f"{rows} AND rowid < %s ORDER BY rowid DESC LIMIT %s"
            cursor.execute(statement, [*wanted, before, size])
            keys = [row[0] for row in cursor.fetchall()]
        if keys:
            yield keys
            before = keys[-1]
        size = min(size * 4, _LARGEST_PART) if len(keys) == size else 0

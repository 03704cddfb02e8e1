"""Finding rows by words with an inverted index (GIN), which always gives all matches of a query.

So the query is cut into ways of meeting the words, tried one after the other until enough is found.
"""

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from yanapay.base.finding.words import Choices, counted_with, read_passing, told

FREQUENT = 300  # a word met so often asks the index alone
COMMON = 20_000  # of a word met so often a sample is looked at
SAMPLE = 5_000
WAYS = 36  # of meeting the words that are asked apart; of more, each word is
_HOLDS = "to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)"
_EXPECTED = re.compile(r"rows=(\d+)")
_HAS_WORD = (
    "EXISTS (SELECT FROM unnest(string_to_array(search_text, ' ')) AS word WHERE word = ANY(%s))"
)


def keys_of(model: type[models.Model], choices: Choices) -> tuple[str, list[str]]:
    """The statement that finds the keys of matching rows (one perhaps twice), and its parameters.

    It is planned alone: for the first rows of a list the planner would rather read the table than the index.
    """
    return _reading("id", model._meta.db_table, choices)


def _reading(columns: str, table: str, choices: Choices) -> tuple[str, list[str]]:
    tests, wanted = _ways(choices)
    each = (f"SELECT {columns} FROM {table} WHERE {test}" for test in tests)  # noqa: S608
    found = f"WITH found AS MATERIALIZED ({' UNION ALL '.join(each)})"
    return f"{found} SELECT * FROM found", wanted  # noqa: S608


def expected(model: type[models.Model], choices: Choices) -> int:
    """How many rows the planner expects to hold the commonest spelling of each word. No row is read."""
    spelled = " & ".join(max(group, key=group.__getitem__) for group in choices)
    with connection.cursor() as cursor:
        matching = f"SELECT id FROM {model._meta.db_table} WHERE {_HOLDS}"  # noqa: S608
        cursor.execute(f"EXPLAIN {matching}", [spelled])
        found = _EXPECTED.search(cursor.fetchone()[0])
    return int(found[1]) if found else 0


def _ways(choices: Choices) -> tuple[list[str], list[str]]:
    """Tests of which one must hold for a text that has a word of each group; their parameters.

    One for each way of meeting the words, the frequent ones apart: the index weighs every row that has
    any word of a query against all of its words. «quispe» as one query with its three hundred misspellings
    took twenty times as long. And it is quick to leave out rows that lack a rarer word of the same query.
    """
    parts = [_apart(group) for group in choices]
    if math.prod(map(len, parts)) <= WAYS:
        ways = [" & ".join(f"({part})" for part in way) for way in itertools.product(*parts)]
        return [_HOLDS] * len(ways), ways
    test = " AND ".join(f"({' OR '.join(_HOLDS for _ in group)})" for group in parts)
    return [test], [asked for group in parts for asked in group]


def _apart(group: Mapping[str, int]) -> list[str]:
    """The alternatives of one word as queries: each frequent one alone, the rare ones together."""
    frequent = [word for word, n in group.items() if n >= FREQUENT]
    rare = " | ".join(word for word, n in group.items() if n < FREQUENT)
    return [*frequent, *([rare] if rare else [])]


def some_matching(
    queryset: "models.QuerySet[Any]", choices: Choices, most: int
) -> tuple[bool, dict[int, str]]:
    """Primary key → text of those of the first matches that pass the queryset's filters.

    And whether that will do: there are as many as asked for, or there were no more matches to look at.
    """
    some = most + most // 4
    rows, wanted = _reading("*", queryset.model._meta.db_table, choices)
    statement, filters = _passing(queryset, f"{rows} LIMIT %s")
    is_common = len(choices) == 1 and max(choices[0].values()) >= COMMON
    found = read_passing(_ask(statement, [*wanted, some, *filters], by_sample=is_common))
    enough = len(found.texts) >= most or found.met < some
    return enough, dict(islice(found.texts.items(), most))


def _passing(queryset: "models.QuerySet[Any]", rows: str) -> tuple[str, Sequence[Any]]:
    """As ``words.passing``, but the rows are read once: to its filters they are the table, by their name.

    To look each up again by its key took a third of the time.
    """
    table = queryset.model._meta.db_table
    passed, filters = told(queryset)
    first_met = f"WITH first_met AS MATERIALIZED ({rows}), {table} AS (SELECT * FROM first_met)"  # noqa: S608
    return f"{first_met} {counted_with(passed)}", filters


def _ask(statement: str, parameters: Sequence[Any], *, by_sample: bool) -> list[tuple[Any, ...]]:
    """Rows of a statement; of a single very common word the index may give some thousand matches, not all.

    The setting travels with the statement: on journeys of its own it would take as long.
    """
    with connection.cursor() as cursor:
        if by_sample:
            limit = f"SET LOCAL gin_fuzzy_search_limit = {SAMPLE}"
            cursor.execute(f"{limit}; {statement}; RESET gin_fuzzy_search_limit", parameters)
            cursor.nextset()
        else:
            cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def newest_matching(
    queryset: "models.QuerySet[Any]", choices: Choices, most: int, before: int | None
) -> list[int]:
    """Primary keys of the newest matches: by a walk along the key, where a common word is soon met.

    Word by word against the set of alternatives: a ``tsvector`` of each row passed takes ten times as long.
    """
    tests = " AND ".join(_HAS_WORD for _ in choices)
    along = f"SELECT id FROM {queryset.model._meta.db_table} WHERE {tests}"  # noqa: S608
    found = queryset.filter(pk__in=RawSQL(along, [list(group) for group in choices]))  # noqa: S611
    found = found if before is None else found.filter(pk__lt=before)
    return list(found.order_by("-pk").values_list("pk", flat=True)[:most])

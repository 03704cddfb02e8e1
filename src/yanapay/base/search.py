"""Full-text search on SQLite (FTS5) and PostgreSQL (tsvector), with typing errors forgiven.

A table that wants to be found has a folded ``search_text`` column and a :class:`TextIndex` operation in its
migration; the database keeps the index. Corrections come from our own vocabulary (:func:`learn`), so
they are the same with and without PostgreSQL's extensions.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import F

from yanapay.base.kept import read
from yanapay.base.migrating import Sql, TableSql
from yanapay.base.models import SearchVariant, SearchWord
from yanapay.kernel.spelling import SHORTEST, deletions, within_one_error
from yanapay.kernel.text import words

PAGES = 500  # of a word index, joined at a time
_LEAN = "tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0"


class TextIndex(TableSql):
    """Migration operation: a word index over ``table.search_text`` that the database keeps itself."""

    def on_sqlite(self) -> Sql:
        index = f"{self.table}_words"
        forget = f"INSERT INTO {index}({index}, rowid, search_text) VALUES('delete', old.id, old.search_text);"
        options = f"content='{self.table}', content_rowid='id', {_LEAN}"
        differs = "WHEN old.search_text IS NOT new.search_text"
        return Sql(
            [
                f"CREATE VIRTUAL TABLE {index} USING fts5(search_text, {options})",
                _on_insert(self.table),
                f"CREATE TRIGGER {index}_delete AFTER DELETE ON {self.table} BEGIN {forget} END",
                (
                    f"CREATE TRIGGER {index}_update AFTER UPDATE OF search_text ON {self.table} "
                    f"{differs} BEGIN {forget} {_add_new(self.table)} END"
                ),
            ],
            [
                *(f"DROP TRIGGER {index}_{event}" for event in ("insert", "update", "delete")),
                f"DROP TABLE {index}",
            ],
        )

    def on_postgresql(self) -> Sql:
        index, words = f"{self.table}_words", "to_tsvector('simple', search_text)"
        return Sql(
            [f"CREATE INDEX {index} ON {self.table} USING gin ({words})"], [f"DROP INDEX {index}"]
        )

    def describe(self) -> str:
        return f"Word index over {self.table}"


class IndexedByLoads(TableSql):
    """Migration operation: rows that a load marks in ``mark`` get into the word index by :func:`index_rows`.

    On SQLite a trigger makes FTS5 close a segment with every row; for many rows at once one statement does
    the same forty times faster. On PostgreSQL there is nothing to do.
    """

    def __init__(self, table: str, mark: str) -> None:
        super().__init__(table)
        self.mark = mark

    def on_sqlite(self) -> Sql:
        unmarked = f"WHEN new.{self.mark} IS NULL"
        return Sql(_on_insert_again(self.table, unmarked), _on_insert_again(self.table))

    def on_postgresql(self) -> Sql:
        return Sql([], [])

    def describe(self) -> str:
        return f"Loads index their rows of {self.table} themselves"


def _on_insert_again(table: str, condition: str = "") -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_words_insert", _on_insert(table, condition)]


def _on_insert(table: str, condition: str = "") -> str:
    trigger = f"CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table}"
    return f"{trigger} {condition} BEGIN {_add_new(table)} END"


def _add_new(table: str) -> str:
    return f"INSERT INTO {table}_words(rowid, search_text) VALUES(new.id, new.search_text);"


def index_rows(table: str, first: int, last: int) -> None:
    """Put new rows, ``first`` to ``last``, into the word index of an :class:`IndexedByLoads` table.

    Must run in the transaction that inserted them.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table}_words(rowid, search_text) "  # noqa: S608
                f"SELECT id, search_text FROM {table} WHERE id BETWEEN %s AND %s",
                [first, last],
            )


def join_parts(table: str) -> None:
    """Make one of the parts of a word index that loads leave: a search looks each spelling up in every part.

    On SQLite, outside a transaction: some pages at a time, that another writer waits for a sixth of a second.
    """
    if connection.vendor != "sqlite":
        return
    index, pages = f"{table}_words", -PAGES  # less than none: parts that would wait for others, too
    with connection.cursor() as cursor:
        while True:
            before = _changes(cursor)
            cursor.execute(f"INSERT INTO {index}({index}, rank) VALUES('merge', %s)", [pages])
            if _changes(cursor) - before < 2:  # the one is the statement itself
                return
            pages = PAGES


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def learn(counted: Counter[str] | Iterable[str]) -> None:
    """Add words to the vocabulary, with how often they were met."""
    counts = counted if isinstance(counted, Counter) else Counter(counted)
    known = _known(counts)
    _raise({word: counts[word] for word in known})
    _add([word for word in counts if word not in known], counts)


def learn_change(before: str, after: str) -> None:
    """Add the words of a text that it did not hold before it was changed."""
    learn(set(words(after)) - set(words(before)))


def _raise(counts: Mapping[str, int]) -> None:
    """Count known words again, all by one call; in one order, so that two writers never wait for each other."""
    table = SearchWord._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET frequency = frequency + %s WHERE word = %s",  # noqa: S608
            [(n, word) for word, n in sorted(counts.items())],
        )


def unlearn(words_to_forget: Iterable[str]) -> None:
    """Take words out of the vocabulary (an erasure); those that other texts still use come back with them.

    Frequencies are only a hint, so a word used elsewhere is kept with its count lowered.
    """
    for word, n in Counter(words_to_forget).items():
        SearchWord.objects.filter(pk=word).update(frequency=F("frequency") - n)
    SearchVariant.objects.filter(
        word__in=SearchWord.objects.filter(frequency__lte=0).values("pk")
    ).delete()
    SearchWord.objects.filter(frequency__lte=0).delete()


def leave_no_trace() -> None:
    """On SQLite, rewrite the word indexes and the file, so that no erased word stays in a freed page."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'"
        )
        for (index,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {index}({index}) VALUES('optimize')")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _known(counts: Counter[str]) -> set[str]:
    found: set[str] = set()
    batch: list[str] = []
    for word in counts:
        batch.append(word)
        if len(batch) == 500:
            found |= set(SearchWord.objects.filter(pk__in=batch).values_list("pk", flat=True))
            batch = []
    return found | set(SearchWord.objects.filter(pk__in=batch).values_list("pk", flat=True))


def _add(new: list[str], counts: Counter[str]) -> None:
    kept = [word for word in new if len(word) <= 60]
    variants = [
        (variant, word)
        for word in kept
        if len(word) >= SHORTEST - 1 and not word.isdigit()
        for variant in deletions(word)
    ]
    _insert(SearchWord, ("word", "frequency"), [(word, counts[word]) for word in kept])
    _insert(SearchVariant, ("variant", "word"), variants)


def _insert(
    model: type[models.Model], columns: tuple[str, str], rows: Sequence[tuple[str, str | int]]
) -> None:
    """Rows that are not there yet, all by one call: as objects they would take four times as long."""
    into = f"{model._meta.db_table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT OR IGNORE INTO {into} VALUES (%s, %s)", rows)  # noqa: S608
        elif rows:
            kinds = [model._meta.get_field(name).db_type(connection) for name in columns]
            cells = ", ".join(f"%s::{kind}[]" for kind in kinds)
            cursor.execute(
                f"INSERT INTO {into} SELECT * FROM unnest({cells}) ON CONFLICT DO NOTHING",  # noqa: S608
                [list(column) for column in zip(*rows, strict=True)],
            )


def spellings(typed: Iterable[str]) -> list[dict[str, int]]:
    """For each word the known words that it may stand for, itself included, with their frequency.

    Short words and numbers stand for themselves only. One look-up, however many words there are.
    """
    all_words = list(typed)
    forgiven = {word for word in all_words if len(word) >= SHORTEST and not word.isdigit()}
    keys = {key for word in forgiven for key in deletions(word)} | set(all_words)
    near = _near(keys) if keys else {}
    return [
        {other: near[other] for other in _standing_for(word, near, forgive=word in forgiven)}
        for word in all_words
    ]


def _standing_for(word: str, known: Mapping[str, int], *, forgive: bool) -> list[str]:
    return within_one_error(word, known) if forgive else [word] if word in known else []


def _near(keys: Collection[str]) -> dict[str, int]:
    """Known words among the keys or sharing one of them; plain SQL, every search asks."""
    places = ", ".join(["%s"] * len(keys))
    sharing = f"SELECT word FROM base_search_variant WHERE variant IN ({places})"  # noqa: S608
    known = "SELECT word, frequency FROM base_search_word WHERE word IN"
    return dict(read(f"{known} ({sharing}) UNION {known} ({places})", *keys, *keys))


def completions(beginning: str, limit: int = 20) -> dict[str, int]:
    """The most frequent known words that begin so."""
    if len(beginning) < SHORTEST - 1:
        return {}
    if connection.vendor == "postgresql":
        begins, wanted = "word LIKE %s", [f"{beginning}%"]
    else:  # SQLite's LIKE ignores case and with it the index; a range uses it
        begins, wanted = "word > %s AND word < %s", [beginning, beginning + "{"]
    known = f"SELECT word, frequency FROM base_search_word WHERE {begins}"  # noqa: S608
    return dict(read(f"{known} ORDER BY frequency DESC LIMIT %s", *wanted, limit))


def alternatives(text: str) -> list[dict[str, int]]:
    """For each word of a query, the known words it may stand for; an empty dict finds nothing.

    The last word may be only begun: its completions count too.
    """
    typed = list(dict.fromkeys(words(text)))[:8]
    groups = spellings(typed)
    if groups:
        groups[-1] = {**completions(typed[-1]), **groups[-1]}
    return groups

"""The latest figures of every organisation as columns, and the sizes that follow from them.

Two plain scans (organisations, observations) are joined by numpy, so that a national registry is classified in
little more than the time it takes to read it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, IntegerField, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray

from yanapay.centres.rules import Scope
from yanapay.directory.models import Observation, Organisation
from yanapay.directory.models.batches import unpublished
from yanapay.directory.models.observations import ObservationQuerySet
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.kernel import sizes
from yanapay.kernel.money import Money
from yanapay.kernel.numbers import distinct, without
from yanapay.kernel.sizes import Classification, Figures, Label, Scheme
from yanapay.kernel.sizes.columns import Codes, classify_columns, counts, cross, labels

Integers = NDArray[np.int64]
CHUNK = 50_000
NEVER = date.max  # the day of no figures: later than every scheme
FEW = 50_000  # the observations of fewer organisations than this are looked up, not scanned


class Case(NamedTuple):
    """One organisation with the key of the file it came from ("" if typed in) and its figures."""

    organisation: int
    source_key: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class LatestFigures:
    """A row per organisation, in order of its number; -1, "" and day 0 where nothing is known.

    ``sales`` are in minor units of ``currency``; ``day`` is written YYYYMMDD.
    """

    organisation: Integers
    workers: Integers
    sales: Integers
    currency: NDArray[np.str_]
    day: Integers

    def codes(self, scheme: Scheme, on: date | None = None) -> Codes:
        """The size code of each row, with the tax unit of ``on`` or else of the figures' own year."""
        year = on.year if on else self.day // 10_000
        return classify_columns(scheme, self.workers, self.sales, self.currency, year)

    def population(self, scheme: Scheme, on: date | None = None) -> Counter[Label]:
        """How many rows have each size."""
        return counts(scheme, self.codes(scheme, on))

    def figures(self, row: int, on: date | None = None) -> Figures:
        """The figures of one row as the rules of one case take them."""
        workers, sales, day = (int(c[row]) for c in (self.workers, self.sales, self.day))
        known = date(day // 10_000, day // 100 % 100, day % 100) if day else NEVER
        money = None if sales < 0 else Money(sales, str(self.currency[row]))
        return Figures(None if workers < 0 else workers, money, on or known)

    def take(self, rows: NDArray[np.intp]) -> "LatestFigures":
        return LatestFigures(*(column[rows] for column in vars(self).values()))


def latest_figures(scope: Scope, on: date | None = None) -> LatestFigures:
    """What is known of every organisation that the scope may open.

    With ``on``: the latest figures known by that day, else the first ones after it.
    """
    return _latest(_organisations(scope), Organisation.objects.visible_to(scope), on)


def figures_among(among: OrganisationQuerySet, on: date | None = None) -> LatestFigures:
    """The same of some organisations only."""
    return _latest(distinct(_numbers(among.order_by())), among.order_by(), on)


def cases(scope: Scope, on: date | None = None) -> Iterator[Case]:
    """Every organisation that the scope may open, in order of its number."""
    latest = latest_figures(scope, on)
    for start in range(0, len(latest.organisation), CHUNK):
        ids = latest.organisation[start : start + CHUNK].tolist()
        known = Organisation.objects.filter(pk__range=(ids[0], ids[-1]))
        rows = known.values_list("pk", "provenance__source_key", "name")
        told = {pk: (key or "", name) for pk, key, name in rows}
        for row, pk in enumerate(ids, start):
            if pk in told:
                yield Case(pk, *told[pk], latest.figures(row, on))


def population(scope: Scope, scheme: Scheme, on: date | None = None) -> Counter[Label]:
    """How many organisations have each size; those without figures are undetermined."""
    return latest_figures(scope, on).population(scheme, on)


def cross_population(
    scope: Scope, a: Scheme, b: Scheme, on: date | None = None
) -> Counter[tuple[Label, Label]]:
    """How many organisations have each pair of sizes under two schemes."""
    figures = latest_figures(scope, on)
    return cross(a, figures.codes(a, on), b, figures.codes(b, on))


def organisations_in(
    scope: Scope, scheme: Scheme, label: Label, on: date | None = None
) -> list[int]:
    """The organisations behind a count of :func:`population`."""
    figures = latest_figures(scope, on)
    found: list[int] = figures.organisation[_has(figures, scheme, label, on)].tolist()
    return found


def organisations_in_both(
    scope: Scope, a: tuple[Scheme, Label], b: tuple[Scheme, Label], on: date | None = None
) -> list[int]:
    """The organisations behind a count of :func:`cross_population`."""
    figures = latest_figures(scope, on)
    both = _has(figures, *a, on) & _has(figures, *b, on)
    found: list[int] = figures.organisation[both].tolist()
    return found


def sizes_of(organisation: Organisation, on: date | None = None) -> list[Classification]:
    """One organisation under every scheme by its latest figures (see :func:`latest_figures`), with reasons."""
    return sizes_by(latest_observation(organisation, on), on)


def sizes_by(latest: Observation | None, on: date | None = None) -> list[Classification]:
    """The sizes that these figures mean; without figures why there is none."""
    if latest is None:
        return list(sizes.classify_all(Figures(None, None, on or NEVER)))
    sales = latest.annual_sales
    money = None if sales is None else Money(sales, latest.currency)
    return list(sizes.classify_all(sizes.Figures(latest.workers, money, on or latest.observed_on)))


def latest_observation(organisation: Organisation, on: date | None = None) -> Observation | None:
    """The newest standing observation; with ``on`` the newest by that day, else the first after it."""
    standing = organisation.observations.published().standing()
    if on is None:
        return standing.newest_first().first()
    by_then = standing.filter(observed_on__lte=on).newest_first().first()
    return by_then or standing.order_by("observed_on", "-pk").first()


class _Day(Func):
    """A date as the number YYYYMMDD: dates read as text or objects cost more than the rest of the row."""

    output_field = IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        template = "CAST(replace(%(expressions)s, '-', '') AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        template = "CAST(to_char(%(expressions)s, 'YYYYMMDD') AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)


def _latest(ids: Integers, among: OrganisationQuerySet, on: date | None) -> LatestFigures:
    """A row for each of the sorted ids, all of which are ``among`` the organisations looked at."""
    observations = Observation.objects.order_by("pk")
    if len(ids) < FEW:
        observations = observations.filter(organisation__in=among.values("pk"))
    read = _read(observations)
    return _aligned(read.take(_latest_rows(read, on)), ids)


def _organisations(scope: Scope) -> Integers:
    """The numbers of the live organisations of a scope, read along indexes: the rows are a gigabyte."""
    hidden = Q(merged_into__gt=0) | Q(batch__in=unpublished())  # SQLite has no index for "not null"
    visible = Organisation.objects.visible_to(scope).order_by()
    return without(_numbers(visible), _numbers(Organisation.objects.filter(hidden).order_by()))


def _numbers(organisations: OrganisationQuerySet) -> Integers:
    rows = chain.from_iterable(_chunks(organisations.values_list("pk")))
    return np.fromiter(chain.from_iterable(rows), np.int64)


def _read(observations: ObservationQuerySet) -> LatestFigures:
    """All standing observations as columns, in their order."""
    # Not "replaced_by IS NULL": SQLite would read the whole table by that index instead of scanning it.
    standing = observations.published().alias(successor=Coalesce("replaced_by_id", 0))
    rows = standing.filter(successor=0).values_list(
        "organisation_id", Coalesce("workers", -1), Coalesce("annual_sales", -1), "currency",
        _Day("observed_on"),
    )  # fmt: skip
    chunks = [_columns(chunk) for chunk in _chunks(rows)]
    return LatestFigures(*map(np.concatenate, zip(_columns([]), *chunks, strict=True)))


def _columns(rows: list[tuple[Any, ...]]) -> list[NDArray[Any]]:
    """Five columns of a chunk of rows; arrays of no rows give each its type."""
    columns = list(zip(*rows, strict=True)) or [()] * 5
    kinds = map(np.dtype, ("i8", "i8", "i8", "U3", "i8"))
    return [np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True)]


def _chunks(rows: QuerySet[Any, Any]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows as the driver gives them: Django's conversions, none needed here, cost twice the reading."""
    try:
        statement = rows.query.sql_with_params()
    except EmptyResultSet:  # Django sees from the filters that nothing can fit
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(*statement)
        while chunk := cursor.fetchmany(CHUNK):
            yield chunk


def _latest_rows(read: LatestFigures, on: date | None) -> NDArray[np.intp]:
    """The place of the row to use for each organisation, in order of organisations."""
    rank = read.day
    if on:
        rank = np.where(read.day <= int(f"{on:%Y%m%d}"), read.day, -read.day)
    order = np.lexsort((rank, read.organisation))  # stable: the later entry wins on one day
    owners = read.organisation[order]
    is_last = np.ones(len(owners), dtype=bool)
    is_last[:-1] = owners[1:] != owners[:-1]
    return order[is_last]


def _aligned(figures: LatestFigures, ids: Integers) -> LatestFigures:
    """A row for each of the sorted ids; those without figures get a blank one."""
    blank = _columns([(0, -1, -1, "", 0)])
    padded = LatestFigures(*map(np.concatenate, zip(vars(figures).values(), blank, strict=True)))
    at = np.searchsorted(figures.organisation, ids)
    rows = padded.take(np.where(padded.organisation[at] == ids, at, len(figures.organisation)))
    return replace(rows, organisation=ids)


def _has(
    figures: LatestFigures, scheme: Scheme, label: Label, on: date | None
) -> NDArray[np.bool_]:
    wanted = [code for code, meaning in labels(scheme).items() if meaning == label]
    return np.isin(figures.codes(scheme, on), wanted)

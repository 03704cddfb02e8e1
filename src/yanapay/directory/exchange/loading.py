"""Writing the new rows of a batch: many short transactions, each leaving a consistent database behind.

The rows carry the batch, which is not published yet, so nobody sees them. ``ImportBatch.progress`` moves in
the same transaction as the rows it counts: after a kill the load goes on exactly there.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from yanapay.directory.choices import BatchState, PersonRole
from yanapay.directory.exchange.checks import FIGURES, Columns
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.exchange.tables import insert, new_ids, now_text
from yanapay.directory.exchange.verdicts import CONFLICT, NEW
from yanapay.directory.models import Identifier, ImportBatch, Person
from yanapay.kernel.text import fold

SECONDS_PER_TRANSACTION = (
    0.12  # others who want to save must find a gap: see docs/domains/import.md
)
_FEWEST, _MOST = 200, 20_000

#: Columns of an organisation and where their values come from; those a file lacks take their default.
_ORGANISATION: dict[str, tuple[str, Any]] = {
    "name": ("name", ""), "trade_name": ("trade_name", ""), "acronym": ("acronym", ""),
    "name_key": ("name_key", ""), "search_text": ("search_text", ""), "kind": ("kind", ""),
    "legal_form": ("legal_form", ""), "country": ("country", ""), "area_id": ("area_id", None),
    "address": ("address", ""), "latitude": ("latitude", None), "longitude": ("longitude", None),
    "phone": ("public_phone", ""), "email": ("public_email", ""), "website": ("website", ""),
    "private_phone": ("phone", ""), "private_email": ("email", ""), "start_date": ("start_date", None),
    "start_year": ("start_year", None),
}  # fmt: skip


@dataclass
class Account:
    """What the new rows of a batch add up to: for the tally, the vocabulary and the audit event."""

    rows: int = 0
    sorts: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    digest: int = 0

    def add(self, new: Columns) -> None:
        size = len(new["row_no"])
        self.rows += size
        self.sorts.update(zip(new["kind"], new.get("area_id") or repeat(None, size), strict=True))
        for text in (*new["search_text"], *map(fold, filter(None, new.get("owner_name", ())))):
            self.words.update(text.split())
        digests = np.array(new["digest"], np.int64).view(np.uint64)
        self.digest ^= int(np.bitwise_xor.reduce(digests)) if size else 0


def load_new(batch: ImportBatch, spool: Spool, progress: Callable[[int], None]) -> Account:
    """Write every row whose verdict is NEW, from where an earlier attempt stopped."""
    account = Account()
    with _tuned():
        writer = _Writer(batch)
        for start, columns, verdicts in _judged(spool):
            new = _only(columns, verdicts == NEW)
            positions = start + np.flatnonzero(verdicts == NEW)
            done = int(np.searchsorted(positions, batch.progress))
            for refused in writer.write(_cut(new, done, None), positions[done:]):
                _mark_conflicts(spool, refused)
            account.add(new)
            progress(start + len(verdicts))
    return account


def _judged(spool: Spool) -> Iterator[tuple[int, Columns, "np.ndarray[Any, Any]"]]:
    verdicts = spool.read_arrays("verdicts")["verdicts"]
    start = 0
    for columns in spool.chunks():
        size = len(columns["row_no"])
        yield start, columns, verdicts[start : start + size]
        start += size


def _only(columns: Columns, wanted: "np.ndarray[Any, Any]") -> Columns:
    if wanted.all():
        return columns
    return {name: list(compress(cells, wanted)) for name, cells in columns.items()}


def _cut(columns: Columns, start: int, stop: int | None) -> Columns:
    return {name: cells[start:stop] for name, cells in columns.items()}


def _mark_conflicts(spool: Spool, positions: list[int]) -> None:
    """Rows whose tax id somebody registered while the file was loading are for a person to look at."""
    stored = spool.read_arrays("verdicts")
    stored["verdicts"][positions] = CONFLICT
    spool.write_arrays("verdicts", stored)


class _Writer:
    """Cuts rows into transactions of about equal time and writes them."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._size = 2_000

    def write(self, new: Columns, positions: "np.ndarray[Any, Any]") -> Iterator[list[int]]:
        """Write all rows; yields the positions of those that turned out to be taken meanwhile."""
        start = 0
        while start < len(positions):
            stop = min(start + self._size, len(positions))
            part, reached = _cut(new, start, stop), int(positions[stop - 1]) + 1
            if taken := self._write_part(part, reached):
                yield [int(positions[start + index]) for index in taken]
            start = stop

    def _write_part(self, part: Columns, reached: int) -> list[int]:
        rows = Rows(self._batch, part)
        began = time.perf_counter()
        try:
            _commit(self._batch, rows, reached)
            taken: list[int] = []
        except IntegrityError:
            taken = _taken(part)
            if not taken:
                raise
            free = np.ones(len(part["row_no"]), bool)
            free[taken] = False
            _commit(self._batch, Rows(self._batch, _only(part, free)), reached)
        self._adapt(time.perf_counter() - began)
        return taken

    def _adapt(self, seconds: float) -> None:
        wanted = int(self._size * SECONDS_PER_TRANSACTION / max(seconds, 0.001))
        self._size = max(_FEWEST, min(_MOST, wanted, self._size * 2))


def _commit(batch: ImportBatch, rows: "Rows", reached: int) -> None:
    with transaction.atomic():
        rows.insert()
        ImportBatch.objects.filter(pk=batch.pk, state=BatchState.LOADING).update(
            progress=reached, heartbeat_at=timezone.now()
        )
    batch.progress = reached


def _taken(part: Columns) -> list[int]:
    numbers = [tax_id[2] for tax_id in part.get("tax_id", ()) if tax_id]
    held: set[tuple[str, str, str]] = set()
    for start in range(0, len(numbers), 900):
        found = Identifier.objects.filter(number__in=numbers[start : start + 900])
        held |= set(found.values_list("country", "type", "number"))
    return [i for i, tax_id in enumerate(part.get("tax_id", ())) if tax_id and tax_id[:3] in held]


class Rows:
    """Some new rows as tuples for each table, made ready before the transaction begins."""

    def __init__(self, batch: ImportBatch, new: Columns) -> None:
        self._batch, self._new = batch, new
        self._size = len(new["row_no"])
        self._now = now_text()
        self._organisations = list(self._organisation_values())

    def _organisation_values(self) -> Iterator[tuple[Any, ...]]:
        cells = [
            self._new.get(source) or repeat(default) for source, default in _ORGANISATION.values()
        ]
        precision: Any = repeat("")
        if "latitude" in self._new:
            precision = [
                "" if latitude is None else "address" for latitude in self._new["latitude"]
            ]
        fixed = (
            self._batch.centre_id,
            self._batch.pk,
            self._batch.options.get("fictitious", False),
            self._now,
            self._now,
        )
        return zip(*cells, precision, *map(repeat, fixed), strict=False)

    def insert(self) -> None:
        """Write everything; runs inside a transaction."""
        if not self._size:
            return
        ids = new_ids("directory_organisation", self._size)
        columns = (
            "id",
            *_ORGANISATION,
            "precision",
            "centre_id",
            "batch_id",
            "is_fictitious",
            "created_at",
            "updated_at",
        )
        rows = ((pk, *values) for pk, values in zip(ids, self._organisations, strict=True))
        insert("directory_organisation", columns, rows)
        self._insert_provenance(ids)
        self._insert_identifiers(ids)
        self._insert_lists(ids)
        self._insert_observations(ids)
        self._insert_owners(ids)

    def _insert_provenance(self, ids: Any) -> None:
        keys = (key or None for key in self._new.get("source_key") or repeat(None, self._size))
        extras = self._new.get("extra") or repeat(None)
        rows = zip(
            ids,
            repeat(self._batch.pk),
            keys,
            self._new["row_no"],
            self._new["digest"],
            repeat(1),
            extras,
            strict=False,
        )
        columns = (
            "organisation_id",
            "batch_id",
            "source_key",
            "row_no",
            "digest",
            "version",
            "extra",
        )
        insert("directory_provenance", columns, rows)

    def _insert_identifiers(self, ids: Any) -> None:
        if "tax_id" in self._new:
            rows = [
                (pk, *tax_id) for pk, tax_id in zip(ids, self._new["tax_id"], strict=True) if tax_id
            ]
            insert(
                "directory_identifier",
                ("organisation_id", "country", "type", "number", "is_personal"),
                rows,
            )

    def _insert_lists(self, ids: Any) -> None:
        """What an organisation may have several of: areas, codes, activities."""
        if "areas" in self._new:
            areas = [
                (pk, area)
                for pk, cells in zip(ids, self._new["areas"], strict=True)
                for area in cells
            ]
            insert("directory_organisation_area", ("organisation_id", "area_id"), areas)
        if "attributes" in self._new:
            source = self._batch.file_name[:200]
            pairs = zip(ids, self._new["attributes"], strict=True)
            rows = [(pk, *pair, source) for pk, cells in pairs for pair in cells]
            insert(
                "directory_coded_attribute",
                ("organisation_id", "vocabulary", "code", "source"),
                rows,
            )
        if "activity" in self._new:
            codes = [
                (pk, code) for pk, code in zip(ids, self._new["activity"], strict=True) if code
            ]
            insert("directory_organisation_activity", ("organisation_id", "activity_id"), codes)

    def _insert_observations(self, ids: Any) -> None:
        present = [name for name in FIGURES if name in self._new]
        if not present:
            return
        today, pk = self._batch.options["today"], self._batch.pk
        currencies = self._new.get("currency") or repeat("", self._size)
        cells = zip(*(self._new[name] for name in present), strict=True)
        rows = [
            (owner, day or today, *figures, currency, pk, self._now)
            for owner, day, currency, figures in zip(
                ids, self._new["observed_on"], currencies, cells, strict=True
            )
            if figures.count(None) != len(figures)
        ]
        columns = ("organisation_id", "observed_on", *present, "currency", "batch_id", "created_at")
        insert("directory_observation", columns, rows)

    def _insert_owners(self, ids: Any) -> None:
        if "owner_name" not in self._new:
            return
        blank = repeat("", self._size)
        documents = self._new.get("owner_document") or repeat(None, self._size)
        cells = zip(
            ids,
            self._new["owner_name"],
            self._new.get("owner_sex") or blank,
            documents,
            self._new["country"],
            strict=True,
        )
        self._write_owners([row for row in cells if row[1]])

    def _write_owners(self, owners: list[tuple[Any, ...]]) -> None:
        known = _known_documents(self._batch.centre_id, [row[3] for row in owners if row[3]])
        persons: list[tuple[Any, ...]] = []
        roles: list[tuple[int, int, str]] = []
        fixed = (
            self._batch.centre_id,
            self._batch.pk,
            self._batch.options.get("fictitious", False),
            self._now,
            self._now,
        )
        for pk, (organisation, name, sex, document, country) in zip(
            new_ids("directory_person", len(owners)), owners, strict=True
        ):
            person = known.setdefault((country, *document), pk) if document else pk
            if person == pk:
                kind, number = document or ("", "")
                persons.append((pk, name, fold(name), sex or "", country, kind, number, *fixed))
            roles.append((person, organisation, PersonRole.OWNER.value))
        insert("directory_person", _PERSON, persons)
        insert("directory_person_role", ("person_id", "organisation_id", "role"), roles)


_PERSON = (
    "id", "name", "search_text", "sex", "document_country", "document_type", "document_number",
    "centre_id", "batch_id", "is_fictitious", "created_at", "updated_at",
)  # fmt: skip


def _known_documents(
    centre_id: int, documents: list[tuple[str, str]]
) -> dict[tuple[str, str, str], int]:
    """(country, type, number) → the person of the centre who holds that document."""
    known: dict[tuple[str, str, str], int] = {}
    numbers = [number for _, number in documents]
    for start in range(0, len(numbers), 900):
        found = Person.objects.filter(
            centre=centre_id, merged_into=None, document_number__in=numbers[start : start + 900]
        ).values_list("document_country", "document_type", "document_number", "pk")
        known |= {row[:3]: row[3] for row in found}
    return known


class _tuned:  # noqa: N801  used as a context manager
    """The loading connection may keep more in memory; a crash of the machine costs at most this batch."""

    def __enter__(self) -> None:
        self._set(("cache_size", -262144), ("synchronous", "NORMAL"))

    def __exit__(self, *_: object) -> None:
        self._set(("cache_size", -65536), ("synchronous", "FULL"))

    @staticmethod
    def _set(*pragmas: tuple[str, object]) -> None:
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                for name, value in pragmas:
                    cursor.execute(f"PRAGMA {name} = {value}")

"""New rows as tuples for each table of the directory."""

from collections.abc import Iterable
from itertools import repeat
from typing import Any

from django.db import connection

from yanapay.base.search import index_rows
from yanapay.directory.choices import PersonRole
from yanapay.directory.exchange.checks import FIGURES, Columns
from yanapay.directory.exchange.current import in_parts
from yanapay.directory.exchange.tables import insert, new_ids, now_text
from yanapay.directory.models import ImportBatch

#: Columns of an organisation and where their values come from; the database knows the default of the others.
_ORGANISATION = {
    "name": "name", "trade_name": "trade_name", "acronym": "acronym", "name_key": "name_key",
    "search_text": "search_text", "kind": "kind", "legal_form": "legal_form", "country": "country",
    "area_id": "area_id", "address": "address", "latitude": "latitude", "longitude": "longitude",
    "phone": "public_phone", "email": "public_email", "website": "website", "private_phone": "phone",
    "private_email": "email", "start_date": "start_date", "start_year": "start_year",
}  # fmt: skip


class Rows:
    """Some new rows as tuples for each table of the directory."""

    def __init__(self, batch: ImportBatch, new: Columns) -> None:
        self._batch, self._new = batch, new
        self._size = len(new["row_no"])
        self._now = now_text()

    def _insert_organisations(self, ids: Iterable[int]) -> None:
        given = {
            column: self._new[source]
            for column, source in _ORGANISATION.items()
            if source in self._new
        }
        if "latitude" in given:
            given["precision"] = ["" if one is None else "address" for one in given["latitude"]]
        same = {
            "centre_id": self._batch.centre_id, "batch_id": self._batch.pk,
            "is_fictitious": self._batch.options.get("fictitious", False),
            "created_at": self._now, "updated_at": self._now,
        }  # fmt: skip
        rows = zip(ids, *given.values(), *map(repeat, same.values()), strict=False)
        insert("directory_organisation", ("id", *given, *same), rows)

    def insert(self) -> None:
        """Write everything; runs inside a transaction."""
        if not self._size:
            return
        ids = new_ids("directory_organisation", self._size)
        self._insert_organisations(ids)
        index_rows("directory_organisation", ids[0], ids[-1])
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
            self._new["owner_key"],
            self._new.get("owner_sex") or blank,
            documents,
            self._new["country"],
            self._new["document_met"],
            strict=True,
        )
        self._write_owners([row for row in cells if row[1]])

    def _write_owners(self, owners: list[tuple[Any, ...]]) -> None:
        known = _known_documents(
            self._batch.centre_id, [row[4] for row in owners if row[4] and row[6]]
        )
        persons: list[tuple[Any, ...]] = []
        roles: list[tuple[int, int, str]] = []
        fixed = (
            self._batch.centre_id,
            self._batch.pk,
            self._batch.options.get("fictitious", False),
            self._now,
            self._now,
        )
        for pk, (organisation, name, key, sex, document, country, _) in zip(
            new_ids("directory_person", len(owners)), owners, strict=True
        ):
            person = known.setdefault((country, *document), pk) if document else pk
            if person == pk:
                kind, number = document or ("", "")
                persons.append((pk, name, key, sex or "", country, kind, number, *fixed))
            roles.append((person, organisation, PersonRole.OWNER.value))
        insert("directory_person", _PERSON, persons)
        if persons:
            index_rows("directory_person", persons[0][0], persons[-1][0])
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
    for part in in_parts({number for _, number in documents}):
        statement = _HOLDERS.format(
            hint="INDEXED BY directory_person_document_once"
            if connection.vendor == "sqlite"
            else "",
            places=", ".join(["%s"] * len(part)),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [centre_id, *part])
            known |= {row[:3]: row[3] for row in cursor.fetchall()}
    return known


#: SQLite would rather read all persons of the centre as long as it has not counted them.
_HOLDERS = """
    SELECT document_country, document_type, document_number, id FROM directory_person {hint}
    WHERE centre_id = %s AND document_number IN ({places})
    AND NOT (document_number = '') AND merged_into_id IS NULL
"""

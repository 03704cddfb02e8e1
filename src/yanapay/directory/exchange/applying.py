"""Writing what a file says anew about organisations that are already there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from yanapay.base import search
from yanapay.directory.choices import PersonRole
from yanapay.directory.exchange.current import FIELDS, in_parts
from yanapay.directory.exchange.sorts import Sort, count_sorts, sort_of
from yanapay.directory.models import (
    BatchChange,
    CodedAttribute,
    Identifier,
    ImportBatch,
    Observation,
    Organisation,
    OrganisationActivity,
    OrganisationArea,
    Person,
    PersonRoleRecord,
    Provenance,
)
from yanapay.kernel.text import fold

Entry = dict[str, Any]


def apply(batch: ImportBatch, entries: Iterable[Entry]) -> list[Entry]:
    """Write the changes, each with its history; returns those whose record was edited since they were found.

    Runs inside a transaction.
    """
    stale: list[Entry] = []
    for part in in_parts(entries):
        ids = [entry["organisation"] for entry in part]
        rows = Organisation.objects.select_for_update().in_bulk(ids)
        fresh = [entry for entry in part if _is_fresh(entry, rows)]
        stale += [entry for entry in part if not _is_fresh(entry, rows)]
        _write(batch, fresh, rows)
    return stale


def _is_fresh(entry: Entry, rows: Mapping[int, Organisation]) -> bool:
    found = rows.get(entry["organisation"])
    return found is not None and found.version == entry["version"]


def _write(batch: ImportBatch, entries: list[Entry], rows: Mapping[int, Organisation]) -> None:
    moved = Counter[Sort]()
    words: Counter[str] = Counter()
    for entry in entries:
        organisation, after = rows[entry["organisation"]], entry["after"]
        moved[sort_of(organisation)] -= 1
        set_fields(organisation, after)
        moved[sort_of(organisation)] += 1
        words.update(organisation.search_text.split())
        _add_related(batch, organisation, after)
    changed = [rows[entry["organisation"]] for entry in entries]
    columns = [*FIELDS, "name_key", "search_text", "version", "updated_at"]
    Organisation.objects.bulk_update(
        changed, [c.removesuffix("_id") for c in columns], batch_size=50
    )
    _write_provenance(batch, entries, rows)
    BatchChange.objects.bulk_create((_history(batch, entry) for entry in entries), 500)
    count_sorts(batch.centre_id, moved)
    search.learn(words)


def set_fields(organisation: Organisation, after: Mapping[str, Any]) -> None:
    """Take over the plain fields, with all that is computed from them."""
    for name in FIELDS.keys() & after.keys():
        setattr(organisation, name, after[name])
    organisation.keep_searchable()
    organisation.version += 1
    organisation.updated_at = timezone.now()


def _add_related(batch: ImportBatch, organisation: Organisation, after: Mapping[str, Any]) -> None:
    if tax_id := after.get("tax_id"):
        country, kind, number, is_personal = tax_id
        Identifier.objects.get_or_create(
            country=country, type=kind, number=number,
            defaults={"organisation": organisation, "is_personal": is_personal},
        )  # fmt: skip
    for area in after.get("areas", ()):
        OrganisationArea.objects.get_or_create(organisation=organisation, area_id=area)
    for activity in after.get("activities", ()):
        OrganisationActivity.objects.get_or_create(organisation=organisation, activity_id=activity)
    for vocabulary, code in after.get("attributes", ()):
        CodedAttribute.objects.get_or_create(
            organisation=organisation, vocabulary=vocabulary, code=code,
            defaults={"source": batch.file_name[:200]},
        )  # fmt: skip
    if figures := after.get("observation"):
        _observe(batch, organisation, dict(figures))
    if owner := after.get("owner"):
        _add_owner(batch, organisation, owner)


def _observe(batch: ImportBatch, organisation: Organisation, figures: dict[str, Any]) -> None:
    """A new observation; one of the same day is replaced and keeps its figures."""
    replaced = figures.pop("replaces", None)
    figures["observed_on"] = figures["observed_on"] or batch.options["today"]
    reason = batch.file_name if replaced else ""
    made = Observation.objects.create(
        organisation=organisation, batch=batch, reason=reason, **figures
    )
    if replaced:
        Observation.objects.filter(pk=replaced, replaced_by=None).update(replaced_by=made)


def _add_owner(batch: ImportBatch, organisation: Organisation, owner: Mapping[str, Any]) -> None:
    fields = {
        "name": owner["name"], "search_text": fold(owner["name"]), "sex": owner["sex"], "batch": batch,
    }  # fmt: skip
    document = {
        "centre_id": batch.centre_id, "document_country": owner["country"],
        "document_type": owner["document_type"], "document_number": owner["document_number"],
    }  # fmt: skip
    person = None
    if owner["document_number"]:
        person = Person.objects.filter(merged_into=None, **document).first()
    if person is None:
        person = Person.objects.create(**document, **fields)
        search.index_rows("directory_person", person.pk, person.pk)
    search.learn(person.search_text.split())
    PersonRoleRecord.objects.get_or_create(
        person=person, organisation=organisation, role=PersonRole.OWNER, until=None
    )


def _write_provenance(
    batch: ImportBatch, entries: list[Entry], rows: Mapping[int, Organisation]
) -> None:
    """From now on this row is what a file last said of the record, in the version it has now."""
    known = Provenance.objects.in_bulk([entry["organisation"] for entry in entries])
    for entry in entries:
        pk, said = entry["organisation"], entry["said"]
        one = known.get(pk) or Provenance(organisation_id=pk)
        one.batch, one.row_no, one.digest = batch, said["row_no"], said["digest"]
        one.source_key = one.source_key or said["source_key"]
        one.version = rows[pk].version
        one.extra = entry["after"].get("extra", one.extra)
        known[pk] = one
    Provenance.objects.bulk_create(
        known.values(), 500, update_conflicts=True, unique_fields=["organisation"],
        update_fields=["batch", "row_no", "digest", "source_key", "version", "extra"],
    )  # fmt: skip


def _history(batch: ImportBatch, entry: Entry) -> BatchChange:
    return BatchChange(
        batch=batch, organisation_id=entry["organisation"], row_no=entry["row_no"],
        before=entry["before"], after=entry["after"],
    )  # fmt: skip


def adopt(organisation_id: int, batch: ImportBatch, said: Mapping[str, Any]) -> None:
    """A person has decided about a row: the same row again is no news."""
    version = Organisation.objects.values_list("version", flat=True).get(pk=organisation_id)
    Provenance.objects.update_or_create(
        organisation_id=organisation_id,
        defaults={
            "batch": batch,
            "row_no": said["row_no"],
            "digest": said["digest"],
            "version": version,
        },
    )

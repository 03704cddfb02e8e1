"""Taking back what an import changed about organisations that were there before."""

from collections import Counter

from django.db.models import F

from yanapay.directory.exchange.applying import set_fields
from yanapay.directory.exchange.current import FIELDS, in_parts
from yanapay.directory.exchange.sorts import Sort, count_sorts, sort_of
from yanapay.directory.models import BatchChange, ImportBatch, Organisation, Provenance


def revert(batch: ImportBatch) -> tuple[int, int]:
    """Put the fields back as they were; how many records, and how many were left because of later edits.

    What the file added (numbers, codes, dated figures, owners) stays: it overwrote nothing.
    """
    newest_first = BatchChange.objects.filter(batch=batch).order_by("-pk")
    changes = [one for one in newest_first.iterator() if FIELDS.keys() & one.before.keys()]
    held = _untouched(batch, [one.organisation_id for one in changes])
    for part in in_parts([one for one in changes if one.organisation_id in held]):
        _put_back(batch, part)
    left = {one.organisation_id for one in changes} - held
    return len(held), len(left)


def _untouched(batch: ImportBatch, ids: list[int]) -> set[int]:
    """Those whose last change is the one of this file."""
    same = Provenance.objects.filter(batch=batch, organisation__version=F("version"))
    return {
        pk
        for part in in_parts(sorted(set(ids)))
        for pk in same.filter(organisation__in=part).values_list("organisation", flat=True)
    }


def _put_back(batch: ImportBatch, changes: list[BatchChange]) -> None:
    rows = Organisation.objects.select_for_update().in_bulk([c.organisation_id for c in changes])
    moved = Counter[Sort]()
    for change in changes:
        organisation = rows[change.organisation_id]
        moved[sort_of(organisation)] -= 1
        set_fields(organisation, change.before)
        moved[sort_of(organisation)] += 1
        organisation.save()
        Provenance.objects.filter(organisation=organisation).update(
            version=organisation.version,
            digest=0,  # the same row again is news
        )
    count_sorts(batch.centre_id, moved)

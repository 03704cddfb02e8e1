"""Keeping the tally short: many ±1 rows of a sort become one."""

from collections import Counter

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.directory.models import Tally

AT_ONCE = 50_000
WORTH_IT = 1000


@transaction.atomic
def merge_tally(*, by: Actor) -> int:
    """Replace the rows of each sort by their sum; returns how many rows went. Counts stay the same.

    Only rows that were read and locked are replaced: what others add meanwhile stays as it is.
    """
    rows = list(Tally.objects.select_for_update().order_by("pk")[:AT_ONCE])
    sums: Counter[tuple[int, str, str, int | None]] = Counter()
    for row in rows:
        sums[row.centre_id, row.kind, row.status, row.area_id] += row.n
    kept = [
        Tally(centre_id=centre, kind=kind, status=status, area_id=area, n=n)
        for (centre, kind, status, area), n in sums.items()
        if n
    ]
    if len(rows) - len(kept) < WORTH_IT:
        return 0
    Tally.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Tally.objects.bulk_create(kept, 5000)
    return len(rows) - len(kept)

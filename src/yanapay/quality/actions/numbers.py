"""Numbers without gaps."""

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.quality.models import Series


@transaction.atomic
def next_number(*, by: Actor, centre: Centre, code: str, year: int) -> str:
    """The next number of a centre's series in a year: ``SAT-2026-0007``. The caller's event names it.

    Called inside the action that uses the number: when that fails, the number was never given.
    """
    Series.objects.get_or_create(centre=centre, code=code, year=year)
    series = Series.objects.select_for_update().get(centre=centre, code=code, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{code}-{year}-{series.last:04d}"

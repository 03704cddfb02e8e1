"""Numbers without gaps."""

from django.db import transaction
from django.db.models import F

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.quality.models import Series


@transaction.atomic
def next_number(*, by: Actor, centre: Centre, code: str, year: int) -> str:
    """The next number of a centre's series in a year: ``SAT-2026-0007``. The caller's event names it.

    Called inside the action that uses the number: when that fails, the number was never given.
    """
    series = Series.objects.filter(centre=centre, code=code, year=year)
    if not series.update(last=F("last") + 1):  # locks its row until the transaction ends
        Series.objects.get_or_create(centre=centre, code=code, year=year)
        series.update(last=F("last") + 1)
    return f"{code}-{year}-{series.values_list('last', flat=True).get():04d}"

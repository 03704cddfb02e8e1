"""Files of answers that were refused, or whose sender was cut off before the answer was stored."""

from datetime import datetime

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.surveys.queries.files import SHELF, referred_to


@transaction.atomic
def sweep_files(*, by: Actor, part: str, before: datetime) -> int:
    """Remove from one folder of the shelf what belongs to no answer and nobody sent since; how many files."""
    swept = SHELF.sweep(part, before.timestamp(), referred_to)
    if swept:
        record(
            by=by, action="surveys.files_swept", object_type="submission", changes={"files": swept}
        )
    return swept

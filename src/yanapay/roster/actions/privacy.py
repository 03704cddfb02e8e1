"""An erasure reaches the roster. The erasing action of the directory calls, signs and records."""

from collections.abc import Collection

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.base.personal import ERASED
from yanapay.roster.models import Specialist
from yanapay.roster.queries.privacy import entries_of


@transaction.atomic
def erase_entries(*, by: Actor, person_id: int, organisation_ids: Collection[int]) -> int:
    """The entry stays as a number that cases count; papers, words and rates go, and nobody is sent any more."""
    entries = list(entries_of(person_id, organisation_ids))
    for entry in entries:
        _erase(entry)
    return len(entries)


def _erase(entry: Specialist) -> None:
    for credential in entry.credentials.exclude(stored=""):
        credential.stored.delete(save=False)
    entry.credentials.update(evidence=ERASED, stored="", file_name="")
    entry.absences.update(reason="")
    entry.ratings.update(comment="")
    entry.profession = entry.conflicts = entry.inactive_reason = ""
    entry.languages, entry.day_rate, entry.is_active = [], None, False
    entry.version += 1
    entry.save()

"""What the roster keeps about a person: their entry, papers, absences and ratings."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from yanapay.roster.models import Specialist

Keys = Collection[int]
ENTRY = (
    "kind", "profession", "languages", "day_rate", "currency", "conflicts", "is_active", "inactive_reason",
)  # fmt: skip


def entries_of(person_id: int, organisation_ids: Keys) -> "QuerySet[Specialist]":
    """The entries of the person, and of an enterprise that they alone own."""
    return Specialist.objects.filter(Q(person=person_id) | Q(organisation__in=organisation_ids))


def stored_entries(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    """Each entry with what hangs on it."""
    return [
        {
            **{field: getattr(entry, field) for field in ENTRY},
            "specialities": list(entry.specialities.values("topic", "years")),
            "areas": list(entry.areas.values_list("area__name", flat=True)),
            "credentials": list(
                entry.credentials.values(
                    "requirement__code", "obtained_on", "expires_on", "evidence"
                )
            ),
            "absences": list(entry.absences.values("since", "until", "reason")),
            "ratings": list(entry.ratings.values("rated_on", "score", "comment", "subject")),
        }
        for entry in entries_of(person_id, organisation_ids)
    ]

"""Taking the rows of a batch out again, a few thousand at a time."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from yanapay.directory.models import (
    BatchChange,
    CodedAttribute,
    Conflict,
    Identifier,
    ImportBatch,
    Observation,
    Organisation,
    OrganisationActivity,
    OrganisationArea,
    Person,
    PersonMerge,
    PersonRoleRecord,
    Provenance,
)  # fmt: skip

AT_ONCE = 900
#: What an import writes about an organisation; anything else that points to one stands against removing it.
OWN = (
    Identifier, Provenance, OrganisationArea, OrganisationActivity, CodedAttribute, Observation,
    PersonRoleRecord, Conflict, BatchChange,
)  # fmt: skip


def remove_rows(batch: ImportBatch) -> int:
    """Delete the organisations and people that the batch created; how many organisations."""
    removed = 0
    while ids := list(
        Organisation.objects.filter(batch=batch).values_list("pk", flat=True)[:AT_ONCE]
    ):
        _remove(ids)
        removed += len(ids)
    while people := list(_unbound(batch).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            persons = Person.objects.filter(pk__in=people)
            persons._raw_delete(persons.db)  # noqa: SLF001  nothing hangs on them
    return removed


def _unbound(batch: ImportBatch) -> "QuerySet[Person]":
    """People whom the batch brought and whom nothing holds: no role, no merge."""
    merged = PersonMerge.objects.filter(keep=OuterRef("pk"))
    found = Person.objects.filter(batch=batch, roles=None, merged_into=None)
    return found.exclude(Exists(merged))


@transaction.atomic
def _remove(ids: Sequence[int]) -> None:
    for model in OWN:
        rows = model._default_manager.filter(organisation__in=ids)
        rows._raw_delete(rows.db)  # noqa: SLF001  no cascade: what hangs on them is in OWN
    organisations = Organisation.objects.filter(pk__in=ids)
    organisations._raw_delete(organisations.db)  # noqa: SLF001

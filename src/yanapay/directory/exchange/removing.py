"""Taking the rows of a batch out again, a few thousand at a time."""

from collections.abc import Sequence

from django.db import transaction

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
    while people := list(
        Person.objects.filter(batch=batch, roles=None).values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            persons = Person.objects.filter(pk__in=people)
            persons._raw_delete(persons.db)  # noqa: SLF001  nothing hangs on them
    return removed


@transaction.atomic
def _remove(ids: Sequence[int]) -> None:
    for model in OWN:
        rows = model._default_manager.filter(organisation__in=ids)
        rows._raw_delete(rows.db)  # noqa: SLF001  no cascade: what hangs on them is in OWN
    organisations = Organisation.objects.filter(pk__in=ids)
    organisations._raw_delete(organisations.db)  # noqa: SLF001

"""Undoing a published import: what it created goes, unless somebody has worked with it since."""

from collections import Counter

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.relations import incoming
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange.current import in_parts
from yanapay.directory.exchange.removing import OWN, remove_rows
from yanapay.directory.exchange.reverting import revert
from yanapay.directory.exchange.sorts import Sort, count_sorts
from yanapay.directory.models import ImportBatch, Organisation
from yanapay.directory.queries.merging import relation_title
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def undo(batch: ImportBatch, *, by: Actor) -> int:
    """Remove the organisations and people that the batch created; how many organisations.

    Raises RuleBroken, and removes nothing, when a record was edited since or something else hangs on it.
    Fields that the batch changed of older records go back where nobody has edited the record since; the
    event tells how many went back and how many were left.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.PUBLISHED:
        raise RuleBroken("This import is not published: there is nothing to undo.")
    created = Organisation.objects.filter(batch=batch)
    _refuse_edited(created, batch)
    _refuse_attached(created)
    gone = Counter[Sort]()
    gone.subtract(created.values_list("kind", "status", "area"))
    removed = remove_rows(batch)
    reverted, left = revert(batch)
    count_sorts(batch.centre_id, gone)
    batch.state, batch.finished_at = BatchState.UNDONE, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    record(by=by, action="directory.import_undone", object_type="import", object_id=batch.pk,
           changes={"removed": removed, "reverted": reverted, "left": left})  # fmt: skip
    return removed


def _refuse_edited(created: "QuerySet[Organisation]", batch: ImportBatch) -> None:
    later = (
        Q(version__gt=F("provenance__version")) | ~Q(provenance__batch=batch) | ~Q(status="active")
    )
    edited = created.filter(later)
    if count := edited.count():
        names = ", ".join(edited.values_list("name", flat=True)[:3])
        raise RuleBroken(
            "{n} of the organisations were edited since: {names}.", n=count, names=names
        )


def _refuse_attached(created: "QuerySet[Organisation]") -> None:
    """Refuse when anything but the import's own rows points to one of the organisations."""
    ids = list(created.values_list("pk", flat=True))
    for link in incoming(Organisation, OWN):
        for part in in_parts(ids):
            if found := link.model._default_manager.filter(**{f"{link.name}__in": part}).count():
                raise RuleBroken(
                    "{n} records of the sort “{sort}” belong to the organisations of this import.",
                    n=found, sort=relation_title(link),
                )  # fmt: skip

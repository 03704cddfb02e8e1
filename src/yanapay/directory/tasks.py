"""Work of the directory that takes longer than a page may: done by the worker."""

from django.db import transaction
from django_tasks import task

from yanapay.audit.rules import Actor
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import load
from yanapay.directory.models import ImportBatch


def load_later(batch: ImportBatch, by: Actor) -> None:
    """Queue a batch for loading. A stopped one keeps its state: its load goes on where it stopped."""
    with transaction.atomic():
        waiting = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.STAGED)
        waiting.update(state=BatchState.QUEUED)
        load_batch.enqueue(batch.pk, by.user_id, by.user_name, by.centre_id, by.centre_name)


@task()
def load_batch(
    batch_id: int, user_id: int | None, user_name: str, centre_id: int | None, centre_name: str
) -> int:
    """Load and publish a batch; running it twice loads it once."""
    batch = ImportBatch.objects.get(pk=batch_id)
    load(batch, by=Actor(user_id, user_name, centre_id, centre_name))
    return batch_id

"""The search for duplicates from end to end: for the command line and as a background task."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.db import transaction
from django_tasks import task

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.linkage.actions import advance_run, fail_run, finish_run, start_run
from yanapay.linkage.models import LinkageRun
from yanapay.linkage.queries import comparing, records, scoring, weighing

Report = Callable[[str, int], None]


def search(
    *, by: Actor, centre: Centre | None = None, report: Report | None = None, pairs: Path | None = None,
    everything: bool = False,
) -> LinkageRun:  # fmt: skip
    """Find the pairs and put them into the queue.

    ``report`` hears the step and the percent done. ``pairs`` is a CSV file to write: the pairs of the queue,
    or, with ``everything``, all that were compared.
    """
    run = start_run(by=by, centre=centre, model_version=weighing.model()["version"])
    return _run(by, run, report or _silent, pairs, everything=everything)


def compared(
    centre_id: int | None, threshold: float, report: Report
) -> tuple[duckdb.DuckDBPyConnection, dict[str, int]]:
    """The directory compared: a connection that holds table ``scored``, and the counts of the way there."""
    con = comparing.connect()
    report("reading", 5)
    records.load(con, centre_id)
    report("preparing", 30)
    rows = comparing.prepare(con)
    report("blocking", 40)
    candidates = comparing.block(con)
    report("scoring", 60)
    scoring.compare(con, threshold)
    return con, {"rows": rows, "candidates": candidates}


def search_later(*, by: Actor, centre: Centre) -> LinkageRun:
    """Leave the search to a worker; the run tells how far it is."""
    with transaction.atomic():
        run = start_run(by=by, centre=centre, model_version=weighing.model()["version"])
        search_in_background.enqueue(run.pk, by.user_id, by.user_name, by.centre_id, by.centre_name)
    return run


@task()
def search_in_background(
    run_id: int, user_id: int | None, user_name: str, centre_id: int | None, centre_name: str
) -> int:
    """One run in a worker; after a killed worker it starts from the beginning."""
    by = Actor(user_id, user_name, centre_id, centre_name)
    _run(by, LinkageRun.objects.get(pk=run_id), _silent)
    return run_id


def _run(
    by: Actor,
    run: LinkageRun,
    report: Report,
    pairs: Path | None = None,
    *,
    everything: bool = False,
) -> LinkageRun:
    def tell(step: str, progress: int) -> None:
        report(step, progress)
        advance_run(by=by, run=run, step=step, progress=progress)

    with _closed_on_failure(by, run):
        threshold = 0.0 if everything else weighing.model()["threshold"]
        con, counts = compared(run.centre_id, threshold, tell)
        tell("storing", 90)
        if pairs:
            comparing.write_pairs(con, pairs)
        return finish_run(by=by, run=run, pairs=comparing.scored_pairs(con), counts=counts)


@contextmanager
def _closed_on_failure(by: Actor, run: LinkageRun) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        fail_run(by=by, run=run, problem=f"{type(error).__name__}: {error}")
        raise


def _silent(step: str, progress: int) -> None:
    """Nobody listens."""

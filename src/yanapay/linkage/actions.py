"""Runs of the linkage and judgements on pairs. A run is long, so its steps are actions of their own."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.actions.merging import merge_organisations, undo_merge
from yanapay.directory.models import Merge, Organisation
from yanapay.kernel.errors import RuleBroken
from yanapay.linkage.choices import PairState, RunState
from yanapay.linkage.models import CandidatePair, CandidatePairQuerySet, LinkageRun
from yanapay.linkage.queries.comparing import ScoredPair

SILENT = timedelta(minutes=10)
CHUNK = 5_000


@transaction.atomic
def start_run(*, by: Actor, centre: Centre | None, model_version: str) -> LinkageRun:
    """A new run over the clients of a centre (all clients when None).

    Raises RuleBroken while another one is at work; one that has been silent for ten minutes was killed, and is
    closed: starting again repeats it from the beginning.
    """
    open_runs = LinkageRun.objects.filter(
        state__in=[RunState.QUEUED, RunState.RUNNING], centre=centre
    )
    open_runs.filter(heartbeat_at__lt=timezone.now() - SILENT).update(
        state=RunState.FAILED, problem="killed", finished_at=timezone.now()
    )
    if open_runs.filter(state__in=[RunState.QUEUED, RunState.RUNNING]).exists():
        raise RuleBroken("A search for duplicates is already running.")
    return LinkageRun.objects.create(
        centre=centre, model_version=model_version, started_by_name=by.user_name
    )


@transaction.atomic
def advance_run(*, by: Actor, run: LinkageRun, step: str, progress: int) -> LinkageRun:
    """Say how far the run is (percent). No event: nothing of the directory changes."""
    run.state, run.step, run.progress = RunState.RUNNING, step, progress
    run.save(update_fields=["state", "step", "progress", "heartbeat_at"])
    return run


@transaction.atomic
def finish_run(
    *, by: Actor, run: LinkageRun, pairs: Iterable[ScoredPair], counts: dict[str, int]
) -> LinkageRun:
    """Put the pairs into the queue and close the run, in one event.

    Pairs that were judged keep their judgement; those that wait get the new score; pairs of an earlier run that
    were not found again and that nobody judged leave the queue.
    """
    found = 0
    for chunk in _chunks(pairs):
        found += len(chunk)
        CandidatePair.objects.bulk_create(
            (_candidate(run, pair) for pair in chunk), update_conflicts=True,
            unique_fields=["left", "right"], update_fields=["score", "reasons", "run"],
        )  # fmt: skip
    _stale(run).delete()
    run.state, run.progress, run.finished_at = RunState.DONE, 100, timezone.now()
    run.counts = {**counts, "pairs": found}
    run.save()
    record(
        by=by,
        action="linkage.searched",
        object_type="linkage_run",
        object_id=run.pk,
        changes=run.counts,
    )
    return run


@transaction.atomic
def fail_run(*, by: Actor, run: LinkageRun, problem: str) -> LinkageRun:
    """Close a run that could not be brought to its end; the queue stays as it was."""
    run.state, run.problem, run.finished_at = RunState.FAILED, problem[:500], timezone.now()
    run.save(update_fields=["state", "problem", "finished_at", "heartbeat_at"])
    return run


@transaction.atomic
def judge_different(*, by: Actor, pair: CandidatePair, reason: str = "") -> CandidatePair:
    """These two are not the same: the pair never comes back, whatever later runs find."""
    pair = _undecided(pair)
    _decide(by, pair, PairState.DIFFERENT)
    record(by=by, action="linkage.judged_different", object_type="organisation", object_id=pair.left_id,
           changes={"other": pair.right_id}, reason=reason)  # fmt: skip
    return pair


@transaction.atomic
def merge_pair(
    *, by: Actor, pair: CandidatePair, keep: Organisation, on: date, take: Collection[str] | None = None
) -> Merge:  # fmt: skip
    """These two are the same: the record that is not ``keep`` is merged into it."""
    pair = _undecided(pair)
    drop = pair.right if keep.pk == pair.left_id else pair.left
    merge = merge_organisations(by=by, keep=keep, drop=drop, on=on, take=take)
    _decide(by, pair, PairState.MERGED)
    return merge


@transaction.atomic
def undo_pair_merge(*, by: Actor, merge: Merge) -> Merge:
    """Undo a merge; its pair, if it came from the queue, waits for review again."""
    done = undo_merge(by=by, merge=merge)
    left, right = sorted((done.keep_id, done.drop_id))
    CandidatePair.objects.filter(left=left, right=right, state=PairState.MERGED).update(
        state=PairState.PENDING, decided_by=None, decided_at=None
    )
    return done


def _chunks(pairs: Iterable[ScoredPair]) -> Iterator[list[ScoredPair]]:
    stream = iter(pairs)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _candidate(run: LinkageRun, pair: ScoredPair) -> CandidatePair:
    return CandidatePair(
        left_id=pair.left, right_id=pair.right, score=pair.score, run=run,
        reasons=[asdict(reason) for reason in pair.reasons],
    )  # fmt: skip


def _stale(run: LinkageRun) -> CandidatePairQuerySet:
    waiting = CandidatePair.objects.filter(state=PairState.PENDING).exclude(run=run)
    if run.centre_id is None:
        return waiting
    return waiting.filter(left__centre=run.centre_id, right__centre=run.centre_id)


def _undecided(pair: CandidatePair) -> CandidatePair:
    locked = CandidatePair.objects.select_for_update().get(pk=pair.pk)
    if locked.state != PairState.PENDING:
        raise RuleBroken("Somebody already decided on this pair.")
    return locked


def _decide(by: Actor, pair: CandidatePair, state: PairState) -> None:
    pair.state, pair.decided_by_id, pair.decided_at = state, by.user_id, timezone.now()
    pair.save(update_fields=["state", "decided_by", "decided_at"])

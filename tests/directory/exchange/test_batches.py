"""A file is one batch: nobody sees half of it, and what was interrupted is finished or taken out."""

from typing import Any

import pytest

from yanapay.directory import exchange
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import batches, loading
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.models import ImportBatch, Organisation, Person
from yanapay.kernel.errors import RuleBroken

ROWS = "source_id,name,owner_name\n" + "".join(f"{n},Molino {n},Ana {n}\n" for n in range(30))


class Killed(BaseException):
    """Stands for SIGKILL: nothing gets a chance to tidy up."""


@pytest.fixture
def killed_at_second_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading dies after its first transaction of ten rows."""
    monkeypatch.setattr(loading._Writer, "_adapt", lambda self, seconds: None)
    monkeypatch.setattr(loading, "FIRST_PART", 10)
    commit, calls = loading._commit, []

    def dying(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise Killed
        commit(*args)

    monkeypatch.setattr(loading, "_commit", dying)


@pytest.fixture
def half_loaded(stage: Any, operator: Any, killed_at_second_part: None) -> ImportBatch:
    batch: ImportBatch = stage(ROWS)
    with pytest.raises(Killed):
        exchange.load(batch, by=operator)
    batch.refresh_from_db()
    return batch


def test_a_half_loaded_batch_is_invisible(half_loaded: ImportBatch) -> None:
    assert half_loaded.state == BatchState.LOADING
    assert Organisation.objects.count() == 10
    assert not Organisation.objects.live().exists()
    assert not Person.objects.live().exists()


def test_the_same_file_again_goes_on_where_it_stopped(
    half_loaded: ImportBatch, take_in: Any
) -> None:
    batch = take_in(ROWS)
    assert batch.pk == half_loaded.pk
    assert batch.state == BatchState.PUBLISHED
    assert batch.counts["created"] == 30
    assert Organisation.objects.live().count() == 30
    assert take_in(ROWS).counts["unchanged"] == 30


def test_another_file_discards_the_interrupted_one(half_loaded: ImportBatch, take_in: Any) -> None:
    take_in("source_id,name\n1,Café Selva\n")
    half_loaded.refresh_from_db()
    assert half_loaded.state == BatchState.DISCARDED
    assert [o.name for o in Organisation.objects.all()] == ["Café Selva"]
    assert not Person.objects.exists()


def test_a_lost_spool_means_beginning_again(half_loaded: ImportBatch, take_in: Any) -> None:
    Spool(half_loaded.pk).remove()
    assert take_in(ROWS).pk != half_loaded.pk
    assert Organisation.objects.live().count() == Organisation.objects.count() == 30


@pytest.mark.parametrize("name", ["verdicts.npz", "000000.chunk", "sizes.json"])
def test_a_spool_cut_short_by_a_power_failure_means_beginning_again(
    half_loaded: ImportBatch, take_in: Any, name: str
) -> None:
    (Spool(half_loaded.pk).path / name).write_bytes(b"")
    assert take_in(ROWS).pk != half_loaded.pk
    assert Organisation.objects.live().count() == Organisation.objects.count() == 30


def test_two_processes_do_not_load_one_batch(stage: Any, operator: Any) -> None:
    batch = stage(ROWS)
    with Spool(batch.pk).held(), pytest.raises(RuleBroken, match="being loaded right now"):
        exchange.load(batch, by=operator)


def test_loading_twice_is_loading_once(take_in: Any, operator: Any) -> None:
    batch = take_in(ROWS)
    assert exchange.load(batch, by=operator).counts == batch.counts
    assert Organisation.objects.count() == 30


def test_a_failure_is_told_on_the_batch(
    stage: Any, operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage(ROWS)
    with monkeypatch.context() as patch:
        patch.setattr(
            batches, "learn_words", lambda *_: (_ for _ in ()).throw(OSError("No space left"))
        )
        with pytest.raises(OSError, match="No space"):
            exchange.load(batch, by=operator)
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (BatchState.FAILED, "OSError: No space left")
    assert not Organisation.objects.live().exists()
    assert exchange.load(batch, by=operator).state == BatchState.PUBLISHED


def test_a_number_registered_while_loading_becomes_a_conflict(
    stage: Any, take_in: Any, operator: Any, centre: Any
) -> None:
    from yanapay.directory.actions.organisations import add_identifier, create_organisation  # noqa: PLC0415

    batch = stage("name,ruc\nMolino,20100030595\nTejidos,\n")
    other = create_organisation(
        by=operator, centre=centre, fields={"name": "Café Selva", "kind": "empresa"}
    )
    add_identifier(by=operator, organisation=other, number="20100030595")
    loaded = exchange.load(batch, by=operator)
    assert (loaded.counts["created"], loaded.counts["conflicts"]) == (1, 1)


def test_nothing_is_left_on_disk_after_publication(take_in: Any) -> None:
    assert not Spool(take_in(ROWS).pk).path.exists()

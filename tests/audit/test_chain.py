"""The chain: what it proves, and what the database refuses."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction
from tests.databases import append_only_lifted

from yanapay.audit.actions import forget, record
from yanapay.audit.models import Chain, Event, PersonalValue
from yanapay.audit.queries import heads, verify
from yanapay.audit.rules import Actor, Broken, plain

HUANCAYO = Actor(7, "Ana Quispe", 1, "CAT Huancayo")
AYACUCHO = Actor(8, "Carla Ñahui", 2, "CAT Ayacucho")


def write(by: Actor = HUANCAYO, number: int = 1, **more: object) -> Event:
    changes = {"name": ["Lácteos", f"Lácteos {number}"]}
    return record(
        by=by, action="organisation.changed", object_type="organisation", object_id=number,
        changes=changes, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def tamper(sql: str) -> None:
    """What somebody with the database's password could do."""
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("values", [
    {"ratio": [0.1, 1e22], "tiny": 1e-9, "one": 1.0, "latitude": -12.0464},
    {"text": ["ñandú «quinua»", "line\nbreak\0"], "none": [None, True]},
    {"nested": {"b": [1, (2, 3)], "a": {5, 4}}, 3: "key"},
])  # fmt: skip
def test_every_kind_of_value_reads_back_as_it_was_hashed(values: dict[str, object]) -> None:
    record(
        by=HUANCAYO, action="x", object_type="x", changes=values,
        personal={"phone": (None, values)}, subject="person:1",
    )  # fmt: skip
    assert verify() == []


def test_plain_keeps_what_json_holds_exactly() -> None:
    assert plain({"a": (1, 0.5, None, True), "b": {2, 1}}) == {
        "a": [1, 0.5, None, True],
        "b": [1, 2],
    }


@pytest.mark.django_db
def test_each_centre_has_a_chain_of_its_own() -> None:
    write(), write(AYACUCHO), write(), write(Actor.operator())
    assert {chain: seq for chain, (seq, _) in heads().items()} == {0: 1, 1: 2, 2: 1}
    assert verify() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sql", [
    "UPDATE audit_event SET actor_name = 'nobody'",
    "DELETE FROM audit_event",
    "UPDATE audit_personal_value SET field = 'other'",
])  # fmt: skip
def test_the_database_refuses(sql: str) -> None:
    write(personal={"phone": ("964", "965")}, subject="person:1")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_postgresql_refuses_to_truncate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"):
        connection.cursor().execute("TRUNCATE audit_event CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize(("sql", "found"), [
    ("UPDATE audit_event SET actor_name = 'nobody' WHERE chain = 1 AND seq = 2", Broken(1, 2, "altered")),
    ("UPDATE audit_event SET changes = '{}' WHERE chain = 1 AND seq = 3", Broken(1, 3, "altered")),
    ("DELETE FROM audit_event WHERE chain = 1 AND seq = 2", Broken(1, 2, "missing")),
    ("DELETE FROM audit_event WHERE chain = 1 AND seq = 3", Broken(1, 3, "missing")),
    ("DELETE FROM audit_event WHERE chain = 1", Broken(1, 1, "missing")),
    ("DELETE FROM audit_chain WHERE id = 1", Broken(1, 4, "missing")),
])  # fmt: skip
def test_tampering_is_found_and_named(sql: str, found: Broken) -> None:
    write(AYACUCHO)
    for number in range(3):
        write(number=number)
    tamper(sql)
    assert verify() == [found]
    assert verify(only={2}) == []


@pytest.mark.django_db
def test_an_altered_personal_value_is_found() -> None:
    write(personal={"phone": ("964", "965")}, subject="person:1")
    tamper("""UPDATE audit_personal_value SET after = '"999"'""")
    assert verify() == [Broken(1, 1, "altered")]


@pytest.mark.django_db
def test_personal_values_stand_beside_the_chain_and_can_be_forgotten() -> None:
    write(personal={"phone": (None, "964123456")}, subject="person:1")
    write(personal={"phone": (None, "999888777")}, subject="person:2")
    assert all("964123456" not in str(event.entry()) for event in Event.objects.all())
    assert forget(by=HUANCAYO, subject="person:1") == 1
    assert list(PersonalValue.objects.values_list("after", flat=True)) == ["999888777"]
    assert verify() == []


@pytest.mark.django_db
def test_an_event_falls_with_its_transaction() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_two_writers_share_a_chain() -> None:
    failures: list[BaseException] = []

    def writer(action: Callable[[], object]) -> None:
        try:
            for _ in range(10):
                action()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=writer, args=(write,)) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert failures == []
    assert Chain.objects.get(pk=1).seq == 20
    assert verify() == []


@pytest.mark.django_db
def test_recording_is_cheap(assert_queries: Callable[..., object]) -> None:
    """Lock and read the head, insert the event, move the head."""
    write()
    with assert_queries(3):
        write()

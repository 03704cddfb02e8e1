"""Writing events. Called inside the action that they record, in its transaction."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yanapay.audit.models import Chain, Event, PersonalValue
from yanapay.audit.rules import Actor, link_hash, personal_digest, plain

Changes = Mapping[str, Any]
Pairs = Mapping[str, tuple[Any, Any]]
_WRITTEN = [field for field in Event._meta.concrete_fields if not field.primary_key]
_INSERT = (
    f"INSERT INTO {Event._meta.db_table} ({', '.join(str(field.column) for field in _WRITTEN)}) "  # noqa: S608  own names
    f"VALUES ({', '.join(['%s'] * len(_WRITTEN))}) RETURNING {Event._meta.pk.column}"
)


@transaction.atomic(savepoint=False)  # part of the action: without its event it must not stand
def record(
    *,
    by: Actor,
    action: str,
    object_type: str,
    object_id: object = "",
    changes: Changes | None = None,
    personal: Pairs | None = None,
    subject: str = "",
    reason: str = "",
) -> Event:
    """Append one event to the chain of the actor's centre and return it.

    The head of the chain stays locked until the transaction ends: record last, after the slow part.
    ``changes`` maps a field to ``[before, after]`` (or any JSON that tells what happened) and holds
    nothing personal. ``personal`` maps personal fields to ``(before, after)``; they are kept apart
    under ``subject`` ("person:12") and only their salted digests enter the chain.
    """
    salts = {field: secrets.token_hex(16) for field in personal or {}}
    event = _event(by, action, (object_type, object_id, changes or {}))
    event.reason = reason
    event.personal = {f: personal_digest(salts[f], *pair) for f, pair in (personal or {}).items()}
    _append(event.chain, [event])
    PersonalValue.objects.bulk_create([
        PersonalValue(
            event=event, subject=subject, field=f, before=plain(b), after=plain(a), salt=salts[f]
        )
        for f, (b, a) in (personal or {}).items()
    ])  # fmt: skip
    return event


@transaction.atomic(savepoint=False)
def record_each(*, by: Actor, action: str, objects: Iterable[tuple[str, object, Changes]]) -> None:
    """One event for each (object type, object id, changes), as ``record`` does, in few statements."""
    if events := [_event(by, action, told) for told in objects]:
        _append(by.centre_id or 0, events)


def _event(by: Actor, action: str, told: tuple[str, object, Changes]) -> Event:
    object_type, object_id, changes = told
    return Event(
        chain=by.centre_id or 0, at=timezone.now(), actor_id=by.user_id, actor_name=by.user_name,
        centre_id=by.centre_id, centre_name=by.centre_name, action=action, object_type=object_type,
        object_id=str(object_id), changes=plain(changes),
    )  # fmt: skip


def _append(chain: int, events: list[Event]) -> None:
    """Plain SQL for the head: it is read and written with every event of the installation."""
    seq, last = _head(chain) or _first_link(chain)
    for event in events:
        event.seq, event.previous = seq + 1, last
        event.hash = link_hash(last, event.entry())
        seq, last = event.seq, event.hash
    if len(events) == 1:
        _insert(events[0])
    else:
        Event.objects.bulk_create(events)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_chain SET seq = %s, hash = %s WHERE id = %s", (seq, last, chain)
        )


def _insert(event: Event) -> None:
    """In plain SQL too: composing it anew each time cost as much as everything else that an event needs."""
    values = [f.get_db_prep_save(getattr(event, f.attname), connection) for f in _WRITTEN]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        (event.pk,) = cursor.fetchone()


def _head(chain: int) -> tuple[int, str] | None:
    """Number and hash of the last link, locked until the transaction ends."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT seq, hash FROM audit_chain WHERE id = %s{lock}", [chain])  # noqa: S608
        found: tuple[int, str] | None = cursor.fetchone()
    return found


def _first_link(chain: int) -> tuple[int, str]:
    """Two first writers may meet here: one creates the head, both then wait for its lock."""
    head, _ = Chain.objects.get_or_create(pk=chain)
    return _head(chain) or (head.seq, head.hash)


@transaction.atomic
def forget(*, by: Actor, subject: str) -> int:
    """Remove every personal value kept about a subject, say how many; the chain still verifies."""
    count, _ = PersonalValue.objects.filter(subject=subject).delete()
    record(by=by, action="audit.forgotten", object_type="audit", changes={"values": count})
    return count

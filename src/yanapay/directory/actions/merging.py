"""Making two records of one organisation, or of one person, one; and undoing it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.following import announce
from yanapay.base.relations import move, move_back
from yanapay.directory.choices import Status
from yanapay.directory.models import (
    Merge,
    Organisation,
    Person,
    PersonAccount,
    PersonMerge,
    Tally,
)
from yanapay.directory.queries.merging import (
    MergePlan,
    Relation,
    incoming,
    plan_merge,
    relation_title,
)
from yanapay.directory.rules import personal
from yanapay.kernel.changes import compare, plain
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message

R = TypeVar("R", Organisation, Person)
GONE = Message("One of the two records is no longer there: it was merged or removed.").template


@transaction.atomic
def merge_organisations(
    *, by: Actor, keep: Organisation, drop: Organisation, on: date, take: Collection[str] | None = None
) -> Merge:  # fmt: skip
    """Move everything from ``drop`` to ``keep``; the dropped record stays as a signpost to the kept one.

    ``take`` names the fields that survive from the dropped record; without it, those that are empty in the
    kept one. ``on`` is the day of the merge. Raises RuleBroken when either is merged already or a relation
    cannot be moved.
    """
    keep, drop = _two_live(Organisation.objects.live(), keep.pk, drop.pk)
    merge = Merge(keep=keep, drop=drop, merged_by_name=by.user_name)
    signpost = {"status": Status.MERGED, "status_on": on, "status_reason": "", "merged_into": keep}
    _carry_out(merge, plan_merge(keep, drop, take), signpost)
    changes = compare(merge.before["keep"], merge.survivors, personal.ORGANISATION)
    record(by=by, action="directory.merged", object_type="organisation", object_id=keep.pk,
           changes={"merge": merge.pk, "dropped": drop.pk, "moved": _counts(merge), **changes.public},
           personal=changes.personal, subject=f"organisation:{keep.pk}")  # fmt: skip
    announce("organisation_merged", by=by, merge=merge)
    return merge


@transaction.atomic
def merge_persons(
    *, by: Actor, keep: Person, drop: Person, take: Collection[str] | None = None
) -> PersonMerge:
    """The same for two records of one person. Refused while both sign in with an account of their own."""
    keep, drop = _two_live(Person.objects.live().filter(erased_at=None), keep.pk, drop.pk)
    if PersonAccount.objects.filter(person__in=[keep, drop]).count() == 2:
        raise RuleBroken(
            "Both sign in here with an account of their own. An administrator ends one of them first."
        )
    merge = PersonMerge(keep=keep, drop=drop, merged_by_name=by.user_name)
    _carry_out(merge, plan_merge(keep, drop, take), {"merged_into": keep})
    changes = compare(merge.before["keep"], merge.survivors, personal.PERSON)
    record(by=by, action="directory.person_merged", object_type="person", object_id=keep.pk,
           changes={"merge": merge.pk, "dropped": drop.pk, "moved": _counts(merge)},
           personal=changes.personal, subject=f"person:{keep.pk}")  # fmt: skip
    return merge


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge) -> Merge:
    """Put both records back as they were; what was added to the kept one since stays with it.

    Raises RuleBroken when something that the merge moved or changed has been changed since, or when a
    newer merge stands on this one.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    keep, drop = _lock(Organisation.objects.all(), merge.keep_id, merge.drop_id)
    _take_back(merge, keep, drop)
    changes = compare(merge.survivors, merge.before["keep"], personal.ORGANISATION)
    record(by=by, action="directory.merge_undone", object_type="organisation", object_id=keep.pk,
           changes={"merge": merge.pk, "restored": drop.pk, **changes.public},
           personal=changes.personal, subject=f"organisation:{keep.pk}")  # fmt: skip
    announce("merge_undone", by=by, merge=merge)
    return merge


@transaction.atomic
def undo_person_merge(*, by: Actor, merge: PersonMerge) -> PersonMerge:
    """The same for people."""
    merge = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    keep, drop = _lock(Person.objects.all(), merge.keep_id, merge.drop_id)
    _take_back(merge, keep, drop)
    changes = compare(merge.survivors, merge.before["keep"], personal.PERSON)
    record(by=by, action="directory.person_merge_undone", object_type="person", object_id=keep.pk,
           changes={"merge": merge.pk, "restored": drop.pk},
           personal=changes.personal, subject=f"person:{keep.pk}")  # fmt: skip
    return merge


def _carry_out(
    merge: Merge | PersonMerge, plan: "MergePlan[R]", signpost: Mapping[str, Any]
) -> None:
    """Move the rows, turn the dropped record into a signpost, write the survivors into the kept one."""
    merge.before = {
        "keep": {name: plain(getattr(plan.keep, name)) for name in plan.values},
        "drop": {name: plain(getattr(plan.drop, name)) for name in signpost},
    }
    merge.survivors = {name: plain(value) for name, value in plan.values.items()}
    merge.moved = {relation.label: _move(relation, plan.keep) for relation in plan.relations}
    values = plan.values
    _write(plan.drop, signpost)  # first: a unique document leaves the one before the other takes it
    _write(plan.keep, values)
    merge.save()


def _take_back(merge: Merge | PersonMerge, keep: Any, drop: Any) -> None:
    _refuse_outdated(merge, keep, drop)
    for link in incoming(type(keep)):
        if rows := merge.moved.get(f"{link.model._meta.label}.{link.name}"):
            try:
                move_back(link, rows, keep, drop)
            except IntegrityError as error:
                raise RuleBroken(
                    "This merge cannot be undone: {relation} were changed since.",
                    relation=relation_title(link),
                ) from error
    _write(keep, merge.before["keep"])
    _write(drop, merge.before["drop"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])


def _lock(rows: "models.QuerySet[R]", *keys: int) -> list[R]:
    """The records in the order asked for, locked in one order so that two merges never wait for each other."""
    found = {row.pk: row for row in rows.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [found[key] for key in keys]


def _two_live(live: "models.QuerySet[R]", keep: int, drop: int) -> list[R]:
    if keep == drop:
        raise RuleBroken("Choose two different records.")
    if set(live.filter(pk__in=[keep, drop]).values_list("pk", flat=True)) != {keep, drop}:
        raise RuleBroken(GONE)
    return _lock(live.model._default_manager.all(), keep, drop)


def _move(relation: Relation, keep: Organisation | Person) -> dict[str, Any]:
    try:
        return move(relation.field, relation.moving, relation.set_aside, keep)
    except IntegrityError as error:
        raise RuleBroken(
            "These records cannot be merged: {relation} cannot be moved.", relation=relation.title
        ) from error


def _counts(merge: Merge | PersonMerge) -> dict[str, int]:
    return {label: len(rows["moved"]) for label, rows in merge.moved.items()}


def _write(row: Organisation | Person, values: Mapping[str, Any]) -> None:
    """Save fields, given as values or as their JSON, with all that is computed from them and the tally."""
    _count(row, -1)
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(plain(value)))  # type: ignore[union-attr]
    row.keep_searchable()
    row.version += 1
    row.save()
    _count(row, +1)


def _count(row: Organisation | Person, n: int) -> None:
    """Lists of people are not counted by a tally."""
    if isinstance(row, Organisation):
        Tally.note(row, n)


def _refuse_outdated(merge: Merge | PersonMerge, keep: Any, drop: Any) -> None:
    if merge.undone_at:
        raise RuleBroken("This merge was already undone.")
    if not merge.before:
        raise RuleBroken(
            "This merge cannot be undone: what it changed was erased with personal data."
        )
    if keep.merged_into_id:
        raise RuleBroken(
            "«{name}» was merged into another record since. Undo that first.", name=keep.name
        )
    if drop.merged_into_id != keep.pk:
        raise RuleBroken("«{name}» is no longer merged into this record.", name=drop.name)
    later = type(merge)._default_manager.filter(keep=keep, undone_at=None, pk__gt=merge.pk)
    if newer := later.order_by("-pk").first():
        raise RuleBroken(
            "Another record was merged into «{name}» since. Undo merge {number} first.",
            name=keep.name, number=newer.pk,
        )  # fmt: skip
    edited = [n for n, v in merge.survivors.items() if plain(getattr(keep, n)) != v]
    if edited:
        raise RuleBroken(
            "This merge cannot be undone: these fields were changed since: {fields}.",
            fields=", ".join(str(keep._meta.get_field(n).verbose_name) for n in edited),
        )

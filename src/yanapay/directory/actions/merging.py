"""Making two records of one organisation one, and undoing it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, router, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.choices import Status
from yanapay.directory.models import Merge, Organisation, Tally
from yanapay.directory.queries.merging import Relation, incoming, plan_merge, relation_title
from yanapay.directory.rules.personal import ORGANISATION as PERSONAL
from yanapay.kernel.changes import compare, plain
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import distinct_words, fold

STATUS = ("status", "status_on", "status_reason", "merged_into")
SORT = ("centre_id", "kind", "status", "area_id")


@transaction.atomic
def merge_organisations(
    *, by: Actor, keep: Organisation, drop: Organisation, on: date, take: Collection[str] | None = None
) -> Merge:  # fmt: skip
    """Move everything from ``drop`` to ``keep``; the dropped record stays as a signpost to the kept one.

    ``take`` names the fields that survive from the dropped record; without it, those that are empty in the
    kept one. ``on`` is the day of the merge. Raises RuleBroken when either is merged already or a relation
    cannot be moved.
    """
    keep, drop = _two_live(keep.pk, drop.pk)
    plan = plan_merge(keep, drop, take)
    merge = Merge(keep=keep, drop=drop, merged_by_name=by.user_name)
    merge.before = {
        "keep": {name: plain(getattr(keep, name)) for name in plan.values},
        "drop": {name: plain(getattr(drop, name)) for name in STATUS},
    }
    merge.survivors = {name: plain(value) for name, value in plan.values.items()}
    changes = compare(merge.before["keep"], merge.survivors, PERSONAL)
    merge.moved = {relation.label: _move(relation, keep) for relation in plan.relations}
    _write(keep, plan.values)
    _write(
        drop, {"status": Status.MERGED, "status_on": on, "status_reason": "", "merged_into": keep}
    )
    merge.save()
    counts = {label: len(rows["moved"]) for label, rows in merge.moved.items()}
    record(by=by, action="directory.merged", object_type="organisation", object_id=keep.pk,
           changes={"merge": merge.pk, "dropped": drop.pk, "moved": counts, **changes.public},
           personal=changes.personal, subject=f"organisation:{keep.pk}")  # fmt: skip
    return merge


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge) -> Merge:
    """Put both records back as they were; what was added to the kept one since stays with it.

    Raises RuleBroken when something that the merge moved or changed has been changed since, or when a
    newer merge stands on this one.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    keep, drop = _lock(merge.keep_id, merge.drop_id)
    _refuse_outdated(merge, keep, drop)
    for field in incoming():
        rows = merge.moved.get(_label(field))
        if rows:
            _move_back(field, rows, keep, drop)
    _write(keep, merge.before["keep"])
    _write(drop, merge.before["drop"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    changes = compare(merge.survivors, merge.before["keep"], PERSONAL)
    record(by=by, action="directory.merge_undone", object_type="organisation", object_id=keep.pk,
           changes={"merge": merge.pk, "restored": drop.pk, **changes.public},
           personal=changes.personal, subject=f"organisation:{keep.pk}")  # fmt: skip
    return merge


def _lock(*keys: int) -> list[Organisation]:
    """The records in the order asked for, locked in one order so that two merges never wait for each other."""
    found = {
        organisation.pk: organisation
        for organisation in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }  # fmt: skip
    return [found[key] for key in keys]


def _two_live(keep: int, drop: int) -> list[Organisation]:
    if keep == drop:
        raise RuleBroken("Choose two different records.")
    live = set(Organisation.objects.live().filter(pk__in=[keep, drop]).values_list("pk", flat=True))
    if live != {keep, drop}:
        raise RuleBroken("One of the two records is no longer there: it was merged or removed.")
    return _lock(keep, drop)


def _move(relation: Relation, keep: Organisation) -> dict[str, Any]:
    """Move the rows of a relation and write down what undo needs: keys of the moved, the set aside whole."""
    written = serializers.serialize("python", relation.set_aside)
    keys = [row.pk for row in relation.moving]
    manager = relation.model._default_manager
    try:
        with transaction.atomic():
            _delete(relation.model, relation.set_aside)
            manager.filter(pk__in=keys).update(**{relation.field.name: keep})
    except (IntegrityError, ProtectedError, RestrictedError) as error:
        raise RuleBroken(
            "These records cannot be merged: {relation} cannot be moved.", relation=relation.title
        ) from error
    return {"moved": [plain(key) for key in keys], "set_aside": _json(written)}


def _delete(model: type[models.Model], rows: list[Any]) -> None:
    """Delete rows that nothing hangs on: what would go along with them could not be brought back."""
    collector = Collector(using=router.db_for_write(model))
    collector.collect(rows)
    if (
        len(collector.data.get(model, ())) != len(rows)
        or set(collector.data) - {model}
        or collector.field_updates
        or any(query.exists() for query in collector.fast_deletes)
    ):
        raise IntegrityError
    model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def _json(written: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**row, "fields": {name: plain(value) for name, value in row["fields"].items()}}
        for row in written
    ]


def _write(organisation: Organisation, values: Mapping[str, Any]) -> None:
    """Save fields, given as values or as their JSON, with all that is computed from them and the tally."""
    _tally(organisation, -1)
    for name, value in values.items():
        field = Organisation._meta.get_field(name)
        setattr(organisation, field.attname, field.to_python(plain(value)))  # type: ignore[union-attr]
    names = [organisation.name, organisation.trade_name, organisation.acronym]
    organisation.name_key = fold(organisation.name)[:300]
    organisation.search_text = distinct_words(names)
    organisation.version += 1
    organisation.save()
    _tally(organisation, +1)


def _tally(organisation: Organisation, n: int) -> None:
    Tally.objects.create(n=n, **{field: getattr(organisation, field) for field in SORT})


def _refuse_outdated(merge: Merge, keep: Organisation, drop: Organisation) -> None:
    if merge.undone_at:
        raise RuleBroken("This merge was already undone.")
    if keep.status == Status.MERGED:
        raise RuleBroken(
            "«{name}» was merged into another record since. Undo that first.", name=keep.name
        )
    if drop.merged_into_id != keep.pk:
        raise RuleBroken("«{name}» is no longer merged into this record.", name=drop.name)
    newer = Merge.objects.filter(keep=keep, undone_at=None, pk__gt=merge.pk).order_by("-pk").first()
    if newer:
        raise RuleBroken(
            "Another record was merged into «{name}» since. Undo merge {number} first.",
            name=keep.name, number=newer.pk,
        )  # fmt: skip
    edited = [n for n, v in merge.survivors.items() if plain(getattr(keep, n)) != v]
    if edited:
        raise RuleBroken(
            "This merge cannot be undone: these fields were changed since: {fields}.",
            fields=", ".join(str(Organisation._meta.get_field(n).verbose_name) for n in edited),  # type: ignore[union-attr]
        )


def _move_back(
    field: models.ForeignKey[Any, Any], rows: Mapping[str, Any], keep: Organisation, drop: Organisation
) -> None:  # fmt: skip
    moved = field.model._default_manager.filter(pk__in=rows["moved"], **{field.name: keep})
    try:
        with transaction.atomic():
            found = moved.update(**{field.name: drop})
            for restored in serializers.deserialize("python", rows["set_aside"]):
                restored.save(force_insert=True)
    except IntegrityError as error:
        raise _changed_since(field) from error
    if found != len(rows["moved"]):
        raise _changed_since(field)


def _changed_since(field: models.ForeignKey[Any, Any]) -> RuleBroken:
    return RuleBroken(
        "This merge cannot be undone: {relation} were changed since.",
        relation=relation_title(field),
    )


def _label(field: models.ForeignKey[Any, Any]) -> str:
    return f"{field.model._meta.label}.{field.name}"

"""Rows that point to a record: finding all of them, moving them to another record, and moving them back.

Rows of upper domains are found too: the models are asked, nobody keeps a list. A model says
``stays_on_merge = True`` when its rows tell about the record itself, and ``same_on_merge = (fields,
condition)`` when two of its rows say the same although no constraint forbids them.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from django.core import serializers
from django.db import IntegrityError, models, router, transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.db.models.deletion import Collector

from yanapay.kernel.changes import plain

Link = models.ForeignKey[Any, Any]


def incoming(
    model: type[models.Model], staying: Collection[type[models.Model]] = ()
) -> Iterator[Link]:
    """Every foreign key of the installation to a model, but for those of models that stay."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        pointing = relation.related_model
        if pointing not in staying and not getattr(pointing, "stays_on_merge", False):
            yield cast("Link", relation.field)  # type: ignore[union-attr]


def split_rows(link: Link, keep: Any, drop: Any) -> tuple[list[Any], list[Any]]:
    """The rows that point to ``drop``: those that can move to ``keep``, and those to set aside.

    A row is set aside when ``keep`` already has its equal, or when moving it would join ``keep`` to itself.
    """
    rows = list(link.model._default_manager.filter(**{link.name: drop}).order_by("pk"))
    aside = _joining_itself(link, rows, keep) | _already_there(link, keep, drop)
    return [row for row in rows if row.pk not in aside], [row for row in rows if row.pk in aside]


def move(link: Link, moving: list[Any], set_aside: list[Any], keep: Any) -> dict[str, Any]:
    """Move rows and write down what the way back needs: keys of the moved, the set aside whole.

    Raises IntegrityError when the database, or what hangs on a row to set aside, forbids it.
    """
    written = serializers.serialize("python", set_aside)
    keys = [row.pk for row in moving]
    try:
        with transaction.atomic():
            _delete(link.model, set_aside)
            link.model._default_manager.filter(pk__in=keys).update(**{link.name: keep})
    except (ProtectedError, RestrictedError) as error:
        raise IntegrityError from error
    return {"moved": [plain(key) for key in keys], "set_aside": [_as_json(row) for row in written]}


def move_back(link: Link, rows: Mapping[str, Any], keep: Any, drop: Any) -> None:
    """The reverse of :func:`move`. Raises IntegrityError when a moved row is no longer there to go back."""
    moved = link.model._default_manager.filter(pk__in=rows["moved"], **{link.name: keep})
    with transaction.atomic():
        if moved.update(**{link.name: drop}) != len(rows["moved"]):
            raise IntegrityError
        for restored in serializers.deserialize("python", rows["set_aside"]):
            restored.save(force_insert=True)


def _joining_itself(link: Link, rows: list[Any], keep: Any) -> set[Any]:
    """Rows whose other end is the kept record: a member of itself would remain."""
    others = [
        other
        for other in link.model._meta.concrete_fields
        if other.related_model is link.related_model and other is not link
    ]
    return {row.pk for row in rows for other in others if getattr(row, other.attname) == keep.pk}


def _already_there(link: Link, keep: Any, drop: Any) -> set[Any]:
    """Rows of the dropped record that would break a uniqueness because the kept one has their equal."""
    found: set[Any] = set()
    for names, condition in _uniqueness(link):
        rows = link.model._default_manager.filter(condition)
        held = set(rows.filter(**{link.name: keep}).values_list(*names)) if names else {()}
        if names:
            mine = rows.filter(**{link.name: drop}).values_list("pk", *names)
            found |= {pk for pk, *values in mine if tuple(values) in held and None not in values}
        elif rows.filter(**{link.name: keep}).exists():
            found |= set(rows.filter(**{link.name: drop}).values_list("pk", flat=True))
    return found


def _uniqueness(link: Link) -> Iterator[tuple[list[str], Q]]:
    """The other fields of each uniqueness that the foreign key is part of, with its condition."""
    meta = link.model._meta
    declared = [(list(together), Q()) for together in meta.unique_together]
    declared += [
        (list(constraint.fields), constraint.condition or Q())
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    if same := getattr(link.model, "same_on_merge", None):
        declared.append(same)
    if link.unique:
        yield [], Q()
    for names, condition in declared:
        if link.name in names:
            yield [name for name in names if name != link.name], condition


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


def _as_json(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "fields": {name: plain(value) for name, value in row["fields"].items()}}

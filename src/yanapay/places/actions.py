"""Loading the reference data that ships with the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils.text import slugify

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.text import fold
from yanapay.places import queries
from yanapay.places.choices import ActivityLevel, Level
from yanapay.places.models import (
    ActivityCode,
    ActivityMatch,
    Area,
    AreaGroup,
    AreaGroupMember,
    AreaScheme,
)  # fmt: skip
from yanapay.places.rules import reference

Row = dict[str, Any]
Key = tuple[Any, ...]


class Counts(NamedTuple):
    """Rows made, rows that had to be mended, rows that stood as they should."""

    created: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def load_reference(*, by: Actor) -> Counts:
    """Bring areas, schemes and activity codes to the shipped edition. Twice changes nothing."""
    load = _Load()
    _areas(load)
    _schemes(load)
    _activities(load)
    counts = Counts(load.created, load.changed, load.same)
    if counts.created or counts.changed:
        record(
            by=by, action="places.reference_loaded", object_type="places",
            object_id=reference.INEI, changes=counts._asdict(),
        )  # fmt: skip
    queries.forget()
    return counts


@dataclass
class _Load:
    """One run of the loader and what it did so far."""

    created: int = 0
    changed: int = 0
    same: int = 0

    def upsert(
        self, table: "models.Manager[Any]", key: Sequence[str], rows: list[Row]
    ) -> dict[Key, int]:
        """Write only the rows that differ. Returns the primary key of each row by its ``key``."""
        stored = {_key(one, key): one for one in table.all()}
        new, changed = [], []
        for row in rows:
            one = stored.get(tuple(row[name] for name in key))
            if one is None:
                new.append(table.model(**row))
            elif _mend(one, row):
                changed.append(one)
        stored |= {_key(one, key): one for one in table.bulk_create(new, batch_size=500)}
        if changed:
            table.bulk_update(changed, list(rows[0]), batch_size=100)
        self.created += len(new)
        self.changed += len(changed)
        self.same += len(rows) - len(new) - len(changed)
        return {found: one.pk for found, one in stored.items()}


def _key(one: models.Model, key: Sequence[str]) -> Key:
    return tuple(getattr(one, name) for name in key)


def _mend(one: models.Model, row: Row) -> bool:
    """Whether the stored row differs; if so it now carries the new values."""
    differs = {name: value for name, value in row.items() if getattr(one, name) != value}
    for name, value in differs.items():
        setattr(one, name, value)
    return bool(differs)


def _areas(load: _Load) -> None:
    ids: dict[Key, int] = {}
    paths: dict[str, str] = {}
    for level in Level.values:
        rows = []
        for found in (row for row in reference.areas() if row.level == level):
            row = found._asdict()
            parent = row.pop("parent")
            paths[found.code] = f"{paths[parent]}/{found.code}" if parent else found.code
            row |= {"name_key": fold(found.name), "path": paths[found.code]}
            rows.append(row | {"parent_id": ids.get((parent,))})
        ids = load.upsert(Area.objects, ["code"], rows)


def _schemes(load: _Load) -> None:
    areas = dict(Area.objects.values_list("code", "pk"))
    schemes = reference.schemes()
    rows = [{"code": s.code, "name": s.name, "source": s.source, "year": s.year} for s in schemes]
    ids = load.upsert(AreaScheme.objects, ["code"], rows)
    wanted = [
        ({"scheme_id": ids[(scheme.code,)], "code": slugify(name), "name": name}, codes)
        for scheme in schemes
        for name, codes in scheme.groups.items()
    ]
    groups = load.upsert(AreaGroup.objects, ["scheme_id", "code"], [group for group, _ in wanted])
    members = [
        {"group_id": groups[group["scheme_id"], group["code"]], "area_id": areas[code]}
        for group, codes in wanted
        for code in codes
    ]
    load.upsert(AreaGroupMember.objects, ["group_id", "area_id"], members)


def _activities(load: _Load) -> None:
    ids: dict[Key, int] = {}
    for level in ActivityLevel.values:
        rows = []
        for found in (row for row in reference.activities() if row.level == level):
            row = found._asdict()
            rows.append(row | {"parent_id": ids.get((found.revision, row.pop("parent")))})
        ids = load.upsert(ActivityCode.objects, ["revision", "code"], rows)
    matches = [
        {"rev3_id": ids["3", rev3], "rev4_id": ids["4", rev4], "one_to_one": one_to_one}
        for rev3, rev4, one_to_one in reference.matches()
    ]
    load.upsert(ActivityMatch.objects, ["rev3_id", "rev4_id"], matches)

"""Organisations as they stand in the directory, and what a row would change about them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yanapay.directory.choices import Status
from yanapay.directory.exchange.checks import FIGURES
from yanapay.directory.models import (
    CodedAttribute,
    Identifier,
    Observation,
    Organisation,
    OrganisationActivity,
    OrganisationArea,
    PersonRoleRecord,
    Provenance,
)  # fmt: skip
from yanapay.kernel.text import fold

#: Field of the organisation → column of the file's row.
FIELDS = {
    "name": "name", "trade_name": "trade_name", "acronym": "acronym", "kind": "kind",
    "legal_form": "legal_form", "country": "country", "area_id": "area_id", "address": "address",
    "latitude": "latitude", "longitude": "longitude", "phone": "public_phone", "email": "public_email",
    "website": "website", "private_phone": "phone", "private_email": "email",
    "start_date": "start_date", "start_year": "start_year",
}  # fmt: skip
_ASKED_AT_ONCE = 900  # SQLite of older builds takes 999 parameters

Row = Mapping[str, Any]


@dataclass
class Current:
    """What is known of an organisation, as far as a file can speak of it."""

    pk: int
    centre_id: int
    version: int
    status: str
    merged_into: int | None
    values: dict[str, Any]
    imported_version: int | None = None
    digest: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    tax_ids: set[tuple[str, str, str]] = field(default_factory=set)
    areas: set[int] = field(default_factory=set)
    activities: set[int] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    observations: dict[str, dict[str, Any]] = field(default_factory=dict)
    owners: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_edited(self) -> bool:
        """Whether a person has edited (or made) the record since a file last spoke of it."""
        return self.imported_version is None or self.version > self.imported_version

    @property
    def is_merged(self) -> bool:
        return self.status == Status.MERGED


def in_parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """The keys in lists short enough for one query."""
    ordered = list(keys)
    for start in range(0, len(ordered), _ASKED_AT_ONCE):
        yield ordered[start : start + _ASKED_AT_ONCE]


def load_current(ids: Iterable[int]) -> dict[int, Current]:
    """The organisations with these ids, with all that hangs on them."""
    found: dict[int, Current] = {}
    for part in in_parts(set(ids)):
        rows = Organisation.objects.filter(pk__in=part).values_list(
            "pk", "centre_id", "version", "status", "merged_into_id", *FIELDS
        )
        for row in rows:
            values = dict(zip(FIELDS, map(_plain, row[5:]), strict=True))
            pk, centre, version, status, merged_into = row[:5]
            found[pk] = Current(pk, centre, version, status, merged_into, values)
        _add_lists(part, found)
        _add_observations(part, found)
        _add_owners(part, found)
    return found


def _add_lists(part: Sequence[int], found: dict[int, Current]) -> None:
    provenance = Provenance.objects.filter(pk__in=part)
    for pk, version, digest, extra in provenance.values_list("pk", "version", "digest", "extra"):
        one = found[pk]
        one.imported_version, one.digest, one.extra = version, digest, extra or {}
    here = {"organisation__in": part}
    for pk, *tax_id in Identifier.objects.filter(**here).values_list(
        "organisation", "country", "type", "number"
    ):
        found[pk].tax_ids.add((tax_id[0], tax_id[1], tax_id[2]))
    for pk, area in OrganisationArea.objects.filter(**here).values_list("organisation", "area"):
        found[pk].areas.add(area)
    for pk, activity in OrganisationActivity.objects.filter(**here).values_list(
        "organisation", "activity"
    ):
        found[pk].activities.add(activity)
    for pk, *pair in CodedAttribute.objects.filter(**here).values_list(
        "organisation", "vocabulary", "code"
    ):
        found[pk].attributes.add((pair[0], pair[1]))


def _add_observations(part: Sequence[int], found: dict[int, Current]) -> None:
    standing = (
        Observation.objects.standing().filter(organisation__in=part).order_by("observed_on", "pk")
    )
    for row in standing.values("organisation", "observed_on", "pk", "currency", *FIGURES):
        day = row["observed_on"].isoformat()
        found[row["organisation"]].observations[day] = row


def _add_owners(part: Sequence[int], found: dict[int, Current]) -> None:
    roles = PersonRoleRecord.objects.filter(organisation__in=part, role="owner", until=None)
    names = {
        "organisation": "organisation",
        "name": "person__name",
        "document": "person__document_number",
    }
    for row in roles.values_list(*names.values()):
        found[row[0]].owners.append({"name": fold(row[1]), "document": row[2]})


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@dataclass
class Difference:
    """What a row says otherwise: ``before`` and ``after`` by field. Lists hold only what would be added."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.after)

    def note(self, name: str, before: Any, after: Any) -> None:
        self.before[name], self.after[name] = before, after


def difference(current: Current, row: Row) -> Difference:
    """What the row would change. An empty cell says nothing: it never removes what is known."""
    found = Difference()
    for name, column in FIELDS.items():
        said = row.get(column)
        if said not in (None, "") and said != current.values[name]:
            found.note(name, current.values[name], said)
    _compare_lists(current, row, found)
    _compare_figures(current, row, found)
    _compare_owner(current, row, found)
    return found


def _compare_lists(current: Current, row: Row, found: Difference) -> None:
    tax_id = row.get("tax_id")
    if tax_id and tuple(tax_id[:3]) not in current.tax_ids:
        found.note("tax_id", sorted(map(list, current.tax_ids)), list(tax_id))
    main = {row.get("area_id"), current.values["area_id"]}
    if areas := [area for area in row.get("areas") or () if area not in current.areas | main]:
        found.note("areas", sorted(current.areas), areas)
    activity = row.get("activity")
    if activity and activity not in current.activities:
        found.note("activities", sorted(current.activities), [activity])
    if missing := [pair for pair in row.get("attributes") or () if pair not in current.attributes]:
        found.note(
            "attributes", sorted(map(list, current.attributes)), [list(pair) for pair in missing]
        )
    extra = json.loads(row.get("extra") or "{}")
    if any(current.extra.get(name) != value for name, value in extra.items()):
        found.note("extra", current.extra, {**current.extra, **extra})


def _compare_figures(current: Current, row: Row, found: Difference) -> None:
    said = {name: row[name] for name in FIGURES if row.get(name) is not None}
    if not said:
        return
    if "annual_sales" in said:
        said["currency"] = row["currency"]
    day = row.get("observed_on")
    same_day = current.observations.get(day) if day else None
    known = same_day or (
        list(current.observations.values())[-1] if current.observations and not day else {}
    )
    if all(known.get(name) == value for name, value in said.items()):
        return
    before = {
        name: known[name]
        for name in (*FIGURES, "currency")
        if same_day and known[name] not in (None, "")
    }
    after = {**before, **said, "observed_on": day}
    if same_day:
        after["replaces"] = same_day["pk"]
    found.note("observation", before or None, after)


def _compare_owner(current: Current, row: Row, found: Difference) -> None:
    name = row.get("owner_name")
    if not name:
        return
    kind, number = row.get("owner_document") or ("", "")
    for owner in current.owners:
        if owner["name"] == fold(name) or (number and owner["document"] == number):
            return
    found.note("owner", [owner["name"] for owner in current.owners], {
        "name": name, "sex": row.get("owner_sex") or "", "document_type": kind, "document_number": number,
        "country": row["country"],
    })  # fmt: skip

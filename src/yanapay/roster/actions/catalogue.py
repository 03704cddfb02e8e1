"""The shipped data of the roster, and the catalogue of technologies as it grows."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import fold
from yanapay.roster.models import Requirement, Technology

DATA = Path(__file__).parents[1] / "data"
Row = dict[str, Any]


@transaction.atomic
def load_requirements(*, by: Actor) -> int:
    """Bring the requirements of accreditation to the shipped edition. Returns how many were written."""
    shipped = json.loads((DATA / "requirements.json").read_text("utf-8"))["requirements"]
    written = [_write_requirement(row) for row in map(_requirement, shipped)]
    if any(written):
        record(by=by, action="roster.requirements_loaded", object_type="roster",
               changes={"requirements": sum(written)})  # fmt: skip
    return sum(written)


@transaction.atomic
def load_technologies(*, by: Actor) -> int:
    """Add the published technologies that are not there yet. Returns how many were added."""
    with (DATA / "technologies.csv").open(encoding="utf-8", newline="") as file:
        rows = [_technology(row) for row in csv.DictReader(file)]
    known = set(Technology.objects.values_list("category", "name_key"))
    new = [
        Technology(**row) for row in rows if (row["category"], row["name_key"]) not in known
    ]  # fmt: skip
    Technology.objects.bulk_create(new)
    if new:
        record(by=by, action="roster.technologies_loaded", object_type="roster",
               changes={"technologies": len(new)})  # fmt: skip
    return len(new)


@transaction.atomic
def add_technology(
    *, by: Actor, category: str, name: str, name_en: str = "", action: str = "", note: str = ""
) -> Technology:
    """A technology that the catalogue lacks; one that is there under the same name is returned."""
    category, name = category.strip(), name.strip()
    if not category:
        raise RuleBroken("Say to which category it belongs.", field="category")
    if not fold(name):
        raise RuleBroken("Name the technology.", field="name")
    found, is_new = Technology.objects.get_or_create(
        category=category, name_key=fold(name),
        defaults={"name": name, "name_en": name_en, "action": action, "note": note,
                  "added_by_name": by.user_name},
    )  # fmt: skip
    if is_new:
        record(by=by, action="roster.technology_added", object_type="technology", object_id=found.pk,
               changes={"name": name, "category": category})  # fmt: skip
    return found


def _requirement(row: Row) -> Row:
    until = row.get("until")
    return {
        "code": row["code"], "kind": row["kind"], "label_es": row["label_es"], "label_en": row["label_en"],
        "is_mandatory": row.get("is_mandatory", True), "valid_months": row.get("valid_months"),
        "since": date.fromisoformat(row["since"]), "until": date.fromisoformat(until) if until else None,
    }  # fmt: skip


def _write_requirement(row: Row) -> bool:
    """Whether the stored requirement was missing or different."""
    if Requirement.objects.filter(**row).exists():
        return False
    Requirement.objects.update_or_create(code=row["code"], defaults=row)
    return True


def _technology(row: dict[str, str]) -> Row:
    return {**row, "name_key": fold(row["name"]), "is_published": True}

"""Loading the formats of this release."""

import json
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.quality.models import Format, FormatVersion


@transaction.atomic
def load_formats(*, by: Actor) -> list[str]:
    """Add the formats and versions that are new in this release ("F-SAT-01 v2"); twice adds nothing.

    A version that exists is never touched: documents were made with it.
    """
    shipped = json.loads(
        (resources.files("yanapay.quality") / "data/formats.json").read_text("utf-8")
    )
    added = [name for row in shipped for name in _load(row)]
    if added:
        record(
            by=by, action="quality.formats_loaded", object_type="format", changes={"codes": added}
        )
    return added


def _load(row: Mapping[str, Any]) -> list[str]:
    words = {name: row[name] for name in ("series", "title_es", "title_en")}
    form, _ = Format.objects.get_or_create(code=row["code"], defaults=words)
    added = []
    for version in row["versions"]:
        fields = {**version, "since": date.fromisoformat(version["since"])}
        number = fields.pop("number")
        _, is_new = FormatVersion.objects.get_or_create(format=form, number=number, defaults=fields)
        added += [f"{form.code} v{number}"] if is_new else []
    return added

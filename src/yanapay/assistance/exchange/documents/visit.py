"""Visit sheet: filled, or blank with the data of the case for use on paper (F-SAT-05)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.exchange.documents.action_plan import visitor
from yanapay.assistance.exchange.documents.wording import (
    Column,
    day,
    enterprise_signature,
    identity,
    signature,
    table,
)
from yanapay.assistance.models import Visit


def build(visit: Visit) -> dict[str, Any]:
    """What was planned and what was done; what is not known yet is a line to write on."""
    case = visit.case
    who = visitor(visit)
    return {
        "identity": identity(case),
        "is_blank": visit.done_on is None,
        "planned": [
            (gettext("Planned for"), day(visit.planned_on)),
            (gettext("Visitor"), who),
            (gettext("Purpose"), visit.purpose),
        ],
        "done": [
            (gettext("Date"), day(visit.done_on) if visit.done_on else ""),
            (gettext("Minutes"), _known(visit.minutes)),
            (gettext("Women present"), _known(visit.women)),
            (gettext("Men present"), _known(visit.men)),
        ],
        "notes_title": gettext("What was done"),
        "notes": visit.notes,
        "agreements_title": gettext("Agreements, with who and until when"),
        "agreements": visit.agreements,
        "files_title": gettext("Photographs and files"),
        "files": table(
            [Column(gettext("File"), 1), Column(gettext("Kept by"))],
            [(file.name, file.author_name) for file in visit.files.all()],
        ),
        "signatures": [
            signature("" if who == "—" else who, gettext("Visitor")),
            enterprise_signature(case),
        ],
    }


def _known(value: int | None) -> str:
    return "" if value is None else str(value)

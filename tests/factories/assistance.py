"""Cases, each made by the real action."""

from datetime import date
from typing import Any

from tests.factories.directory import BY, make_centre, make_organisation, make_user

from yanapay.accounts.models import User
from yanapay.assistance.actions.cases import open_case
from yanapay.assistance.models import Case
from yanapay.centres.models import Centre
from yanapay.directory.models import Organisation

OPENED = date(2026, 3, 2)


def make_case(
    organisation: Organisation | None = None, *, centre: Centre | None = None,
    responsible: User | None = None, on: date = OPENED, **fields: Any,
) -> Case:  # fmt: skip
    """A case in its first stage: the bread of Lácteos del Valle does not rise."""
    centre = centre or make_centre()
    about = {
        "title": "Menos merma en el horno",
        "line": "tecnico_productiva",
        "subsector": "panaderia",
    }
    return open_case(
        by=BY, centre=centre, organisation=organisation or make_organisation(centre=centre),
        responsible=responsible or make_user(centre=centre), on=on, origin="espontanea",
        fields={**about, **fields},
    )  # fmt: skip


def bring_to(case: Case, stage: int, on: date | None = None) -> Case:
    """Put a case into a stage without playing the earlier ones: for tests of that stage alone."""
    Case.objects.filter(pk=case.pk).update(stage=stage, stage_since=on or case.opened_on)
    case.refresh_from_db()
    return case

"""Specialists with their papers, each made by the real action."""

from datetime import date
from typing import Any

from tests.factories.directory import BY, TODAY, make_centre

from yanapay.centres.models import Centre
from yanapay.roster.actions.catalogue import load_requirements
from yanapay.roster.actions.credentials import add_credential
from yanapay.roster.actions.specialists import add_specialist
from yanapay.roster.models import Requirement, Specialist


def make_specialist(
    name: str = "Félix Ccori", centre: Centre | None = None, *, accredited: bool = True,
    kind: str = "specialist", **fields: Any,
) -> Specialist:  # fmt: skip
    """A person of the roster, every mandatory paper shown unless told otherwise."""
    specialist = add_specialist(
        by=BY, centre=centre or make_centre(), kind=kind, new_person={"name": name}, fields=fields
    )
    if accredited:
        show_papers(specialist)
    return specialist


def show_papers(specialist: Specialist, obtained_on: date = TODAY) -> None:
    """Every mandatory paper of the kind, seen on a day."""
    load_requirements(by=BY)
    for requirement in Requirement.objects.filter(kind=specialist.kind, is_mandatory=True):
        add_credential(
            by=BY, specialist=specialist, requirement=requirement, obtained_on=obtained_on,
            evidence="Constancia",
        )  # fmt: skip

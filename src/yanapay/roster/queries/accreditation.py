"""Whose papers are in order on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from yanapay.roster.models import Credential, Requirement, Specialist
from yanapay.roster.rules.accreditation import Demand, Paper, Standing, lacks, standings


def standings_by(specialists: Iterable[Specialist], on: date) -> dict[int, list[Standing]]:
    """Every requirement as each specialist meets it on the day, by their key. Two queries."""
    listed = list(specialists)
    demands: dict[str, list[Demand]] = defaultdict(list)
    for row in Requirement.objects.all():
        demands[row.kind].append(
            Demand(row.code, row.label, row.is_mandatory, row.since, row.until)
        )
    papers: dict[int, list[Paper]] = defaultdict(list)
    shown = Credential.objects.filter(specialist__in=[one.pk for one in listed])
    for key, code, obtained_on, expires_on in shown.values_list(
        "specialist_id", "requirement__code", "obtained_on", "expires_on"
    ):
        papers[key].append(Paper(code, obtained_on, expires_on))
    return {one.pk: standings(demands[one.kind], papers[one.pk], on) for one in listed}


def standings_of(specialist: Specialist, on: date) -> list[Standing]:
    """Every requirement as the specialist meets it on the day; what is missing comes first."""
    return standings_by([specialist], on)[specialist.pk]


def accredited(specialists: Iterable[Specialist], on: date) -> set[int]:
    """The keys of those who lack nothing mandatory."""
    return {key for key, found in standings_by(specialists, on).items() if not lacks(found)}

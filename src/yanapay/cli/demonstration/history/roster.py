"""About thirty fictitious specialists, their papers renewed year after year."""

import random
from datetime import date

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.names import owner_name
from yanapay.cli.demonstration.profile import SEED
from yanapay.directory.models import Organisation
from yanapay.places.models import Area
from yanapay.roster.actions.credentials import add_credential
from yanapay.roster.actions.knowledge import add_speciality, set_areas
from yanapay.roster.actions.specialists import add_specialist
from yanapay.roster.models import Requirement, Specialist, Technology

N = 30
MANDATORY = ("specialist-education", "specialist-experience", "specialist-method", "specialist-tax")
PROFESSIONS = (
    "Ingeniería de industrias alimentarias", "Técnica en panificación", "Administración de empresas",
    "Ingeniería química", "Técnica láctea", "Contabilidad", "Zootecnia", "Mercadotecnia",
)  # fmt: skip
TOPICS = ("informacion_tecnologica", "calidad", "informacion_gestion", "mercadeo", "equipos")


def specialists(
    by: Actor, centre: Centre, areas: dict[str, Area], years: range
) -> list[Specialist]:
    """Thirty entries with what they know and where they go; every seventh lacks a paper."""
    chance = random.Random(f"{SEED} {centre.code}")  # noqa: S311  a reproducible demo, not a secret
    technologies = list(Technology.objects.filter(is_published=True).order_by("pk"))
    needed = {found.code: found for found in Requirement.objects.filter(code__in=MANDATORY)}
    return [
        _specialist(by, centre, at, areas, technologies, needed, years, chance) for at in range(N)
    ]


def _specialist(
    by: Actor, centre: Centre, at: int, areas: dict[str, Area], technologies: list[Technology],
    needed: dict[str, Requirement], years: range, chance: random.Random,
) -> Specialist:  # fmt: skip
    sex = "f" if at % 2 else "m"
    found = add_specialist(
        by=by, centre=centre, kind="specialist",
        fields={"profession": PROFESSIONS[at % len(PROFESSIONS)], "day_rate": 9_000 + 500 * (at % 9),
                "languages": ["es", "qu"] if at % 3 == 0 else ["es"], "currency": centre.currency,
                "most_cases": 40},
        new_person={"name": owner_name(sex, chance), "sex": sex, "is_fictitious": True,
                    "phone": f"900 700 {at:03d}"},
    )  # fmt: skip
    add_speciality(by=by, specialist=found, topic=TOPICS[at % len(TOPICS)], years=3 + at % 12)
    for technology in chance.sample(technologies, 3):
        add_speciality(by=by, specialist=found, topic=TOPICS[0], technology=technology)
    set_areas(by=by, specialist=found, areas=[areas["Lima" if at < N * 2 // 3 else "Huancayo"]])
    _papers(by, found, needed, years, lacks_one=at % 7 == 6)
    return found


def _papers(
    by: Actor, specialist: Specialist, needed: dict[str, Requirement], years: range, *, lacks_one: bool
) -> None:  # fmt: skip
    for code in MANDATORY[1 if lacks_one else 0 :]:
        months = needed[code].valid_months
        for year in years[:: max((months or 1200) // 12, 1)]:
            add_credential(by=by, specialist=specialist, requirement=needed[code], obtained_on=date(year, 1, 5),
                           evidence="documento ficticio de la demostración")  # fmt: skip


def suppliers(by: Actor, centre: Centre, firms: list[Organisation]) -> list[Specialist]:
    """Firms that sell equipment, inputs and packaging."""
    return [
        add_specialist(by=by, centre=centre, kind="supplier", organisation=firm,
                       fields={"profession": "Equipos y envases para alimentos"})
        for firm in firms
    ]  # fmt: skip

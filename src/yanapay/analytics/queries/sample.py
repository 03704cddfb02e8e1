"""The enterprises visited in the impact evaluation, with what the figures 7 to 14 ask of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from yanapay.analytics.queries.zones import NOWHERE, zone_names
from yanapay.assistance.choices import Round
from yanapay.assistance.models import Case, Evaluation
from yanapay.directory.choices import PersonRole
from yanapay.directory.models import PersonRoleRecord

COLUMNS = (
    "case__organisation", "case__organisation__area", "case__organisation__start_year",
    "case__organisation__start_date", "done_on", "answers",
    "observation__workers_women", "observation__workers_men",
    "observation__women_stable", "observation__men_stable",
    "observation__women_unstable", "observation__men_unstable",
)  # fmt: skip


@dataclass(frozen=True)
class Evaluated:
    """One evaluated enterprise; what was not answered is None, "" or 0."""

    zone_code: str
    zone: str
    year: int
    start_year: int | None
    sex: str
    education: str
    birth_year: int | None
    women: int
    men: int
    stable: int
    unstable: int
    has_brand: bool | None
    has_sanitary: bool | None


def evaluated(services: "QuerySet[Case]") -> list[Evaluated]:
    """One row per enterprise: its latest impact evaluation of a service among these, whenever made."""
    done = Evaluation.objects.filter(case__in=services.order_by().values("pk"), round=Round.IMPACT)
    rows = {
        row[0]: row for row in done.exclude(done_on=None).order_by("done_on").values_list(*COLUMNS)
    }
    owners, names = _owners(set(rows)), zone_names()
    return [_evaluated(row, owners.get(key, ("", "", None)), names) for key, row in rows.items()]


def _evaluated(
    row: tuple[Any, ...], owner: tuple[str, str, int | None], names: dict[int, Any]
) -> Evaluated:
    _, area, start_year, start_date, done_on, answers, *figures = row
    women, men, women_stable, men_stable, women_unstable, men_unstable = (n or 0 for n in figures)
    code, zone = names.get(area, (NOWHERE, "—"))
    return Evaluated(
        code, zone, done_on.year, start_year or (start_date.year if start_date else None), *owner,
        women=women, men=men, stable=women_stable + men_stable, unstable=women_unstable + men_unstable,
        has_brand=answers.get("has_brand"), has_sanitary=answers.get("has_sanitary"),
    )  # fmt: skip


def _owners(organisations: set[int]) -> dict[int, tuple[str, str, int | None]]:
    """Sex, education and year of birth of the first owner of each."""
    roles = PersonRoleRecord.objects.filter(organisation__in=organisations, role=PersonRole.OWNER)
    told = roles.order_by("-pk").values_list(
        "organisation", "person__sex", "person__education", "person__birth_year"
    )
    return {key: (sex, education, born) for key, sex, education, born in told}

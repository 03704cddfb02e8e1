"""The report ``cat``: the tables of the source, computed from the records of any centres and period."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from yanapay.analytics.queries.profile import Figure, figures
from yanapay.analytics.queries.sample import Evaluated, evaluated
from yanapay.analytics.queries.zones import Zone, zones
from yanapay.analytics.rules.distributions import Distribution, spread
from yanapay.assistance.choices import Line, Stage, Subsector
from yanapay.assistance.models import Case, Consultation
from yanapay.directory.choices import Kind
from yanapay.kernel.messages import Message
from yanapay.roster.choices import SpecialistKind, Topic
from yanapay.roster.models import Specialist

TOP_SUBSECTORS, TOP_TOPICS = 6, 4
NO_RECORDS = ("training", "credit")


@dataclass(frozen=True)
class Asked:
    """What a report is asked for. ``centres`` None means all; both days are included."""

    centres: Collection[int] | None
    start: date
    end: date

    def cut(self, found: "QuerySet[Any]") -> "QuerySet[Any]":
        return found if self.centres is None else found.filter(centre__in=self.centres)


@dataclass(frozen=True)
class Value:
    """One figure of the report with its definition."""

    key: str
    value: Any
    definition: Message


@dataclass(frozen=True)
class CatReport:
    """All of it. ``no_records`` names the services of which the installation keeps none yet."""

    asked: Asked
    values: list[Value]
    tables: dict[str, Distribution]
    zones: list[Zone]
    figures: list[Figure]
    no_records: tuple[str, ...] = field(default=NO_RECORDS)


def cat_report(asked: Asked) -> CatReport:
    """Compute the report. The caller has cut the centres to what the reader may see."""
    services, consultations = services_of(asked), consultations_of(asked)
    by_subsector = _counted(services, "subsector", Subsector.values)
    by_topic = _counted(consultations, "topic", Topic.values)
    places = zones(services)
    sample = evaluated(services)
    tables = {
        "lines": _counted(services, "line", Line.values),
        "subsectors": by_subsector,
        "topics": by_topic,
    }
    values = [
        *_services(services), *_by_zone(places),
        Value("ta.top_subsectors_6_3_2", _top(by_subsector, TOP_SUBSECTORS),
              Message("Subsectors by number of services, the most frequent first.")),
        Value("consultations.section", consultations.count(),
              Message("Consultations asked in the period.")),
        Value("consultations.top_topics", _top(by_topic, TOP_TOPICS),
              Message("Topics by number of consultations, the most frequent first.")),
        Value("consultants.number", _specialists(asked), Message("Specialists on the roster.")),
        *_users(services, consultations), *_sample_sizes(sample),
    ]  # fmt: skip
    return CatReport(asked, values, tables, places, figures(sample))


def services_of(asked: Asked) -> "QuerySet[Case]":
    """Services: cases opened in the period that came at least as far as execution."""
    cases = Case.objects.opened_between(asked.start, asked.end).filter(stage__gte=Stage.EXECUTION)
    return asked.cut(cases)


def consultations_of(asked: Asked) -> "QuerySet[Consultation]":
    return asked.cut(Consultation.objects.filter(asked_at__date__range=(asked.start, asked.end)))


def _services(services: "QuerySet[Case]") -> list[Value]:
    counted = services.aggregate(
        services=Count("pk"), firms=Count("organisation", distinct=True),
        promoters=Count("responsible", distinct=True),
    )  # fmt: skip
    return [
        Value("ta.services", counted["services"],
              Message("Cases opened in the period that came at least as far as execution.")),
        Value("ta.firms", counted["firms"], Message("Enterprises with such a service, each counted once.")),
        Value("ta.promoters", counted["promoters"], Message("People who answered for those services.")),
    ]  # fmt: skip


def _by_zone(places: list[Zone]) -> list[Value]:
    values = []
    for zone in places:
        name = {"zone": zone.name}
        values += [
            Value(f"cuadro2.asistencia_tecnica.{zone.code}.empresas", zone.enterprises,
                  Message("Enterprises served in {zone}, each counted once.", **name)),
            Value(f"cuadro2.asistencia_tecnica.{zone.code}.protoempresas", zone.prospective,
                  Message("Prospective enterprises served in {zone}, each counted once.", **name)),
        ]  # fmt: skip
    return values


def _users(services: "QuerySet[Case]", consultations: "QuerySet[Consultation]") -> list[Value]:
    """Enterprises once over both services, beside the sum that counts some twice."""
    with_service = set(services.values_list("organisation", flat=True).distinct())
    asking = consultations.exclude(organisation=None).exclude(organisation__kind=Kind.PROSPECTIVE)
    with_question = set(asking.values_list("organisation", flat=True).distinct())
    return [
        Value("users.once", len(with_service | with_question),
              Message("Enterprises with a service or a consultation, each counted once.")),
        Value("users.summed", len(with_service) + len(with_question),
              Message("The same added up by service: an enterprise with both counts twice.")),
    ]  # fmt: skip


def _sample_sizes(sample: list[Evaluated]) -> list[Value]:
    counted = Counter((one.zone_code, one.zone) for one in sample)
    return [
        Value(f"evaluation.sample_{code}", n,
              Message("Enterprises of {zone} visited in the impact evaluation.", zone=name))
        for (code, name), n in sorted(counted.items())
    ]  # fmt: skip


def _specialists(asked: Asked) -> int:
    return asked.cut(Specialist.objects.filter(kind=SpecialistKind.SPECIALIST)).count()


def _counted(found: "QuerySet[Any]", column: str, order: list[str]) -> Distribution:
    """Rows by a column, the most frequent first; codes nobody used are left out."""
    rows = dict(found.order_by().values_list(column).annotate(n=Count("pk")))
    missing = rows.pop("", 0)
    codes = sorted(rows, key=lambda code: (-rows[code], order.index(code)))
    return spread(((code, rows[code]) for code in codes), missing)


def _top(distribution: Distribution, n: int) -> list[str]:
    return [found.label for found in distribution.classes[:n]]

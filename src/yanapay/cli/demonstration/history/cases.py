"""The services of the history, each played through its six stages by the actions that the office uses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from yanapay.accounts.models import User
from yanapay.assistance.actions.cases import move_case, open_case, write_promotion
from yanapay.assistance.actions.diagnosis import write_diagnosis
from yanapay.assistance.actions.tasks import add_task
from yanapay.assistance.actions.team import answer_assignment, ask_specialist
from yanapay.assistance.actions.technologies import apply_technology
from yanapay.assistance.actions.tree import save_tree
from yanapay.assistance.actions.visits import record_visit, set_end
from yanapay.assistance.models import Assignment, Case
from yanapay.assistance.rules.tree.outline import Outline
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.history.dealing import Service
from yanapay.cli.demonstration.history.plans import accepted_plan, evaluated
from yanapay.directory.models import Organisation
from yanapay.roster.models import Specialist, Technology

WORK: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("work.json").read_text())
ORIGINS = ("campana", "feria", "curso", "referencia", "consulta", "espontanea")
ARRIVALS = {
    2: 0.02,
    3: 0.15,
    4: 0.33,
    5: 0.45,
    6: 1.0,
}  # when each stage begins, of the days of a service
KINDS = (("equipment",), ("skills",), ("skills", "organisation"), ("equipment", "skills"))


@dataclass
class Office:
    """The centre with all that a service needs."""

    centre: Centre
    promoters: Mapping[str, User]
    organisations: Mapping[int, Organisation]
    specialists: Sequence[Specialist]
    technologies: Mapping[str, Sequence[Technology]]
    visits: tuple[float, ...] = (0.55, 0.95)  # when they are made, of the days of a service
    cases: dict[int, Case] = field(default_factory=dict)  # the latest of each enterprise

    @property
    def accredited(self) -> list[Specialist]:
        """Those with all their papers: every seventh lacks one."""
        return [found for at, found in enumerate(self.specialists) if at % 7 != 6]

    def actor(self, zone: str) -> Actor:
        user = self.promoters[zone]
        return Actor(user.pk, user.signature, self.centre.pk, self.centre.name)


def play(office: Office, service: Service, until: int = 7, *, finished: bool = True) -> Case:
    """One service up to the stage ``until`` (7: closed). Each step is what a promoter would do that day.

    ``finished`` False leaves the work of the last stage to do.
    """
    by, work = office.actor(service.enterprise.zone), WORK[service.subsector]
    case = _promote(office, service, by, work)
    for stage, step in STEPS.items():
        if stage <= until:
            case = move_case(by=by, case=case, move="advance", on=service.day(ARRIVALS[stage]))
        if stage < until or (stage == until and finished):
            step(office, service, by, case, work)
    if until == 7:
        case = move_case(by=by, case=case, move="close", on=_evaluation_day(service))
    office.cases[service.enterprise.number] = case
    return case


def _promote(office: Office, service: Service, by: Actor, work: dict[str, Any]) -> Case:
    titles, is_managing = work["titles"], service.line == "gestion"
    about = {
        "title": titles[service.title % len(titles)], "line": service.line, "subsector": service.subsector,
        "topic": "informacion_gestion" if is_managing else "informacion_tecnologica",
    }  # fmt: skip
    origin = "seguimiento" if service.is_second else ORIGINS[service.number % len(ORIGINS)]
    case = open_case(
        by=by, centre=office.centre, organisation=office.organisations[service.enterprise.number],
        responsible=office.promoters[service.enterprise.zone], on=service.opened, fields=about,
        origin=origin, previous=office.cases.get(service.enterprise.number),
    )  # fmt: skip
    write_promotion(by=by, case=case, fields={
        "has_conflict": False, "contacted_on": service.opened, "expectations": work["central"],
    })  # fmt: skip
    return case


def _diagnose(
    office: Office, service: Service, by: Actor, case: Case, work: dict[str, Any]
) -> None:
    e, on = service.enterprise, service.day(0.1)
    scores = {f"{area}{n}": (service.number + n) % 3 for area in "pac" for n in range(1, 5)}
    figures = {
        "workers": e.women + e.men, "workers_women": e.women, "workers_men": e.men,
        "annual_sales": e.sales * 100, "currency": "PEN", "source": "diagnóstico (ficticio)",
    }  # fmt: skip
    write_diagnosis(by=by, case=case, on=on, answers=scores, figures=figures)
    first, *others = work["causes"]
    causes = [f"{first} *", *others[:-1], f"    {others[-1]} *"]
    outline = Outline(work["central"], "\n".join(causes), "\n".join(work["effects"]))
    save_tree(by=by, case=case, outline=outline)


def _propose(office: Office, service: Service, by: Actor, case: Case, work: dict[str, Any]) -> None:
    accepted_plan(
        by, case, work, on=service.day(0.2), ends=service.day(1), owner=service.enterprise.owner
    )


def _plan(office: Office, service: Service, by: Actor, case: Case, work: dict[str, Any]) -> None:
    helper = _helper(office, service, by, case) if service.number % 4 == 0 else None
    add_task(by=by, case=case, fields={
        "title": work["action"][:200], "doer": "specialist" if helper else "centre", "assignment": helper,
        "starts_on": service.day(0.4), "due_on": service.day(0.9), "deliverable": work["indicator"][0],
    })  # fmt: skip


def _helper(office: Office, service: Service, by: Actor, case: Case) -> Assignment | None:
    """A specialist of the roster, asked and willing; none when their papers are not in order that day."""
    free = office.accredited
    chosen = free[service.number % len(free)]
    asked = ask_specialist(by=by, case=case, specialist=chosen, task=WORK[service.subsector]["action"],
                           on=service.day(0.36))  # fmt: skip
    return answer_assignment(by=by, assignment=asked, accept=True, on=service.day(0.36))


def _execute(office: Office, service: Service, by: Actor, case: Case, work: dict[str, Any]) -> None:
    e = service.enterprise
    for part in office.visits:
        record_visit(by=by, case=case, fields={
            "done_on": service.day(part), "purpose": work["action"][:200],
            "minutes": 90 + 30 * (service.number % 4),
            "women": min(e.women, 4), "men": min(e.men, 4), "notes": work["action"],
            "visitor": office.promoters[e.zone],
        })  # fmt: skip
    known = office.technologies[service.subsector]
    apply_technology(by=by, case=case, technology=known[service.number % len(known)],
                     changes=KINDS[service.number % len(KINDS)], on=service.day(0.95))  # fmt: skip
    set_end(by=by, case=case, on=service.day(1))


def _evaluate(
    office: Office, service: Service, by: Actor, case: Case, work: dict[str, Any]
) -> None:
    evaluated(
        by, case, on=_evaluation_day(service), number=service.number, owner=service.enterprise.owner
    )


def _evaluation_day(service: Service) -> date:
    return service.day(1) + timedelta(days=30 + service.number % 30)


STEPS = {2: _diagnose, 3: _propose, 4: _plan, 5: _execute, 6: _evaluate}

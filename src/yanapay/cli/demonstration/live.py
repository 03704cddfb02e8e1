"""The live fictitious centre: about sixty open cases dated from today, so that home has work in it."""

import random
from collections.abc import Sequence
from datetime import date, time, timedelta

from yanapay.assistance.actions.team import ask_specialist
from yanapay.assistance.actions.visits import plan_visit
from yanapay.assistance.models import Case
from yanapay.audit.rules import Actor
from yanapay.cli.demonstration.history.cases import WORK, Office, play
from yanapay.cli.demonstration.history.dealing import Service
from yanapay.cli.demonstration.history.plans import offered_plan
from yanapay.cli.demonstration.names import name_of_today, owner_name
from yanapay.cli.demonstration.profile import ACTIVITIES, SEED, Enterprise

N = 60
FIRST_NUMBER = 1001
WITH_ACCOUNT = 1021  # a case whose offer waits for the entrepreneur
DISTRICTS = ("120101", "120114", "120107", "120125", "120119", "120130")
LINES = ("panaderia_pasteleria", "lacteos_sustitutos", "otros", "apicultura", "waffle_dulces_caramelos",
         "panaderia_pasteleria")  # fmt: skip
BRANCHES = ("panaderia", "lacteos", "frutas_hortalizas", "apicultura", "confiteria", "panaderia")
# stage → (cases whose work there is still to do, cases whose work is done and that wait for the next step)
STANDING = {1: (8, 2), 2: (7, 3), 3: (7, 3), 4: (7, 3), 5: (10, 2), 6: (8, 0)}
AGES = {1: 6, 2: 14, 3: 26, 4: 38, 5: 55, 6: 120}  # days since the opening


def enterprises(today: date) -> list[Enterprise]:
    """Sixty enterprises of Huancayo."""
    chance = random.Random(SEED + 6)  # noqa: S311  a reproducible demo, not a secret
    return [_enterprise(at, today, chance) for at in range(N)]


def _enterprise(at: int, today: date, chance: random.Random) -> Enterprise:
    line, sex = LINES[at % len(LINES)], "m" if at % 5 == 4 else "f"
    return Enterprise(
        number=FIRST_NUMBER + at, zone="Huancayo", name=name_of_today(line, at, chance),
        district=DISTRICTS[at % len(DISTRICTS)], activity=ACTIVITIES[line], women=1 + at % 4, men=at % 3,
        sales=chance.randrange(20_000, 120_000, 500), started=today.year - 2 - at % 14,
        seen_on=today - timedelta(days=150 + at), owner=owner_name(sex, chance), owner_sex=sex,
        education=("secundaria", "superior", "primaria")[at % 3], age=25 + at % 35, assets=None,
        equipment=2_000 + 150 * at, hours=48, stable=at % 3 > 0, has_brand=at % 3 == 0,
        has_sanitary=at % 2 == 0,
    )  # fmt: skip


def open_cases(office: Office, made: Sequence[Enterprise], today: date) -> list[Case]:
    """One case for each, spread over the stages; some waiting for others, some idle, some overdue."""
    found, at = [], 0
    for stage, (to_do, done) in STANDING.items():
        for place in range(to_do + done):
            service = _service(made[at], at, stage, place, today)
            finished = place >= to_do
            case = play(office, service, stage, finished=finished)
            if not finished:
                _leave_waiting(office, service, case, stage, place, today)
            found.append(case)
            at += 1
    return found


def _service(enterprise: Enterprise, at: int, stage: int, place: int, today: date) -> Service:
    opened = today - timedelta(days=AGES[stage] + 3 * place)
    days = AGES[stage] if stage < 6 else 70
    return Service(at + 1, enterprise, BRANCHES[at % len(BRANCHES)], "tecnico_productiva", at, opened,
                   days, is_second=False)  # fmt: skip


def _leave_waiting(
    office: Office, service: Service, case: Case, stage: int, place: int, today: date
) -> None:
    """What stands open: an offer, a question to a specialist, visits of these days."""
    by, work = office.actor("Huancayo"), WORK[service.subsector]
    if stage == 3 and place % 2 == 0:
        offered_plan(
            by, case, work, on=today - timedelta(days=3 + place), ends=today + timedelta(days=60)
        )
    if stage == 4 and place % 2 == 0:
        chosen = office.accredited[place]
        asked_on = today - timedelta(days=place % 4)
        ask_specialist(by=by, case=case, specialist=chosen, task=work["action"], on=asked_on)
    if stage in (2, 5):
        _visit(office, by, case, work["action"], today + timedelta(days=place - 2), place)


def _visit(office: Office, by: Actor, case: Case, purpose: str, on: date, place: int) -> None:
    plan_visit(by=by, case=case, fields={
        "planned_on": on, "planned_at": time(9 + place % 8, 30 * (place % 2)), "purpose": purpose[:200],
        "visitor": office.promoters["Huancayo"],
    })  # fmt: skip

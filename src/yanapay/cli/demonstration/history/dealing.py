"""The history of the fictitious CAT centre, dealt from one seed: 457 services, 686 consultations, 42 evaluated.

What the source prints is met exactly where it prints numbers (services, enterprises by zone, consultations,
the evaluated sample) and in its order where it prints orders (subsectors, topics). Everything else is drawn.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from yanapay.cli.demonstration.profile import SEED, Enterprise

T = TypeVar("T")
AT_ONCE = 20
START, LAST_OPENING, END = date(1999, 10, 4), date(2004, 3, 31), date(2004, 9, 30)
BRANCHES = {
    "1071": "panaderia", "1073": "confiteria", "1010": "carnicos", "1061": "molineria", "1050": "lacteos",
    "0149": "apicultura",
}  # fmt: skip
OTHERS = {"lacteos": 33, "frutas_hortalizas": 28, "licores": 18}  # of the 79 whose line is "otros"
SECOND_SERVICES = {
    "panaderia": 50, "lacteos": 23, "frutas_hortalizas": 14, "confiteria": 8, "apicultura": 6,
    "licores": 4, "carnicos": 1,
}  # fmt: skip
TOPICS = {
    "informacion_tecnologica": 240, "informacion_gestion": 150, "mercados": 110, "mercadeo": 80,
    "proveedores": 40, "tramites": 30, "cursos": 20, "materiales": 16,
}  # fmt: skip
CHANNELS = {"visita": 60, "telefono": 30, "internet": 10}


@dataclass(frozen=True)
class Service:
    """One case, from the day it was opened to the day it was closed."""

    number: int
    enterprise: Enterprise
    subsector: str
    line: str
    title: int
    opened: date
    days: int
    is_second: bool

    def day(self, part: float) -> date:
        """A day of the service: 0 its first, 1 the end of the work."""
        return self.opened + timedelta(days=round(self.days * part))


@dataclass(frozen=True)
class Question:
    """One consultation; ``which`` chooses question and answer in the bank of its topic."""

    topic: str
    which: int
    zone: str
    asked: date
    hour: int
    minutes: int
    channel: str
    enterprise: Enterprise | None


def parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many at once as a transaction takes: PostgreSQL keeps every version of a row until it ends."""
    for at in range(0, len(items), AT_ONCE):
        yield items[at : at + AT_ONCE]


def services(enterprises: Sequence[Enterprise]) -> list[Service]:
    """One service for each enterprise, and a second one for 106 of them, in order of their days."""
    chance = random.Random(SEED + 1)  # noqa: S311  a reproducible demo, not a secret
    branches = _branches(enterprises, chance)
    found = [_service(e, branches[e.number], chance) for e in enterprises]
    for branch, n in SECOND_SERVICES.items():
        early = [
            s
            for s in found
            if s.subsector == branch and s.opened < date(2003, 6, 1) and not s.is_second
        ]
        found += [_again(first, chance) for first in chance.sample(early, n)]
    ordered = sorted(found, key=lambda s: (s.opened, s.enterprise.number))
    return [replace(service, number=at) for at, service in enumerate(ordered, start=1)]


def questions(enterprises: Sequence[Enterprise]) -> list[Question]:
    """686 consultations in order of their days; six of ten are of an enterprise of the list."""
    chance = random.Random(SEED + 2)  # noqa: S311
    topics = [topic for topic, n in TOPICS.items() for _ in range(n)]
    chance.shuffle(topics)
    days = sorted(chance.randrange((END - START).days + 1) for _ in topics)
    return [_question(topic, START + timedelta(days=n), enterprises, chance)
            for topic, n in zip(topics, days, strict=True)]  # fmt: skip


def _branches(enterprises: Sequence[Enterprise], chance: random.Random) -> dict[int, str]:
    others = [branch for branch, n in OTHERS.items() for _ in range(n)]
    chance.shuffle(others)
    return {e.number: BRANCHES.get(e.activity) or others.pop() for e in enterprises}


def _service(enterprise: Enterprise, branch: str, chance: random.Random) -> Service:
    first = max(START, date(enterprise.started or 1999, 7, 1))
    opened = first + timedelta(days=chance.randrange((LAST_OPENING - first).days + 1))
    line = "gestion" if chance.random() < 0.22 else "tecnico_productiva"
    return Service(
        0,
        enterprise,
        branch,
        line,
        chance.randrange(4),
        opened,
        chance.randint(45, 110),
        is_second=False,
    )


def _again(first: Service, chance: random.Random) -> Service:
    earliest = first.opened + timedelta(days=first.days + 90)
    opened = earliest + timedelta(days=chance.randrange(max((LAST_OPENING - earliest).days, 1)))
    return Service(0, first.enterprise, first.subsector, first.line, first.title + 1, opened,
                   chance.randint(45, 110), is_second=True)  # fmt: skip


def _question(
    topic: str, asked: date, enterprises: Sequence[Enterprise], chance: random.Random
) -> Question:
    enterprise = chance.choice(enterprises) if chance.random() < 0.6 else None
    zone = enterprise.zone if enterprise else chance.choices(["Lima", "Huancayo"], [7, 3])[0]
    channel = chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    return Question(topic, chance.randrange(12), zone, asked, chance.randrange(9, 18),
                    chance.randint(2, 10), channel, enterprise)  # fmt: skip

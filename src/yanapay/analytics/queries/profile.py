"""Figures 7 to 14: who the evaluated users are, each with its own base and what is missing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yanapay.analytics.queries.sample import Evaluated
from yanapay.analytics.rules import profile as classes
from yanapay.analytics.rules.distributions import Distribution, distribute, spread
from yanapay.kernel.messages import Message

PEOPLE = Message("enterprises evaluated, by their owner")
ENTERPRISES = Message("enterprises evaluated")
WORKERS = Message("workers")
Answer = Callable[[Evaluated], str | None]


@dataclass(frozen=True)
class Figure:
    """One chart: a distribution with its title; ``unit`` says what is counted."""

    key: str
    title: Message
    distribution: Distribution
    unit: Message


def figures(sample: Sequence[Evaluated]) -> list[Figure]:
    """All of them, in the order of the source."""
    return [*_owners(sample), *_workers(sample), _years(sample), *_formality(sample)]


def _owners(sample: Sequence[Evaluated]) -> Iterator[Figure]:
    asked: list[tuple[str, Message, Answer, Sequence[str]]] = [
        ("7.all", Message("Sex of the owners"),
         lambda e: classes.SEXES.get(e.sex), classes.SEX_CLASSES),
        ("8.all", Message("Education of the owners"), lambda e: e.education or None, classes.EDUCATION),
        ("9.all", Message("Age of the owners"),
         lambda e: classes.age_class(e.birth_year, e.year), classes.AGES),
    ]  # fmt: skip
    for key, title, answer, order in asked:
        yield Figure(key, title, distribute(map(answer, sample), order), PEOPLE)


def _workers(sample: Sequence[Evaluated]) -> Iterator[Figure]:
    sexes = [(label, sum(getattr(e, name) for e in sample))
             for label, name in zip(classes.SEX_CLASSES, ("men", "women"), strict=True)]  # fmt: skip
    untold = sum(1 for e in sample if not e.women + e.men)
    yield Figure("10.all", Message("Sex of the workers"), spread(sexes, untold), WORKERS)
    terms = [(label, sum(getattr(e, name) for e in sample))
             for label, name in zip(classes.STABLE, ("stable", "unstable"), strict=True)]  # fmt: skip
    unsure = sum(1 for e in sample if not e.stable + e.unstable)
    yield Figure("11.all", Message("Stability of the work"), spread(terms, unsure), WORKERS)


def _years(sample: Sequence[Evaluated]) -> Figure:
    years = [classes.years_class(e.start_year, e.year) for e in sample]
    return Figure(
        "12.all", Message("Years in operation"), distribute(years, classes.YEARS), ENTERPRISES
    )


def _formality(sample: Sequence[Evaluated]) -> Iterator[Figure]:
    """Trade mark and sanitary registration, by zone."""
    zones = sorted({e.zone for e in sample})
    for zone in zones:
        title = Message("Registered trade mark: {zone}", zone=zone)
        yield _marked(
            f"13.{zone}", title, classes.BRAND, [e.has_brand for e in sample if e.zone == zone]
        )
    for zone in zones:
        title = Message("Sanitary registration: {zone}", zone=zone)
        held = [e.has_sanitary for e in sample if e.zone == zone]
        yield _marked(f"14.{zone}", title, classes.SANITARY, held)


def _marked(key: str, title: Message, labels: tuple[str, str], held: list[bool | None]) -> Figure:
    told = [classes.yes_no(answer, labels) for answer in held]
    return Figure(key, title, distribute(told, labels), ENTERPRISES)

"""Who fits a case: points with their reasons, and what speaks against somebody. Pure.

Points say in which order to look, not whom to take: reasons and obstacles are always shown with them.
A further speciality, area or language can only raise a candidate, never lower them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money

TOPIC, ACTIVITY, BRANCH, TECHNOLOGY = 30, 25, 12, 25
AREA, LANGUAGE, EXPERIENCE, ROOM, RATING = 15, 10, 5, 10, 10  # the most that each can give
MANY_YEARS = 10
GOOD, BEST = 3, 5  # ratings of 1 to 5; below GOOD they give nothing


@dataclass(frozen=True)
class Need:
    """What a case asks for on a day.

    ``activities`` are the ISIC codes of the enterprise, ``branches`` those above them; ``area_path``
    is its place ("PE/12/1201"); ``languages`` are spoken there besides Spanish.
    """

    on: date
    topic: str = ""
    activities: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()
    technologies: frozenset[int] = frozenset()
    area_path: str = ""
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """A speciality: a topic, narrowed by an activity code or a technology."""

    topic: str
    activity: str = ""
    technology: int | None = None
    years: int = 0


@dataclass(frozen=True)
class Reason:
    message: Message
    points: int


@dataclass(frozen=True)
class Obstacle:
    """What stands against somebody. With one that ``blocks`` they are not asked at all."""

    message: Message
    blocks: bool = True


@dataclass(frozen=True)
class Candidate:
    """A specialist as they stand on the day of the need.

    ``areas`` are (path, name); ``lacks`` name the papers missing; ``ratings`` are past scores;
    ``against`` are obstacles found in the records (ties to the enterprise, an earlier refusal).
    """

    key: int
    name: str
    known: Sequence[Known] = ()
    areas: Sequence[tuple[str, str]] = ()
    languages: frozenset[str] = frozenset()
    load: int = 0
    most_cases: int = 1
    away_until: date | None = None
    lacks: Sequence[str] = ()
    ratings: Sequence[int] = ()
    rate: Money | None = None
    against: Sequence[Obstacle] = ()


@dataclass(frozen=True)
class Match:
    """A candidate with the reasons for them and what stands against them."""

    candidate: Candidate
    reasons: Sequence[Reason] = field(default_factory=list)
    obstacles: Sequence[Obstacle] = field(default_factory=list)

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def may_be_asked(self) -> bool:
        return not any(obstacle.blocks for obstacle in self.obstacles)


def rank(need: Need, candidates: Iterable[Candidate]) -> list[Match]:
    """Those without obstacles first, those who may not be asked last; then by points, load, and rate."""
    found = [match(need, candidate) for candidate in candidates]
    return sorted(found, key=_order)


def match(need: Need, candidate: Candidate) -> Match:
    """One candidate against the need."""
    reasons = [
        *_knowledge(need, candidate.known),
        *_place(need, candidate.areas),
        *_language(need, candidate.languages),
        *_room(candidate),
        *_past(candidate.ratings),
    ]
    return Match(candidate, reasons, _obstacles(candidate))


def _order(found: Match) -> tuple[int, int, int, int, str]:
    candidate = found.candidate
    price = candidate.rate.amount_minor if candidate.rate else 10**18
    standing = 0 if not found.obstacles else 1 if found.may_be_asked else 2
    return (standing, -found.score, candidate.load, price, candidate.name)


def _knowledge(need: Need, known: Sequence[Known]) -> list[Reason]:
    reasons = []
    on_topic = [one for one in known if need.topic and one.topic == need.topic]
    if on_topic:
        reasons.append(Reason(Message("Knows the topic of the case"), TOPIC))
    reasons += _activity(need, {one.activity for one in known if one.activity})
    if need.technologies & {one.technology for one in known if one.technology}:
        reasons.append(Reason(Message("Knows the technology"), TECHNOLOGY))
    years = max((one.years for one in on_topic), default=0)
    if years:
        points = EXPERIENCE * min(years, MANY_YEARS) // MANY_YEARS
        reasons.append(Reason(Message("{years} years in the topic", years=years), points))
    return reasons


def _activity(need: Need, codes: Collection[str]) -> list[Reason]:
    if exact := need.activities & set(codes):
        return [Reason(Message("Knows the activity {code}", code=min(exact)), ACTIVITY)]
    if near := need.branches & set(codes):
        return [Reason(Message("Knows the branch {code}", code=max(near, key=len)), BRANCH)]
    return []


def _place(need: Need, areas: Sequence[tuple[str, str]]) -> list[Reason]:
    covering = [(len(path), name) for path, name in areas if _covers(path, need.area_path)]
    if covering:
        return [Reason(Message("Goes to {area}", area=max(covering)[1]), AREA)]
    return [Reason(Message("Does not name this area"), 0)] if need.area_path else []


def _covers(path: str, place: str) -> bool:
    return bool(place) and (place == path or place.startswith(f"{path}/"))


def _language(need: Need, languages: frozenset[str]) -> list[Reason]:
    spoken = bool(need.languages & languages)
    return [Reason(Message("Speaks the language of the client"), LANGUAGE)] if spoken else []


def _room(candidate: Candidate) -> list[Reason]:
    free = candidate.most_cases - candidate.load
    if free <= 0:
        return []
    sentence = Message("{load} of {most} cases", load=candidate.load, most=candidate.most_cases)
    return [Reason(sentence, ROOM * free // candidate.most_cases)]


def _past(ratings: Sequence[int]) -> list[Reason]:
    if not ratings:
        return []
    mean = round(sum(ratings) / len(ratings), 1)
    points = max(0, int(RATING * (mean - GOOD) / (BEST - GOOD)))
    return [
        Reason(Message("Rated {mean} of 5 in {count} cases", mean=mean, count=len(ratings)), points)
    ]


def _obstacles(candidate: Candidate) -> list[Obstacle]:
    found = [Obstacle(Message("Not accredited: {what}", what=lack)) for lack in candidate.lacks]
    if candidate.away_until:
        found.append(Obstacle(Message("Away until {on}", on=candidate.away_until), blocks=False))
    if candidate.load >= candidate.most_cases:
        full = Message(
            "Full: {load} of {most} cases", load=candidate.load, most=candidate.most_cases
        )
        found.append(Obstacle(full, blocks=False))
    return [*found, *candidate.against]

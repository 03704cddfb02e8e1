"""The scored questionnaire: three areas, each question answered from 0 to 4 with a meaning per level. Pure.

The questions are versioned data (``data/diagnosis_<version>.json``, our own wording); answers of one version
are never compared with those of another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from yanapay.kernel.errors import RuleBroken

CURRENT = "2026"
BEST = 4


@dataclass(frozen=True)
class Question:
    code: str
    text: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class AreaQuestions:
    code: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    version: str
    areas: tuple[AreaQuestions, ...]

    @property
    def codes(self) -> set[str]:
        return {question.code for area in self.areas for question in area.questions}


@dataclass(frozen=True)
class AreaScore:
    """``got`` points ``of`` those possible for the questions answered; ``missing`` were not."""

    code: str
    title: str
    got: int
    of: int
    answered: int
    missing: tuple[Question, ...]

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nothing was answered."""
        return self.got / self.of if self.of else None

    @property
    def percent(self) -> int:
        """The share in hundredths; 0 when nothing was answered."""
        return round(100 * (self.share or 0))


@dataclass(frozen=True)
class Result:
    version: str
    areas: tuple[AreaScore, ...]

    @property
    def got(self) -> int:
        return sum(area.got for area in self.areas)

    @property
    def of(self) -> int:
        return sum(area.of for area in self.areas)

    @property
    def missing(self) -> int:
        return sum(len(area.missing) for area in self.areas)

    def area(self, code: str) -> AreaScore:
        return next(area for area in self.areas if area.code == code)


@dataclass(frozen=True)
class Difference:
    """An area then and now; ``points`` is the change of its share in hundredths, None if one is missing."""

    before: AreaScore
    after: AreaScore

    @property
    def points(self) -> int | None:
        if self.before.share is None or self.after.share is None:
            return None
        return self.after.percent - self.before.percent


@cache
def load(version: str, language: str) -> Questionnaire:
    """The questionnaire of a version in Spanish, or in English for every other language."""
    path = resources.files("yanapay.assistance") / f"data/diagnosis_{version}.json"
    said = "es" if language.startswith("es") else "en"
    areas = json.loads(path.read_text(encoding="utf-8"))["areas"]
    return Questionnaire(
        version,
        tuple(
            AreaQuestions(
                area["code"],
                area["title"][said],
                tuple(
                    Question(one["code"], one["text"][said], tuple(one["levels"][said]))
                    for one in area["questions"]
                ),
            )
            for area in areas
        ),
    )


def check_answers(questionnaire: Questionnaire, answers: Mapping[str, int]) -> None:
    """Raise RuleBroken for a question that is not asked or an answer beyond 0 to 4."""
    for code, answer in answers.items():
        if code not in questionnaire.codes:
            raise RuleBroken("The questionnaire has no question {code}.", code=code)
        if answer not in range(BEST + 1):
            raise RuleBroken("An answer lies between 0 and 4.", field=code)


def score(questionnaire: Questionnaire, answers: Mapping[str, int]) -> Result:
    """Points of those possible, by area; what was not answered counts in neither and is named."""
    return Result(
        questionnaire.version, tuple(_area_score(area, answers) for area in questionnaire.areas)
    )


def compare(before: Result, after: Result) -> list[Difference]:
    """Area by area; empty when the two were asked by different questionnaires."""
    if before.version != after.version:
        return []
    return [Difference(one, other) for one, other in zip(before.areas, after.areas, strict=True)]


def _area_score(area: AreaQuestions, answers: Mapping[str, int]) -> AreaScore:
    given = [answers[one.code] for one in area.questions if one.code in answers]
    missing = tuple(one for one in area.questions if one.code not in answers)
    return AreaScore(area.code, area.title, sum(given), BEST * len(given), len(given), missing)

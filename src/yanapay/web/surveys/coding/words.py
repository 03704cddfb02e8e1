"""Agreement in words: kappa with its usual reading, or why there is none."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from yanapay.base.showing import number
from yanapay.surveys.queries.coding import Comparison, Difference, Task
from yanapay.surveys.rules.agreement import Agreement, in_words
from yanapay.web.acting import say


@dataclass(frozen=True)
class CodeRow:
    """One code of the table of agreement."""

    label: str
    both: int
    only_first: int
    only_second: int
    kappa: str
    words: str


class Row:
    """An answer that two coders read differently, with the names of the codes."""

    def __init__(self, difference: Difference, task: Task, *, may: bool) -> None:
        self._task, self.difference, self.may = task, difference, may

    @cached_property
    def first(self) -> list[str]:
        return named(self._task, self.difference.first)

    @cached_property
    def second(self) -> list[str]:
        return named(self._task, self.difference.second)

    @cached_property
    def decided(self) -> list[str] | None:
        held = self.difference.decided
        return None if held is None else named(self._task, held)


def named(task: Task, codes: list[str]) -> list[str]:
    """The labels of codes; a sentence when none fits."""
    labels = {term.code: term.label for term in task.terms()}
    return [labels.get(code, code) for code in codes] or [_("no code fits")]


def agreement_rows(found: Comparison) -> list[CodeRow]:
    return [
        CodeRow(one.label, one.both, one.only_first, one.only_second, kappa_text(one.agreement),
                reading(one.agreement))
        for one in found.codes
    ]  # fmt: skip


def kappa_text(found: Agreement) -> str:
    return "—" if found.kappa is None else number(float(found.kappa), 2)


def reading(found: Agreement) -> str:
    """What the number usually means, or why there is none."""
    if found.kappa is None:
        return say(found.why) if found.why else ""
    return say(in_words(found.kappa))


def single_words(found: Comparison) -> str:
    """Kappa over all codes together, where every answer got exactly one from both."""
    if found.whole is None:
        return _("Some answers have several codes or none: kappa is told code by code only.")
    if found.whole.kappa is None:
        return reading(found.whole)
    return _("Kappa over all codes: {kappa} ({words}).").format(
        kappa=kappa_text(found.whole), words=reading(found.whole)
    )

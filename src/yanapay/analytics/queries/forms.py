"""Questions of a form as tables: ``FORM.QUESTION``, and ``FORM.QUESTION.VOCABULARY`` for coded open answers."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext

from yanapay.analytics.queries.answers import (
    AnswerGroup,
    answer_group,
    answered_any,
    asked,
    coded,
    counted,
)
from yanapay.analytics.queries.groupings import DEPARTMENT, MACRO_REGION, NONE, terms
from yanapay.analytics.queries.questions import Question, instruments, question, questions
from yanapay.analytics.rules.crosstab import Crosstab, Group
from yanapay.analytics.rules.suppression import SMALL
from yanapay.analytics.rules.tables import HIDDEN, Table, safe
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.kernel.messages import Message
from yanapay.surveys.models import Coding, Instrument

ANSWERS = Message("answers")
COUNTED = Message(
    "Answers as last sent, without those that the office rejected. Shares are of those who answered."
)
UNSETTLED = Message(
    "{n} answers have no codes, or their coders differ and nobody has decided: they count as missing."
).template
NOT_CODED = Message(
    "«{label}» is answered in own words: code its answers first, then there is a table."
).template
ADDRESSEES = {
    "soporte_01": Message("The State"), "soporte_02": Message("Municipalities"),
    "soporte_03": Message("NGOs"), "soporte_04": Message("Consumers"), "soporte_05": Message("The church"),
}  # fmt: skip
MAPPING_FORM = "ess"


def form_table(name: str, group_by: str, scheme: str, scope: Scope | None) -> Table:
    """The table of a question of a form that the scope reads; None is for the public."""
    instrument, about, vocabulary = _named(name, scope)
    by = answer_group(instrument, group_by, scheme)
    tab = _counted(instrument, about, vocabulary, by, scope)
    shown, hidden = safe(tab) if scope is None else (tab, ())
    return Table(
        name, Message("{label}", label=about.label), COUNTED, Message("Form {form}", form=str(instrument)),
        Message("entries of “{repeat}”", repeat=about.repeat) if about.repeat else ANSWERS, shown, group_by,
        Message("{label}", label=_group_label(by, instrument)), by.scheme, by.scheme_name,
        (*hidden, *_unsettled(about, tab)), is_protected=bool(hidden),
    )  # fmt: skip


def groupings(name: str, scope: Scope | None) -> list[tuple[str, str]]:
    """By what a table of a form may be grouped: code and label, no label for a place.

    ``macro_region:`` stands for the schemes of areas, one of which is chosen.
    """
    instrument, about, _ = _named(name, scope)
    asked_for = [
        (other.name, other.label) for other in questions(instrument).values()
        if other.is_countable and not other.is_personal and other.name != about.name
        and other.repeat in {"", about.repeat}
    ]  # fmt: skip
    fields = set(instrument.mapping.values())
    places = [MACRO_REGION] if "macro_region" in fields else []
    places += [f"{MACRO_REGION}:", DEPARTMENT] if "area" in fields else []
    return [*((code, "") for code in (NONE, *places)), *asked_for]


def tables_of(instrument: Instrument) -> list[Question]:
    """The questions of which there is a table: closed ones, and open ones that somebody coded."""
    coded_ones = set(
        Coding.objects.filter(submission__instrument=instrument).values_list("question", flat=True)
    )
    return [
        one for one in questions(instrument).values()
        if not one.is_personal and (one.is_countable or one.name in coded_ones)
    ]  # fmt: skip


def support(title: Message, definition: Message, scope: Scope | None) -> Table:
    """The questions on the support needed, one group for each addressee."""
    instrument = instruments(scope).filter(form_id=MAPPING_FORM).first()
    if not instrument:
        raise NotFound("The form {form} is not here.", form=MAPPING_FORM)
    known = {name: one for name, one in questions(instrument).items() if name in ADDRESSEES}
    closed = [one for one in known.values() if one.is_countable]
    base, missing, tabs = answered_any(counted(instrument, scope), closed)
    shown = {name: safe(tab)[0] if scope is None else tab for name, tab in tabs.items()}
    hidden = (HIDDEN,) if shown != tabs else ()
    return Table(
        "support", title, definition, Message("Form {form}", form=str(instrument)), ANSWERS,
        _side_by_side(shown, *_shown_to(scope, base, missing)), "addressee", Message("Addressee"),
        notes=(COUNTED, *_not_coded(known, tabs), *hidden), is_protected=bool(hidden),
    )  # fmt: skip


def _shown_to(scope: Scope | None, base: int, missing: int) -> tuple[int | None, int | None]:
    """The public sees no base from 1 to 4 of answers."""
    return (None, None) if scope is None and 0 < base < SMALL else (base, missing)


def _not_coded(known: dict[str, Question], tabs: dict[str, Crosstab]) -> Iterator[Message]:
    """The questions that only own words answer so far."""
    for name in ADDRESSEES:
        if name in known and name not in tabs:
            yield Message(NOT_CODED, label=known[name].label)


def _named(name: str, scope: Scope | None) -> tuple[Instrument, Question, str]:
    """Form, question and vocabulary of a name; the form's id may have points of its own."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        found = instruments(scope).filter(form_id=".".join(parts[:cut])).first()
        if found and len(rest := parts[cut:]) <= 2:
            return found, question(found, rest[0]), "".join(rest[1:])
    raise NotFound("There is no table «{name}».", name=name)


def _counted(
    instrument: Instrument, about: Question, vocabulary: str, by: AnswerGroup, scope: Scope | None
) -> Crosstab:
    answers = counted(instrument, scope)
    if about.is_countable and not vocabulary:
        return asked(answers, about, by)
    used = vocabulary or _vocabulary(instrument, about)
    return coded(answers, about, used, terms(used), by)


def _vocabulary(instrument: Instrument, about: Question) -> str:
    """The only vocabulary with which an open question was coded."""
    if not about.is_open:
        raise RuleBroken("«{label}» cannot be counted in a table.", label=about.label)
    found = _vocabularies(instrument, about)
    if not found:
        raise RuleBroken(NOT_CODED, label=about.label)
    if len(found) > 1:
        raise RuleBroken("«{label}» was coded with several lists: {names}. Add one after a point.",
                         label=about.label, names=", ".join(found))  # fmt: skip
    return found[0]


def _vocabularies(instrument: Instrument, about: Question) -> list[str]:
    codings = Coding.objects.filter(submission__instrument=instrument, question=about.name)
    return sorted(set(codings.values_list("vocabulary", flat=True)))


def _group_label(by: AnswerGroup, instrument: Instrument) -> str:
    asked_for = questions(instrument).get(by.code)
    return asked_for.label if asked_for else by.code


def _unsettled(about: Question, tab: Crosstab) -> tuple[Message, ...]:
    return () if about.is_countable or not tab.missing else (Message(UNSETTLED, n=tab.missing),)


def _side_by_side(tabs: dict[str, Crosstab], base: int | None, missing: int | None) -> Crosstab:
    """Tables of one column each as the columns of one table; each keeps its base."""
    groups = [
        Group(name, ADDRESSEES[name].render(gettext), tab.base, tab.missing)
        for name, tab in tabs.items()
    ]
    rows = [replace(row, group=name) for name, tab in tabs.items() for row in tab.totals]
    return Crosstab(base, missing, tuple(groups), tuple(rows), (), are_parts=False)

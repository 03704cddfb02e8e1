"""Questions of a form as tables: ``FORM.QUESTION``, and ``FORM.QUESTION.VOCABULARY`` for coded open answers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from yanapay.analytics.queries.answers import (
    AnswerGroup,
    Asked,
    answer_group,
    answered_any,
    asked,
    coded,
    counted,
)
from yanapay.analytics.queries.groupings import DEPARTMENT, GROUP_TITLES, MACRO_REGION, NONE, terms
from yanapay.analytics.queries.published import RELEASES, published
from yanapay.analytics.queries.questions import (
    Named,
    Question,
    asked_of,
    instruments,
    named,
    questions,
)
from yanapay.analytics.rules.crosstab import Crosstab, Group
from yanapay.analytics.rules.suppression import has_hidden, not_small
from yanapay.analytics.rules.tables import HIDDEN, Table
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.kernel.messages import Message
from yanapay.surveys.models import Coding, Instrument, Submission

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
NOT_CODED_YET = Message(
    "Answered in own words: this counts who answered. Once the answers are coded, the table shows their codes."
)
ADDRESSEES = {
    "soporte_01": Message("The State"), "soporte_02": Message("Municipalities"),
    "soporte_03": Message("NGOs"), "soporte_04": Message("Consumers"), "soporte_05": Message("The church"),
}  # fmt: skip
MAPPING_FORM = "ess"


def form_table(name: str, group_by: str, scheme: str, scope: Scope | None) -> Table:
    """The table of a question of a form that the scope reads; None is for the public."""
    found = named(name, scope)
    if scope is None:
        return _public_table(found, group_by, scheme)
    answers = counted(found.instrument, scope)
    by = answer_group(found.instrument, group_by, scheme, answers)
    told = _counted(found, by, answers)
    return replace(
        _table(found, told.tab, group_by), scheme=by.scheme, scheme_name=by.scheme_name,
        group_title=_group_title(by),
        notes=(*told.notes, *_unsettled(found, told.tab), *_words_only(found)),
        details=_summaries(told),
    )  # fmt: skip


def _group_title(by: AnswerGroup) -> Message:
    return GROUP_TITLES.get(by.code) or Message("{label}", label=by.title)


def _summaries(told: Asked) -> dict[str, Any]:
    """The summary of all and of each group, as machines read it."""
    if not told.summaries:
        return {}
    codes = [None, *(group.code for group in told.tab.groups)]
    return {
        "summaries": [
            {"group": code, "n": one.n, "min": float(one.least), "median": float(one.median),
             "mean": float(one.mean), "max": float(one.most)}
            for code in codes if (one := told.summaries.get(code))
        ]
    }  # fmt: skip


def _public_table(found: Named, group_by: str, scheme: str) -> Table:
    tab, place = published(found, group_by, scheme)
    is_hidden = has_hidden(tab)
    return replace(
        _table(found, tab, group_by), group_title=GROUP_TITLES[group_by],
        scheme=place.scheme if place else "", scheme_name=place.scheme_name if place else "",
        notes=(RELEASES, *((HIDDEN,) if is_hidden else ())), is_protected=is_hidden,
    )  # fmt: skip


def _table(found: Named, tab: Crosstab, group_by: str) -> Table:
    about = found.about
    unit = Message("entries of “{repeat}”", repeat=about.repeat) if about.repeat else ANSWERS
    form = Message("Answers to: {form}", form=str(found.instrument))
    return Table(
        found.name, Message("{label}", label=about.label), COUNTED, form, unit, tab, group_by
    )


def groupings(name: str, scope: Scope | None) -> list[tuple[str, str, bool]]:
    """By what a table of a form may be grouped: code, label (none for a place), whether it has a list.

    ``macro_region:`` stands for the schemes of areas, one of which is chosen.
    """
    found = named(name, scope)
    asked_for = [
        (other.name, other.label, other.is_closed) for other in questions(found.instrument).values()
        if not other.is_personal and other.name != found.about.name
        and other.repeat in {"", found.about.repeat}
    ]  # fmt: skip
    places = [MACRO_REGION] if asked_of(found.instrument, "macro_region") else []
    places += [f"{MACRO_REGION}:", DEPARTMENT] if asked_of(found.instrument, "area") else []
    return [*((code, "", True) for code in (NONE, *places)), *asked_for]


def tables_of(instrument: Instrument) -> list[tuple[str, Question, str]]:
    """(name, question, list of codes) of every table of a form: all questions but personal ones.

    An open question that was coded has one table for each list of codes.
    """
    codings = Coding.objects.filter(submission__instrument=instrument)
    lists: dict[str, list[str]] = {}
    for name, vocabulary in sorted(set(codings.values_list("question", "vocabulary"))):
        lists.setdefault(name, []).append(vocabulary)
    return [
        (".".join(filter(None, (instrument.form_id, one.name, vocabulary))), one, vocabulary)
        for one in questions(instrument).values() if not one.is_personal
        for vocabulary in lists.get(one.name, [""])
    ]  # fmt: skip


def support(title: Message, definition: Message, scope: Scope | None) -> Table:
    """The questions on the support needed, one group for each addressee."""
    instrument = instruments(scope).filter(form_id=MAPPING_FORM).first()
    if not instrument:
        raise NotFound("The form {form} is not here.", form=MAPPING_FORM)
    known = {name: one for name, one in questions(instrument).items() if name in ADDRESSEES}
    closed = [one for one in known.values() if one.is_closed]
    base, missing, tabs = answered_any(counted(instrument, scope), closed)
    if scope is None:
        tabs = {one.name: published(Named("", instrument, one, ""), NONE)[0] for one in closed}
    hidden = (HIDDEN,) if scope is None and any(map(has_hidden, tabs.values())) else ()
    return Table(
        "support", title, definition, Message("Answers to: {form}", form=str(instrument)), ANSWERS,
        _side_by_side(tabs, *_shown_to(scope, base, missing)), "addressee", Message("Addressee"),
        notes=(COUNTED, *_not_coded(known, tabs), *((RELEASES,) if scope is None else ()), *hidden),
        is_protected=bool(hidden),
    )  # fmt: skip


def _shown_to(scope: Scope | None, base: int, missing: int) -> tuple[int | None, int | None]:
    """The public sees no base from 1 to 4 of answers."""
    return (base, missing) if scope else (not_small(base), not_small(missing) if base else missing)


def _not_coded(known: dict[str, Question], tabs: dict[str, Crosstab]) -> Iterator[Message]:
    """The questions that only own words answer so far."""
    for name in ADDRESSEES:
        if name in known and name not in tabs:
            yield Message(NOT_CODED, label=known[name].label)


def _counted(found: Named, by: AnswerGroup, answers: "QuerySet[Submission]") -> Asked:
    if not found.vocabulary:
        return asked(answers, found.about, by)
    labels = terms(found.vocabulary)
    return Asked(coded(answers, found.about, found.vocabulary, labels, by))


def _unsettled(found: Named, tab: Crosstab) -> tuple[Message, ...]:
    return (Message(UNSETTLED, n=tab.missing),) if found.vocabulary and tab.missing else ()


def _words_only(found: Named) -> tuple[Message, ...]:
    return (NOT_CODED_YET,) if found.about.is_open and not found.vocabulary else ()


def _side_by_side(tabs: dict[str, Crosstab], base: int | None, missing: int | None) -> Crosstab:
    """Tables of one column each as the columns of one table; each keeps its base."""
    groups = [
        Group(name, ADDRESSEES[name].render(gettext), tab.base, tab.missing)
        for name, tab in tabs.items()
    ]
    rows = [replace(row, group=name) for name, tab in tabs.items() for row in tab.totals]
    return Crosstab(base, missing, tuple(groups), tuple(rows), (), are_parts=False)

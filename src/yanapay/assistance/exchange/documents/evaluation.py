"""Evaluation: before and after, satisfaction, what the client owes to the assistance (F-SAT-07)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.choices import Direction, PlanState
from yanapay.assistance.exchange.documents.diagnosis import baseline
from yanapay.assistance.exchange.documents.wording import (
    Column,
    amount,
    centre_signature,
    day,
    enterprise_signature,
    identity,
    measured,
    table,
)
from yanapay.assistance.models import Case, Evaluation, Indicator

BEST = 5


def build(evaluation: Evaluation) -> dict[str, Any]:
    """One round of measurement."""
    case = evaluation.case
    pairs = measurements(case, evaluation)
    return {
        "identity": identity(case),
        "facts": [
            (gettext("Round"), str(evaluation.get_round_display())),
            (gettext("Date of the visit"), day(evaluation.done_on)),
            (gettext("Satisfaction"), _satisfaction(evaluation)),
            (gettext("Share of the change owed to the assistance"), _attribution(evaluation)),
            (gettext("Made by"), evaluation.done_by_name or "—"),
            (gettext("Confirmed by the client"), _confirmed(evaluation)),
        ],
        "indicators_title": gettext("Before and after"),
        "indicators": compared(pairs),
        "bars": [bar for bar in (_bars(one, value) for one, value in pairs) if bar],
        "effect_title": gettext("What changed"),
        "effect": evaluation.effect,
        "remaining_title": gettext("What remains to be done"),
        "remaining": evaluation.remaining,
        "figures_title": gettext("Figures of the enterprise on that day"),
        "figures": baseline(evaluation.observation),
        "signatures": [centre_signature(case), enterprise_signature(case)],
    }


def measurements(case: Case, evaluation: Evaluation | None) -> list[tuple[Indicator, int | None]]:
    """The indicators of the accepted plan with the value measured in a round, if any."""
    values = dict(evaluation.measurements.values_list("indicator", "value")) if evaluation else {}
    indicators = Indicator.objects.filter(plan__case=case, plan__state=PlanState.ACCEPTED)
    return [(one, values.get(one.pk)) for one in indicators]


def compared(pairs: list[tuple[Indicator, int | None]]) -> dict[str, Any]:
    """Each indicator before, as aimed at, and now."""
    columns = [
        Column(gettext("Indicator"), 1), Column(gettext("Unit"), 0.4), amount(gettext("Before")),
        amount(gettext("Target")), amount(gettext("Measured")), Column(gettext("Result")),
    ]  # fmt: skip
    rows = [
        (
            one.name,
            one.unit,
            measured(one.baseline),
            measured(one.target),
            measured(value),
            _result(one, value),
        )
        for one, value in pairs
    ]
    return table(columns, rows, empty=gettext("The plan has no indicators."))


def _result(one: Indicator, value: int | None) -> str:
    """The result in words, never by colour alone."""
    if value is None:
        return gettext("not measured")
    up = one.direction == Direction.UP
    if one.target is not None and (value >= one.target if up else value <= one.target):
        return gettext("target reached")
    if one.baseline is None:
        return gettext("measured")
    if value == one.baseline:
        return gettext("no change")
    return gettext("better") if (value > one.baseline) == up else gettext("worse")


def _bars(one: Indicator, value: int | None) -> dict[str, Any] | None:
    """Lengths between 0 and 1; none when there is nothing to compare or a value is below zero."""
    values = [
        (gettext("Before"), one.baseline),
        (gettext("Target"), one.target),
        (gettext("Measured"), value),
    ]
    known = [(label, number) for label, number in values if number is not None]
    longest = max((number for _, number in known), default=0)
    if len(known) < 2 or longest <= 0 or min(number for _, number in known) < 0:
        return None
    return {
        "title": f"{one.name} ({one.unit})" if one.unit else one.name,
        "rows": [
            {"label": label, "length": number / longest, "value": measured(number),
             "is_measured": label == values[2][0]}
            for label, number in known
        ],
    }  # fmt: skip


def _satisfaction(evaluation: Evaluation) -> str:
    if evaluation.satisfaction is None:
        return "—"
    return gettext("%(points)d of %(best)d") % {"points": evaluation.satisfaction, "best": BEST}


def _attribution(evaluation: Evaluation) -> str:
    return "—" if evaluation.attribution is None else f"{evaluation.attribution}\N{NO-BREAK SPACE}%"


def _confirmed(evaluation: Evaluation) -> str:
    if evaluation.confirmed_on is None:
        return gettext("not yet")
    return f"{evaluation.confirmed_by_name or '—'}, {day(evaluation.confirmed_on)}"

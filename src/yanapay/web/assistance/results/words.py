"""Results in words and bars."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from yanapay.assistance.exchange.bars_svg import Bars, bars_svg
from yanapay.assistance.queries.results import Measured, Outcome
from yanapay.web.assistance.results.forms import EvaluationForm
from yanapay.web.conflicts import Difference
from yanapay.web.templatetags.assistance_plans import scaled


def drawn(outcome: Outcome) -> SafeString:
    """Before and after of each measured indicator; the same numbers stand in the table beside it."""
    rows = [_bars(row) for row in outcome.rows if row.change]
    return mark_safe(bars_svg(rows, gettext("Before and after")))  # noqa: S308


def differences(form: EvaluationForm, saved: dict[str, Any]) -> list[Difference]:
    """Where what was typed differs from what somebody else saved meanwhile."""
    return [
        Difference(str(field.label), form.data.get(name, ""), field.prepare_value(saved.get(name)))
        for name, field in form.fields.items()
        if name != "version" and str(form.data.get(name, "")) != str(field.prepare_value(saved.get(name)) or "")
    ]  # fmt: skip


def _bars(row: Measured) -> Bars:
    indicator, change = row.indicator, row.change
    assert change is not None  # noqa: S101  only measured rows are drawn
    before, after = (f"{scaled(n, 3)} {indicator.unit}" for n in (change.before, change.after))
    return Bars(indicator.name, change.before, change.after, before, after, change.target)

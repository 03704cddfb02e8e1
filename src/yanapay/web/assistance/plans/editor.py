"""The forms of a plan as one thing: filled from a draft, from what was typed, and read back into a draft."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import ShareBy
from yanapay.assistance.models import Case
from yanapay.assistance.queries.diagnosis import ranked_causes
from yanapay.assistance.rules.plans import ActionRow, Draft, IndicatorRow, LineRow, ShareRow
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.web.acting import say
from yanapay.web.assistance.amounts import ScaledField, money_text, read_money, scaled
from yanapay.web.assistance.plans.forms import (
    BY_MARKUP,
    SET,
    ActionForm,
    HeadForm,
    IndicatorForm,
    LineForm,
    RowForm,
    ShareForm,
)

TABLES: dict[str, type[RowForm]] = {
    "actions": ActionForm, "indicators": IndicatorForm, "lines": LineForm, "shares": ShareForm,
}  # fmt: skip
ADD_ROW = {
    "actions": _("Add an action"), "indicators": _("Add an indicator"),
    "lines": _("Add a line"), "shares": _("Add a payer"),
}  # fmt: skip
PERCENTS = ScaledField(digits=2)
MOST_ROWS = 60


class Editor:
    """``data`` binds what was sent; else ``head`` and ``rows`` (by table) are shown."""

    def __init__(
        self, case: Case, *, data: QueryDict | None = None, head: dict[str, Any] | None = None,
        rows: dict[str, list[dict[str, Any]]] | None = None, extra: str = "",
    ) -> None:  # fmt: skip
        causes = [(one.node.key, one.node.text) for one in ranked_causes(case)]
        self.head = HeadForm(data, initial=head)
        self.tables: dict[str, BaseFormSet[Any]] = {
            name: _formset(name, data, (rows or {}).get(name, []), extra, causes) for name in TABLES
        }

    @property
    def sections(self) -> list[tuple[str, "BaseFormSet[Any]", Any]]:
        return [(name, table, ADD_ROW[name]) for name, table in self.tables.items()]

    def is_valid(self) -> bool:
        valid = [self.head.is_valid(), *(table.is_valid() for table in self.tables.values())]
        return all(valid)

    @property
    def errors(self) -> bool:
        return bool(self.head.errors) or any(
            any(form.errors for form in table) for table in self.tables.values()
        )

    def draft(self) -> Draft | None:
        """What was typed, as values; None when an amount cannot be read, and then its field says why."""
        head = self.head.cleaned_data
        currency = head["currency"]
        lines = [self._line(form, currency) for form in self._filled("lines")]
        shares = [self._share(form, currency) for form in self._filled("shares")]
        price = self._money(self.head, "price", currency) if head["pricing"] == SET else None
        if self.errors:
            return None
        return Draft(
            currency=currency, objective=head["objective"].strip(), starts_on=head["starts_on"],
            ends_on=head["ends_on"], valid_until=head["valid_until"],
            markup=None if head["pricing"] == SET else head["markup"] or 0, set_price=price,
            actions=tuple(ActionRow(**form.cleaned_data) for form in self._filled("actions")),
            indicators=tuple(IndicatorRow(**form.cleaned_data) for form in self._filled("indicators")),
            lines=tuple(line for line in lines if line),
            shares=tuple(share for share in shares if share),
        )  # fmt: skip

    def _filled(self, table: str) -> Iterable[Any]:
        return [form for form in self.tables[table] if form.is_filled]

    def _line(self, form: Any, currency: str) -> LineRow | None:
        cost = self._money(form, "unit_cost", currency)
        values = {**form.cleaned_data, "unit_cost": cost}
        return LineRow(**values) if cost else None

    def _share(self, form: Any, currency: str) -> ShareRow | None:
        typed = form.cleaned_data
        about = (typed["payer"], typed["by"], typed["source"].strip())
        if typed["by"] == ShareBy.PERCENT:
            percent = _percent(form)
            return None if percent is None else ShareRow(*about, percent=percent)
        if typed["by"] == ShareBy.REST:
            return ShareRow(*about)
        amount = self._money(form, "value", currency)
        return ShareRow(*about, amount=amount) if amount else None

    def _money(self, form: Any, name: str, currency: str) -> Money | None:
        try:
            return read_money(form.cleaned_data.get(name, ""), currency)
        except RuleBroken as error:
            form.add_error(name, say(error.message))
            return None


def from_draft(case: Case, draft: Draft, version: int = 0) -> Editor:
    """The editor filled with a draft; a table without rows offers one to write in."""
    return Editor(case, head=_head(draft, version), rows=_rows(draft), extra="empty")


def with_one_more(case: Case, data: QueryDict, table: str) -> Editor:
    """What was typed, not judged yet, with a new row in a table."""
    rows = {
        name: [
            {field: data.get(f"{name}-{place}-{field}", "") for field in form.base_fields}
            for place in range(_count(data, name))
        ]
        for name, form in TABLES.items()
    }
    head = {name: data.get(name, "") for name in HeadForm.base_fields}
    return Editor(case, head=head, rows=rows, extra=table)


def _formset(
    name: str, data: QueryDict | None, rows: list[dict[str, Any]], extra: str,
    causes: list[tuple[int, str]],
) -> "BaseFormSet[Any]":  # fmt: skip
    more = int(extra == name or (extra == "empty" and not rows))
    kind = formset_factory(TABLES[name], extra=more, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    asked: dict[str, Any] = {"empty_permitted": True}
    if name == "actions":
        asked["causes"] = causes
    return kind(data, prefix=name, initial=rows or None, form_kwargs=asked)


def _count(data: QueryDict, name: str) -> int:
    text = data.get(f"{name}-TOTAL_FORMS", "0")
    return min(int(text), MOST_ROWS) if text.isdecimal() else 0


def _percent(form: Any) -> int | None:
    try:
        return int(PERCENTS.clean(form.cleaned_data["value"].rstrip(" %")))
    except ValidationError as error:
        form.add_error("value", error)
        return None


def _head(draft: Draft, version: int) -> dict[str, Any]:
    return {
        "version": version, "objective": draft.objective, "starts_on": draft.starts_on,
        "ends_on": draft.ends_on, "valid_until": draft.valid_until, "currency": draft.currency,
        "pricing": SET if draft.markup is None else BY_MARKUP, "markup": draft.markup,
        "price": money_text(draft.set_price),
    }  # fmt: skip


def _rows(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    return {
        "actions": [vars(row) for row in draft.actions],
        "indicators": [vars(row) for row in draft.indicators],
        "lines": [{**vars(row), "unit_cost": money_text(row.unit_cost)} for row in draft.lines],
        "shares": [{**vars(row), "value": _value(row)} for row in draft.shares],
    }


def _value(row: ShareRow) -> str:
    return scaled(row.percent, 2) if row.percent is not None else money_text(row.amount)

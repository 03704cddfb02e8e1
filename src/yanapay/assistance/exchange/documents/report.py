"""Technical report: planned against delivered, visits, technologies, deliverables (F-SAT-06)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.exchange.documents.action_plan import tasks, visitor
from yanapay.assistance.exchange.documents.wording import (
    Column,
    amount,
    centre_signature,
    day,
    enterprise_signature,
    identity,
    table,
)
from yanapay.assistance.models import Case, Milestone, TechnologyUse
from yanapay.assistance.queries.delivery import tallies
from yanapay.assistance.rules.delivery import Tally
from yanapay.base.showing import money, number, percent


def build(case: Case) -> dict[str, Any]:
    """What the work consisted of."""
    return {
        "identity": identity(case),
        "delivered_title": gettext("Planned and delivered"),
        "delivered": delivered(case),
        "visits_title": gettext("Visits made"),
        "visits": visits(case),
        "work_title": gettext("What was done in each visit"),
        "work": _work(case),
        "technologies_title": gettext("Technologies applied"),
        "technologies": technologies(case),
        "milestones_title": gettext("Deliverables"),
        "milestones": milestones(case),
        "tasks_title": gettext("Tasks"),
        "tasks": tasks(case),
        "signatures": [centre_signature(case), enterprise_signature(case)],
    }


def delivered(case: Case) -> dict[str, Any]:
    """So much of so much. Money paid to specialists is no matter of the enterprise."""
    columns = [
        Column(gettext("What"), 1), amount(gettext("Planned")), amount(gettext("Delivered")),
        amount(gettext("Share")),
    ]  # fmt: skip
    counted = [tally for tally in tallies(case) if tally.key != "paid"]
    rows = [
        (_named(t), number(t.planned), number(t.done), percent(t.share) or "—") for t in counted
    ]
    return table(columns, rows)


def _named(tally: Tally) -> str:
    return {
        "visits": gettext("Visits"), "hours": gettext("Hours"), "tasks": gettext("Tasks"),
        "deliverables": gettext("Deliverables accepted"),
    }[tally.key]  # fmt: skip


def visits(case: Case) -> dict[str, Any]:
    """The visits made, with who took part."""
    columns = [
        Column(gettext("Date")), Column(gettext("Purpose"), 1), Column(gettext("Visitor"), 0.6),
        amount(gettext("Minutes")), amount(gettext("Women")), amount(gettext("Men")),
    ]  # fmt: skip
    made = list(
        case.visits.exclude(done_on=None).order_by("done_on", "pk").select_related(
            "visitor", "assignment__specialist__person", "assignment__specialist__organisation"
        )
    )  # fmt: skip
    rows = [(day(v.done_on), v.purpose, visitor(v), v.minutes, v.women, v.men) for v in made]
    minutes = number(sum(v.minutes or 0 for v in made))
    total = [gettext("Total"), "", "", minutes, "", ""] if made else []
    return table(columns, rows, total=total)


def _work(case: Case) -> list[dict[str, str]]:
    return [
        {"title": f"{day(v.done_on)} · {v.purpose}", "notes": v.notes, "agreements": v.agreements,
         "agreed": gettext("Agreements")}
        for v in case.visits.exclude(done_on=None).order_by("done_on", "pk")
        if v.notes or v.agreements
    ]  # fmt: skip


def technologies(case: Case) -> dict[str, Any]:
    """What was applied and what it changed."""
    columns = [
        Column(gettext("Technology"), 1), Column(gettext("What it changed"), 0.8),
        Column(gettext("Applied on")), Column(gettext("Note"), 0.8),
    ]  # fmt: skip
    rows = [
        (str(use.technology), _changed(use), day(use.applied_on), use.note or "—")
        for use in case.technologies.select_related("technology").order_by("applied_on", "pk")
    ]
    return table(columns, rows)


def _changed(use: TechnologyUse) -> str:
    changed = {
        gettext("Equipment"): use.changes_equipment,
        gettext("Skills"): use.changes_skills,
        gettext("Organisation of the work"): use.changes_organisation,
    }
    return ", ".join(label for label, holds in changed.items() if holds)


def milestones(case: Case, *, with_money: bool = False) -> dict[str, Any]:
    """The deliverables of the specialists and when the enterprise accepted them."""
    columns = [
        Column(gettext("Deliverable"), 1), Column(gettext("Due on")), Column(gettext("Delivered on")),
        Column(gettext("Accepted on")), Column(gettext("Accepted by"), 0.6),
    ]  # fmt: skip
    found = Milestone.objects.filter(contract__assignment__case=case).select_related("contract")
    rows = [
        [one.deliverable, day(one.due_on), day(one.delivered_on), day(one.accepted_on),
         one.accepted_by_name or "—"]
        for one in found
    ]  # fmt: skip
    if with_money:
        columns.append(amount(gettext("Amount")))
        for row, one in zip(rows, found, strict=True):
            row.append(money(one.amount, one.contract.currency))
    return table(columns, rows, empty=gettext("No deliverable was agreed."))

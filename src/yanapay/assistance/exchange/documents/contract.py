"""Contract with a specialist (F-SAT-03)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.exchange.documents.wording import (
    Column,
    amount,
    centre_signature,
    day,
    identity,
    long_day,
    signature,
    table,
)
from yanapay.assistance.models import Contract
from yanapay.base.showing import money


def build(contract: Contract) -> dict[str, Any]:
    """Who agrees on what, for how much, and when each part is paid."""
    case, specialist = contract.assignment.case, contract.assignment.specialist
    values = {
        "institution": case.centre.institution.name, "centre": case.centre.name,
        "specialist": str(specialist), "enterprise": case.organisation.name, "case": case.number,
    }  # fmt: skip
    return {
        "identity": identity(case),
        "parties": gettext(
            "%(institution)s, by its centre %(centre)s, and %(specialist)s agree on the following services "
            "for %(enterprise)s in the case %(case)s."
        ) % values,
        "facts": [
            (gettext("Contract"), contract.number),
            (gettext("Signed on"), long_day(contract.signed_on)),
            (gettext("Starts on"), long_day(contract.starts_on)),
            (gettext("Ends on"), long_day(contract.ends_on)),
            (gettext("Specialist"), str(specialist)),
            (gettext("Amount"), money(contract.amount, contract.currency)),
        ],
        "task_title": gettext("What is asked"),
        "task": contract.assignment.task,
        "terms_title": gettext("Terms"),
        "terms": contract.terms,
        "milestones_title": gettext("Deliverables and payments"),
        "milestones": _milestones(contract),
        "rule": gettext("Each amount is paid once the enterprise has accepted its deliverable."),
        "signatures": [centre_signature(case), signature(str(specialist), gettext("Specialist"))],
    }  # fmt: skip


def _milestones(contract: Contract) -> dict[str, Any]:
    columns = [
        amount(gettext("No.")), Column(gettext("Deliverable"), 1), Column(gettext("Due on")),
        amount(gettext("Amount")),
    ]  # fmt: skip
    rows = [
        (n, one.deliverable, day(one.due_on), money(one.amount, contract.currency))
        for n, one in enumerate(contract.milestones.all(), 1)
    ]
    total = ["", gettext("Total"), "", money(contract.amount, contract.currency)]
    return table(columns, rows, total=total)

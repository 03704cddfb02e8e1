"""Reading plans: the version in force, the one on offer, a version as plain values, what is owed and paid."""

from dataclasses import dataclass

from yanapay.assistance.choices import Payer, PlanState, ShareBy
from yanapay.assistance.models import BudgetShare, Case, Plan
from yanapay.assistance.queries.diagnosis import objectives_of, ranked_causes, tree_of_case
from yanapay.assistance.rules import budget
from yanapay.assistance.rules.budget import Account
from yanapay.assistance.rules.plans import ActionRow, Draft, IndicatorRow, LineRow, ShareRow
from yanapay.kernel.money import Money

CAUSES = 4  # how many ranked causes a first draft is filled from


def plans_of(case: Case) -> list[Plan]:
    """All versions, the newest first, with what they hold."""
    return list(case.plans.prefetch_related("actions", "indicators", "lines", "shares"))


def plan_in_force(case: Case) -> Plan | None:
    """The version that the entrepreneur accepted, unless a newer one replaced it."""
    return case.plans.filter(state=PlanState.ACCEPTED).first()


def plan_on_offer(case: Case) -> Plan | None:
    return case.plans.filter(state=PlanState.OFFERED).first()


def draft_of(plan: Plan) -> Draft:
    """A stored version as plain values."""
    return Draft(
        currency=plan.currency, objective=plan.objective, starts_on=plan.starts_on,
        ends_on=plan.ends_on, valid_until=plan.valid_until, markup=plan.markup,
        set_price=Money(plan.price, plan.currency) if plan.markup is None else None,
        actions=tuple(
            ActionRow(row.objective, row.action, row.result, row.cause_id)
            for row in plan.actions.all()
        ),
        indicators=tuple(
            IndicatorRow(row.name, row.unit, row.direction, row.baseline, row.target, row.due_on, row.method)
            for row in plan.indicators.all()
        ),
        lines=tuple(
            LineRow(row.kind, row.description, row.quantity, Money(row.unit_cost, plan.currency), row.unit)
            for row in plan.lines.all()
        ),
        shares=tuple(_share(row, plan.currency) for row in plan.shares.all()),
    )  # fmt: skip


def first_draft(case: Case, currency: str) -> Draft:
    """What a first plan starts from: the objective of the central problem, an action for each strong cause."""
    tree = tree_of_case(case)
    wished = objectives_of(tree)
    ranked = ranked_causes(case)[:CAUSES]
    central = tree.central
    return Draft(
        currency=currency,
        objective=wished[central.key].text if central else "",
        actions=tuple(ActionRow(wished[one.node.key].text, "", "", one.node.key) for one in ranked),
        shares=(ShareRow(Payer.ENTERPRISE, ShareBy.REST),),
    )


@dataclass(frozen=True)
class Debt:
    """A line of the table of payments: one payer, what is owed and paid. ``share`` is none when nothing is
    owed under the version in force."""

    payer: str
    source: str
    account: Account
    share: BudgetShare | None


def debts(case: Case) -> list[Debt]:
    """Owed under the version in force against what was paid under any version, payer by payer."""
    plan = plan_in_force(case)
    shares = {(s.payer, s.source): s for s in plan.shares.all()} if plan else {}
    paid: dict[tuple[str, str], int] = {}
    for payment in case.payments.filter(voided_on=None).select_related("share"):
        key = (payment.share.payer, payment.share.source)
        paid[key] = paid.get(key, 0) + payment.amount
    accounts = budget.settle({key: share.amount for key, share in shares.items()}, paid)
    return [Debt(*key, account, shares.get(key)) for key, account in accounts.items()]


def _share(row: BudgetShare, currency: str) -> ShareRow:
    amount = Money(row.amount, currency) if row.by == ShareBy.AMOUNT else None
    return ShareRow(row.payer, row.by, row.source, row.percent, amount)

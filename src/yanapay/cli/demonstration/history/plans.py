"""Plans offered and accepted, and what the visits after the end found."""

from datetime import date, timedelta
from typing import Any

from yanapay.assistance.actions.payments import register_payment
from yanapay.assistance.actions.plans import accept_plan, draft_plan, offer_plan
from yanapay.assistance.actions.results import Visited, confirm_evaluation, record_evaluation
from yanapay.assistance.choices import Round
from yanapay.assistance.models import Case, Evaluation, Plan
from yanapay.assistance.queries.results import indicators_of
from yanapay.assistance.rules.plans import ActionRow, Draft, IndicatorRow, LineRow, ShareRow
from yanapay.audit.rules import Actor
from yanapay.cli.demonstration.history.sample import Answers
from yanapay.kernel.money import Money

IMPACT_DAY = date(2004, 12, 6)
METHOD = "Registro del taller durante una semana"


def offered_plan(by: Actor, case: Case, work: dict[str, Any], on: date, ends: date) -> Plan:
    """A plan with its budget: the enterprise pays a third, the programme the rest."""
    plan = draft_plan(by=by, case=case, draft=_draft(case, work, on, ends))
    return offer_plan(by=by, plan=plan, on=on)


def accepted_plan(
    by: Actor, case: Case, work: dict[str, Any], on: date, ends: date, owner: str
) -> Plan:  # fmt: skip
    """Accepted on the day of the offer, the enterprise's share paid a week later."""
    plan = offered_plan(by, case, work, on, ends)
    plan = accept_plan(by=by, plan=plan, on=on, name=owner, how="screen")
    share = plan.shares.get(payer="enterprise")
    register_payment(
        by=by, share=share, on=on, amount=Money(share.amount, plan.currency), payer_name=owner
    )
    return plan


def _draft(case: Case, work: dict[str, Any], on: date, ends: date) -> Draft:
    name, unit, direction, baseline, target = work["indicator"]
    last = max(ends, on + timedelta(days=7))
    days, travel = 200 + 50 * (case.pk % 5), 100 * (1 + case.pk % 3)
    return Draft(
        "PEN", work["action"], on, last, on + timedelta(days=30), markup=1_000,
        actions=(ActionRow(work["causes"][0], work["action"], f"{name}: {target / 1000:g} {unit}"),),
        indicators=(IndicatorRow(name, unit, direction, baseline, target, last, METHOD),),
        lines=(LineRow("specialist", "Días de especialista", days, Money(12_000, "PEN"), "días"),
               LineRow("travel", "Movilidad", travel, Money(2_500, "PEN"), "viajes"),
               LineRow("materials", "Insumos de prueba", 100, Money(8_000, "PEN"), "lote")),
        shares=(ShareRow("enterprise", "percent", percent=3_300),
                ShareRow("programme", "rest", "Programa (ficticio)")),
    )  # fmt: skip


def evaluated(by: Actor, case: Case, on: date, number: int, owner: str) -> None:
    """The final visit: most came near the target, some did not; the owner confirms."""
    evaluation = Evaluation.objects.get(case=case, round=Round.FINAL)
    reached = (100, 85, 60, 110, 30)[number % 5]
    values = {
        indicator.pk: indicator.baseline + (indicator.target - indicator.baseline) * reached // 100
        for indicator in indicators_of(case)
        if indicator.baseline is not None and indicator.target is not None
    }
    visited = Visited(on, satisfaction=3 + number % 3, values=values,
                      effect="Se mantiene lo aprendido en la visita (ficticio).")  # fmt: skip
    evaluation = record_evaluation(by=by, evaluation=evaluation, visited=visited)
    confirm_evaluation(by=by, evaluation=evaluation, on=on, name=owner, how="screen",
                       attribution=50 + 10 * (number % 5))  # fmt: skip


def impact(by: Actor, evaluation: Evaluation, told: Answers) -> None:
    """One enterprise of the impact evaluation, with the answers that it gave."""
    answers = {"has_brand": told.has_brand, "has_sanitary": told.has_sanitary}
    women_stable = min(told.women, told.stable)
    men_stable = told.stable - women_stable
    figures = {
        "workers": told.women + told.men, "workers_women": told.women, "workers_men": told.men,
        "women_stable": women_stable, "men_stable": men_stable,
        "women_unstable": told.women - women_stable, "men_unstable": told.men - men_stable,
        "source": "evaluación de impacto (ficticia)",
    }  # fmt: skip
    record_evaluation(by=by, evaluation=evaluation, visited=Visited(
        IMPACT_DAY, satisfaction=4, figures=figures,
        answers={key: answer for key, answer in answers.items() if answer is not None},
    ))  # fmt: skip

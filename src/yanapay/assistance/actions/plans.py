"""Plans: drafting, offering, and what the entrepreneur decides. What was offered no longer changes."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_noop

from yanapay.assistance.choices import PlanState, Signature, Stage
from yanapay.assistance.models import BudgetLine, BudgetShare, Case, Indicator, Plan, PlanAction
from yanapay.assistance.models.diagnosis import TreeNode
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.queries.plans import draft_of
from yanapay.assistance.rules.codes import READ_BACK
from yanapay.assistance.rules.plans import Draft, changes, check_draft, check_offer
from yanapay.assistance.rules.signatures import SUFFIXES, check_image
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.notices.actions import notify

NEWER = Message(
    "A newer version of this plan was offered. Load the page again and decide on that one."
).template


@transaction.atomic
def draft_plan(*, by: Actor, case: Case, draft: Draft) -> Plan:
    """A new version as a draft; there is one at a time."""
    case = standing(case)
    if case.stage < Stage.PROPOSAL:
        raise RuleBroken("The plan comes after the diagnosis: first finish that stage.")
    if written := case.plans.filter(state=PlanState.DRAFT).first():
        raise RuleBroken(
            "Version {number} is a draft already. Go on with it.", number=written.number
        )
    check_draft(draft, case.organisation.start_date)
    last = case.plans.first()
    plan = Plan.objects.create(
        case=case, number=last.number + 1 if last else 1, currency=draft.currency
    )
    _write(plan, draft)
    _record(by, "assistance.plan_drafted", plan)
    return plan


@transaction.atomic
def change_plan(*, by: Actor, plan: Plan, draft: Draft, version: int | None = None) -> Plan:
    """Write a draft anew, whole. ``version`` is the one the editor saw; another raises EditConflict."""
    plan = _locked(plan)
    if plan.state != PlanState.DRAFT:
        raise RuleBroken("This version was offered and no longer changes. Make a new version.")
    require_version(version, plan.version)
    check_draft(draft, plan.case.organisation.start_date)
    before = draft_of(plan)
    if before == draft:
        return plan
    plan.version += 1
    _write(plan, draft)
    changed = {one.kind for one in changes(before, draft)}
    _record(by, "assistance.plan_changed", plan, changed=sorted(changed), price=plan.price)
    return plan


@transaction.atomic
def new_version(*, by: Actor, plan: Plan) -> Plan:
    """A draft that begins as a copy of an earlier version; that one holds until the new one is decided."""
    return draft_plan(by=by, case=plan.case, draft=draft_of(plan))


@transaction.atomic
def discard_draft(*, by: Actor, plan: Plan) -> None:
    """Throw away a draft that nobody was shown."""
    plan = _locked(plan)
    if plan.state != PlanState.DRAFT:
        raise RuleBroken("This version was offered: it stays in the record.")
    _record(by, "assistance.plan_discarded", plan)
    plan.delete()


@transaction.atomic
def offer_plan(*, by: Actor, plan: Plan, on: date, version: int | None = None) -> Plan:
    """Show a version to the entrepreneur. From now on it is fixed, and it replaces any older offer."""
    plan = _locked(plan)
    if plan.state != PlanState.DRAFT:
        raise RuleBroken("Only a draft can be offered. Load the page again to see where it stands.")
    require_version(version, plan.version)
    draft = draft_of(plan)
    check_draft(draft, plan.case.organisation.start_date)
    check_offer(draft, on)
    _supersede(plan, PlanState.OFFERED)
    plan.state, plan.offered_on = PlanState.OFFERED, on
    plan.save()
    _record(by, "assistance.plan_offered", plan, price=plan.price, currency=plan.currency)
    return plan


@transaction.atomic
def accept_plan(
    *, by: Actor, plan: Plan, on: date, name: str, how: str, image: "File[bytes] | None" = None,
    content_type: str = "image/png",
) -> Plan:  # fmt: skip
    """The entrepreneur agrees: the version holds from now on and replaces the one that held before.

    ``image`` is the drawn signature or the scanned paper; on screen a typed name is enough.
    Raises RuleBroken for an older version, an offer that has run out, a paper without scan.
    """
    plan = _decidable(plan, on, name)
    if how == Signature.PAPER and image is None:
        raise RuleBroken("Add a scan or a photo of the signed paper.", field="image")
    if how == Signature.CODE and plan.code_tries != READ_BACK:
        raise RuleBroken("The code was not given back.", field="code")
    _supersede(plan, PlanState.ACCEPTED)
    if image is not None:
        check_image(image, content_type)
        name = f"plan-{plan.case_id}-{plan.number}{SUFFIXES[content_type]}"
        plan.signature_image.save(name, image, save=False)
    _decide(plan, PlanState.ACCEPTED, on, name, how)
    _tell(by, plan, gettext_noop("The entrepreneur accepted the offer of {case}."))
    _record(by, "assistance.plan_accepted", plan, how=str(how), price=plan.price)
    return plan


@transaction.atomic
def refuse_plan(*, by: Actor, plan: Plan, on: date, name: str, how: str, reason: str) -> Plan:
    """The entrepreneur declines this version, and says why. What was agreed before still holds."""
    plan = _decidable(plan, on, name)
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    plan.refusal_reason = reason
    _decide(plan, PlanState.REFUSED, on, name, how)
    _tell(by, plan, gettext_noop("The entrepreneur declined the offer of {case}: read why."))
    _record(by, "assistance.plan_refused", plan, how=str(how))
    return plan


def _write(plan: Plan, draft: Draft) -> None:
    for name in ("objective", "currency", "starts_on", "ends_on", "valid_until", "markup"):
        setattr(plan, name, getattr(draft, name))
    plan.cost, plan.price = draft.cost, draft.price
    plan.save()
    for rows in (plan.actions, plan.indicators, plan.lines, plan.shares):
        rows.all().delete()
    _write_work(plan, draft)
    _write_money(plan, draft)


def _write_work(plan: Plan, draft: Draft) -> None:
    wanted = [row.cause for row in draft.actions if row.cause]
    causes = TreeNode.objects.filter(diagnosis__case=plan.case_id, pk__in=wanted)
    known = set(causes.values_list("pk", flat=True))
    PlanAction.objects.bulk_create(
        PlanAction(plan=plan, objective=row.objective, action=row.action, result=row.result,
                   cause_id=row.cause if row.cause in known else None, position=place)
        for place, row in enumerate(draft.actions)
    )  # fmt: skip
    Indicator.objects.bulk_create(
        Indicator(plan=plan, position=place, name=row.name, unit=row.unit, direction=row.direction,
                  baseline=row.baseline, target=row.target, due_on=row.due_on, method=row.method)
        for place, row in enumerate(draft.indicators)
    )  # fmt: skip


def _write_money(plan: Plan, draft: Draft) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(plan=plan, position=place, kind=row.type, description=row.description, unit=row.unit,
                   quantity=row.quantity, unit_cost=row.unit_cost.amount_minor, cost=row.cost)
        for place, row in enumerate(draft.lines)
    )  # fmt: skip
    BudgetShare.objects.bulk_create(
        BudgetShare(plan=plan, payer=row.payer, source=row.source, by=row.by, percent=row.percent,
                    amount=amount)
        for row, amount in zip(draft.shares, draft.amounts(), strict=True)
    )  # fmt: skip


def _locked(plan: Plan) -> Plan:
    """The plan as it is now; its case is locked first, so that two decisions wait for each other."""
    case = standing(plan.case)
    current = case.plans.select_for_update().filter(pk=plan.pk).first()
    if current is None:
        raise RuleBroken("This draft was thrown away. Load the case again.")
    return current


def _decidable(plan: Plan, on: date, name: str) -> Plan:
    plan = _locked(plan)
    newer = plan.case.plans.filter(number__gt=plan.number)
    if newer.filter(state__in=(PlanState.OFFERED, PlanState.ACCEPTED)).exists():
        raise RuleBroken(NEWER)
    if plan.state != PlanState.OFFERED or plan.offered_on is None:
        raise RuleBroken(
            "This version is not on offer. Load the page again to see where it stands."
        )
    if not name.strip():
        raise RuleBroken("Write the name of who decides.", field="name")
    if on < plan.offered_on:
        raise RuleBroken(
            "The offer was made later than that, on {day}.", field="on", day=plan.offered_on
        )
    if plan.valid_until and on > plan.valid_until:
        raise RuleBroken(
            "This offer was valid until {day}. Offer a new version.", day=plan.valid_until
        )
    return plan


def _decide(plan: Plan, state: str, on: date, name: str, how: str) -> None:
    plan.state, plan.decided_on, plan.decided_by_name = state, on, name.strip()
    plan.signature, plan.code_digest = how, ""
    plan.save()


def _tell(by: Actor, plan: Plan, text: str) -> None:
    """Whoever answers for the case hears of a decision that was noted by somebody else."""
    notify(by=by, user_id=plan.case.responsible_id, text=text, url=f"/cases/{plan.case_id}/#plan",
           case=plan.case.number)  # fmt: skip


def _supersede(plan: Plan, state: str) -> None:
    plan.case.plans.filter(state=state).exclude(pk=plan.pk).update(state=PlanState.SUPERSEDED)


def _record(by: Actor, action: str, plan: Plan, **changes: Any) -> None:
    """The objective and the rows stay out of the trail: they may name people."""
    record(by=by, action=action, object_type="case", object_id=plan.case_id,
           changes={"plan": plan.number, **changes})  # fmt: skip

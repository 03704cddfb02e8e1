"""A plan is written, offered, decided and replaced; each bad turn is refused with a sentence."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.base import ContentFile
from tests.factories.assistance import bring_to, make_case
from tests.factories.assistance_diagnosis import make_tree
from tests.factories.assistance_plans import (
    DECIDED,
    OFFERED,
    OVEN,
    VALID,
    in_proposal,
    make_accepted,
    make_offer,
    make_plan,
    make_receipt,
    share_of,
    soles,
)
from tests.factories.directory import BY, make_organisation

from yanapay.assistance.actions.codes import make_code, try_code
from yanapay.assistance.actions.payments import register_payment, void_payment
from yanapay.assistance.actions.plans import (
    accept_plan,
    change_plan,
    discard_draft,
    draft_plan,
    new_version,
    offer_plan,
    refuse_plan,
)
from yanapay.assistance.models import Plan
from yanapay.assistance.queries.plans import debts, draft_of, first_draft, plan_in_force
from yanapay.assistance.rules.plans import IndicatorRow, LineRow, changes
from yanapay.audit.models import Event
from yanapay.kernel.errors import EditConflict, RuleBroken
from yanapay.kernel.money import Money

pytestmark = pytest.mark.django_db
NAME = "Rosa Quispe"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def accept(plan: Plan, **fields: object) -> Plan:
    about = {"on": DECIDED, "name": NAME, "how": "screen", **fields}
    return accept_plan(by=BY, plan=plan, **about)  # type: ignore[arg-type]


def test_a_plan_is_costed_priced_and_shared() -> None:
    plan = make_plan()
    assert (plan.cost, plan.price) == (80_000, 88_000)
    amounts = {share.payer: share.amount for share in plan.shares.all()}
    assert amounts == {"enterprise": 26_400, "voucher": 20_000, "programme": 41_600}
    assert draft_of(plan) == OVEN


def test_a_first_draft_starts_from_the_ranked_causes() -> None:
    case = in_proposal()
    make_tree(bring_to(case, 2))
    draft = first_draft(bring_to(case, 3), "PEN")
    assert draft.objective
    assert len(draft.actions) == 2
    assert all(row.objective and row.cause for row in draft.actions)


def test_there_is_no_plan_before_the_proposal_and_one_draft_at_a_time() -> None:
    with pytest.raises(RuleBroken, match="comes after the diagnosis"):
        draft_plan(by=BY, case=make_case(), draft=OVEN)
    plan = make_plan()
    with pytest.raises(RuleBroken, match="Version 1 is a draft already"):
        make_plan(plan.case)


def test_two_people_edit_the_same_plan() -> None:
    plan = make_plan()
    change_plan(by=BY, plan=plan, draft=replace(OVEN, objective="Una"), version=1)
    with pytest.raises(EditConflict):
        change_plan(by=BY, plan=plan, draft=replace(OVEN, objective="Otra"), version=1)
    plan.refresh_from_db()
    assert (plan.objective, plan.version) == ("Una", 2)


def test_saving_the_same_again_changes_nothing() -> None:
    plan = make_plan()
    assert change_plan(by=BY, plan=plan, draft=OVEN, version=1).version == 1


def test_a_budget_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(RuleBroken, match="is paid by nobody"):
        make_plan(shares=OVEN.shares[:2])


def test_money_in_two_currencies_is_refused() -> None:
    dollars = LineRow("materials", "Termómetro", 100, Money(9900, "USD"))
    with pytest.raises(RuleBroken, match="in another currency"):
        make_plan(lines=(*OVEN.lines, dollars))


def test_a_plan_does_not_start_before_the_founding_nor_end_before_its_start() -> None:
    young = in_proposal(organisation=make_organisation(start_date=date(2026, 2, 1)))
    with pytest.raises(RuleBroken, match="before the enterprise was founded"):
        make_plan(young, starts_on=date(2026, 1, 1))
    with pytest.raises(RuleBroken, match="cannot end before"):
        make_plan(ends_on=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"actions": ()}, "at least one action"),
        ({"indicators": ()}, "at least one indicator"),
        ({"indicators": (IndicatorRow("Merma", "%"),)}, "“Merma” needs its value today"),
        ({"lines": ()}, "Write the budget"),
        ({"shares": ()}, "Say who pays"),
        ({"valid_until": date(2026, 3, 11)}, "until which day the offer is valid"),
        ({"valid_until": None}, "until which day the offer is valid"),
    ],
)
def test_an_incomplete_plan_is_not_offered(lacking: dict[str, object], sentence: str) -> None:
    if "lines" in lacking:
        lacking["shares"] = ()
    plan = make_plan(**lacking)
    with pytest.raises(RuleBroken, match=sentence):
        offer_plan(by=BY, plan=plan, on=OFFERED)


def test_what_was_offered_no_longer_changes() -> None:
    plan = make_offer()
    with pytest.raises(RuleBroken, match="no longer changes"):
        change_plan(by=BY, plan=plan, draft=OVEN)
    with pytest.raises(RuleBroken, match="stays in the record"):
        discard_draft(by=BY, plan=plan)


def test_a_draft_can_be_thrown_away() -> None:
    plan = make_plan()
    discard_draft(by=BY, plan=plan)
    assert not Plan.objects.exists()


def test_an_older_version_cannot_be_accepted() -> None:
    first = make_offer()
    second = offer_plan(by=BY, plan=new_version(by=BY, plan=first), on=OFFERED)
    with pytest.raises(RuleBroken, match="A newer version of this plan was offered"):
        accept(first)
    assert accept(second).state == "accepted"


def test_a_new_version_replaces_the_agreed_one_only_when_it_is_accepted() -> None:
    first = make_accepted()
    second = offer_plan(by=BY, plan=new_version(by=BY, plan=first), on=DECIDED)
    assert plan_in_force(first.case) == first
    accept(second)
    first.refresh_from_db()
    assert first.state == "superseded"
    assert plan_in_force(first.case) == second


def test_what_a_new_version_changes_is_told() -> None:
    cheaper = replace(OVEN, lines=(OVEN.lines[0],), objective="Otra meta")
    told = {(c.kind, c.field): (c.before, c.after) for c in changes(OVEN, cheaper)}
    assert told["plan", "objective"] == ("Menos merma en el horno", "Otra meta")
    assert told["plan", "price"] == (soles("880"), soles("825"))
    assert told["line", ""][1] is None
    assert told["share", "amount"][0] != told["share", "amount"][1]


def test_an_offer_runs_out() -> None:
    with pytest.raises(RuleBroken, match="was valid until"):
        accept(make_offer(), on=date(2026, 5, 1))
    assert accept(make_offer(), on=VALID).decided_on == VALID


def test_paper_needs_its_scan_and_a_file_must_be_what_it_says() -> None:
    plan = make_offer()
    with pytest.raises(RuleBroken, match="scan or a photo"):
        accept(plan, how="paper")
    with pytest.raises(RuleBroken, match="Only a PDF, PNG or JPG"):
        accept(plan, how="paper", image=ContentFile(b"<html>"), content_type="image/png")
    assert accept(plan, how="paper", image=ContentFile(PNG)).signature_image.name.endswith(".png")


def test_a_code_is_read_back_before_it_accepts() -> None:
    plan = make_offer()
    code = make_code(by=BY, signed=plan)
    plan.refresh_from_db()
    assert code not in plan.code_digest
    with pytest.raises(RuleBroken, match="code was not given back"):
        accept(plan, how="code")
    assert try_code(by=BY, signed=plan, code=f"{code[:3]} {code[3:]}") is None
    assert accept(plan, how="code").signature == "code"


def test_a_code_is_tried_five_times() -> None:
    plan = make_offer()
    code = make_code(by=BY, signed=plan)
    wrong = "000000" if code != "000000" else "111111"
    assert [try_code(by=BY, signed=plan, code=wrong) for _ in range(5)] == [4, 3, 2, 1, 0]
    assert try_code(by=BY, signed=plan, code=code) == 0


def test_a_refusal_has_a_reason_and_leaves_the_case_open() -> None:
    plan = make_offer()
    with pytest.raises(RuleBroken, match="Say why"):
        refuse_plan(by=BY, plan=plan, on=DECIDED, name=NAME, how="screen", reason=" ")
    refused = refuse_plan(by=BY, plan=plan, on=DECIDED, name=NAME, how="screen", reason="Caro")
    assert (refused.state, refused.case.state) == ("refused", "open")


def test_the_trail_holds_no_text_of_a_plan() -> None:
    make_accepted()
    told = str(list(Event.objects.values_list("changes", flat=True)))
    assert "Mantener el horno" not in told
    assert NAME not in told


def test_receipts_are_numbered_and_set_against_what_is_owed() -> None:
    plan = make_accepted()
    make_receipt(share_of(plan), "100")
    paid = make_receipt(share_of(plan), "64", number="B001-77")
    first = plan.case.payments.first()
    assert first
    assert (first.number, paid.number) == ("REC-2026-0001", "B001-77")
    account = next(d.account for d in debts(plan.case) if d.payer == "enterprise")
    assert (account.owed, account.paid, account.left) == (26_400, 16_400, 10_000)


def test_more_than_is_owed_another_currency_and_a_number_used_twice_are_refused() -> None:
    plan = make_accepted()
    make_receipt(share_of(plan), number="B001-77")
    with pytest.raises(RuleBroken, match="still owed"):
        make_receipt(share_of(plan), "164.01")
    with pytest.raises(RuleBroken, match="was used already"):
        make_receipt(share_of(plan), number="b001-77")
    with pytest.raises(RuleBroken, match="before the case was opened"):
        make_receipt(share_of(plan), on=date(2026, 3, 1))
    with pytest.raises(RuleBroken, match="in another currency"):
        register_payment(
            by=BY, share=share_of(plan), on=DECIDED, amount=Money(1, "USD"), payer_name="x"
        )


def test_only_the_accepted_version_is_paid() -> None:
    with pytest.raises(RuleBroken, match="the version that was accepted"):
        make_receipt(share_of(make_offer()))


def test_a_void_receipt_stays_with_its_reason_and_is_owed_again() -> None:
    plan = make_accepted()
    receipt = make_receipt(share_of(plan))
    with pytest.raises(RuleBroken, match="Say why"):
        void_payment(by=BY, payment=receipt, on=DECIDED, reason="")
    void_payment(by=BY, payment=receipt, on=DECIDED, reason="Anotado dos veces")
    assert next(d.account.paid for d in debts(plan.case) if d.payer == "enterprise") == 0
    with pytest.raises(RuleBroken, match="void already"):
        void_payment(by=BY, payment=receipt, on=DECIDED, reason="otra vez")


def test_what_was_paid_under_an_older_version_still_counts() -> None:
    plan = make_accepted()
    make_receipt(share_of(plan, "voucher"), "150")
    newer = new_version(by=BY, plan=plan)
    change_plan(by=BY, plan=newer, draft=replace(OVEN, shares=(OVEN.shares[0], OVEN.shares[2])))
    accept(offer_plan(by=BY, plan=newer, on=DECIDED))
    old = next(debt for debt in debts(plan.case) if debt.payer == "voucher")
    assert (old.share, old.account.owed, old.account.paid) == (None, 0, 15_000)

"""A case passes from one centre to another."""

import pytest
from tests.factories.assistance import make_case
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_organisation,
    make_scope,
    make_user,
)

from yanapay.assistance.actions.transfers import (
    accept_transfer,
    ask_transfer,
    decline_transfer,
    withdraw_transfer,
)
from yanapay.assistance.models import Case, CaseTransfer
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.transfers import open_transfer, transfers_to_answer
from yanapay.audit.models import Event
from yanapay.directory.models import Organisation, Share, SharingRequest
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.notices.models import Notice

pytestmark = pytest.mark.django_db
PAPER = {"channel": "paper", "text_version": "2026-1"}


def offered(case: Case) -> CaseTransfer:
    return ask_transfer(
        by=BY, case=case, target=make_centre("ayacucho"), reason="The firm moved", on=TODAY,
        consent=PAPER,
    )  # fmt: skip


def accepted(transfer: CaseTransfer) -> Case:
    promoter = make_user("promoter", transfer.target)
    return accept_transfer(
        by=BY, transfer=transfer, responsible=promoter, decided_by=promoter, on=TODAY
    )


def test_an_accepted_case_belongs_to_the_other_centre_with_its_history() -> None:
    case = make_case()
    coordinator = make_user("coordinator", make_centre("ayacucho"))
    there = make_scope("promoter", make_centre("ayacucho"))
    transfer = offered(case)
    assert Notice.objects.filter(user=coordinator).exists()
    with pytest.raises(NotFound):
        open_case(there, case.pk)
    case = accepted(transfer)
    assert (case.centre.code, case.number) == ("ayacucho", "SAT-2026-0001")
    assert open_case(there, case.pk).transitions.count() == 1
    assert Event.objects.about("case", case.pk).filter(action="assistance.case_opened").exists()


def test_the_file_of_the_enterprise_is_shared_for_that_purpose() -> None:
    case = accepted(offered(make_case()))
    share = Share.objects.get(organisation=case.organisation)
    assert share.centre == case.centre
    purpose = SharingRequest.objects.get(organisation=case.organisation).purpose
    assert purpose == "SAT-2026-0001: The firm moved"
    scope = make_scope("promoter", case.centre)
    assert Organisation.objects.visible_to(scope).filter(pk=case.organisation_id).exists()


def test_without_the_consent_of_the_enterprise_nothing_is_offered() -> None:
    with pytest.raises(RuleBroken, match="not agreed"):
        ask_transfer(
            by=BY, case=make_case(), target=make_centre("ayacucho"), reason="It moved", on=TODAY
        )


def test_a_number_that_is_taken_there_carries_its_first_centre() -> None:
    make_case(make_organisation("Otra", make_centre("ayacucho")), centre=make_centre("ayacucho"))
    case = accepted(offered(make_case()))
    assert case.number == "SAT-2026-0001/huancayo"
    home = ask_transfer(by=BY, case=case, target=make_centre(), reason="It came back", on=TODAY)
    assert accepted(home).number == "SAT-2026-0001"


def test_a_declined_case_stays_and_its_promoter_learns_why() -> None:
    case = make_case()
    with pytest.raises(RuleBroken, match="why"):
        decline_transfer(by=BY, transfer=offered(case), reason=" ", on=TODAY)
    transfer = CaseTransfer.objects.get()
    decline_transfer(by=BY, transfer=transfer, reason="No specialist here", on=TODAY)
    case.refresh_from_db()
    assert case.centre.code == "huancayo"
    assert Notice.objects.filter(user=case.responsible).exists()
    with pytest.raises(RuleBroken, match="answered already"):
        accepted(transfer)


def test_an_offer_is_made_once_and_can_be_taken_back() -> None:
    case = make_case()
    transfer = offered(case)
    with pytest.raises(RuleBroken, match="already offered"):
        offered(case)
    withdraw_transfer(by=BY, transfer=transfer, on=TODAY)
    assert offered(case).state == "pending"


def test_only_the_asked_coordinator_sees_the_offer() -> None:
    transfer = offered(make_case())
    ayacucho = make_centre("ayacucho")
    assert open_transfer(make_scope("coordinator", ayacucho), transfer.pk) == transfer
    for scope in (make_scope("promoter", ayacucho), make_scope("coordinator")):
        assert not transfers_to_answer(scope).exists()


def test_the_new_responsible_serves_clients_there() -> None:
    transfer = offered(make_case())
    stranger = make_user("promoter")
    with pytest.raises(RuleBroken, match="your centre"):
        accept_transfer(
            by=BY, transfer=transfer, responsible=stranger, decided_by=stranger, on=TODAY
        )

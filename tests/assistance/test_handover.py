"""The service of Huancayo passes from the Instituto Wiñay to a training institute."""

from datetime import date

import pytest
from tests.factories.assistance import make_case
from tests.factories.assistance_centre import make_entry
from tests.factories.assistance_consultations import make_consultation
from tests.factories.directory import BY, make_centre, make_scope

from yanapay.assistance.actions.handover import (
    accept_component,
    agree_transfer,
    complete_transfer,
    describe_component,
    drop_component,
    hand_component,
    share_management,
)
from yanapay.assistance.models import Evaluation, ServiceTransfer
from yanapay.assistance.queries.handover import open_transfer, shared_months, transfer_act
from yanapay.centres.actions import create_institution
from yanapay.kernel.errors import EditConflict, NotFound, RuleBroken

pytestmark = pytest.mark.django_db
AGREED, SHARED, DONE = date(2026, 1, 10), date(2026, 2, 20), date(2026, 4, 15)


def make_transfer() -> ServiceTransfer:
    centre = make_centre()
    target = create_institution(by=BY, name="Instituto Superior del Mantaro")
    return agree_transfer(by=BY, centre=centre, target=target, agreed_on=AGREED)


def hand_everything(transfer: ServiceTransfer) -> None:
    for component in transfer.components.all():
        describe_component(by=BY, transfer=transfer, component=component, kind=component.kind,
                           description="Manual de la CAT")  # fmt: skip
        hand_component(by=BY, component=component, on=SHARED)
        accept_component(by=BY, component=component, on=SHARED, accepted_by_name="Elena Soto")


def test_three_phases_lead_to_a_centre_of_the_new_institution() -> None:
    transfer = make_transfer()
    assert (transfer.phase, transfer.components.count()) == ("gestion_inicial", 6)
    share_management(by=BY, transfer=transfer, on=SHARED, version=1)
    hand_everything(transfer)
    done = complete_transfer(by=BY, transfer=transfer, on=DONE, version=2)
    centre = make_centre()
    assert done.phase == "autogestion"
    assert centre.institution == done.target
    act = transfer_act(done)
    assert (act["target"], len(act["components"])) == ("Instituto Superior del Mantaro", 6)
    with pytest.raises(RuleBroken):
        share_management(by=BY, transfer=done, on=DONE)


def test_nothing_is_completed_before_every_component_is_accepted() -> None:
    transfer = make_transfer()
    with pytest.raises(RuleBroken):
        complete_transfer(by=BY, transfer=transfer, on=DONE)
    share_management(by=BY, transfer=transfer, on=SHARED)
    hand_everything(transfer)
    describe_component(by=BY, transfer=transfer, kind="files", description="Fichas de 2001")
    with pytest.raises(RuleBroken) as refused:
        complete_transfer(by=BY, transfer=transfer, on=DONE)
    assert "1" in str(refused.value)
    drop_component(by=BY, component=transfer.components.get(description="Fichas de 2001"))
    with pytest.raises(RuleBroken):
        complete_transfer(by=BY, transfer=transfer, on=date(2026, 1, 1))
    with pytest.raises(EditConflict):
        complete_transfer(by=BY, transfer=transfer, on=DONE, version=1)
    assert make_centre().institution == transfer.source


def test_a_component_is_described_handed_and_accepted_in_this_order() -> None:
    component = make_transfer().components.first()
    assert component
    with pytest.raises(RuleBroken):
        accept_component(by=BY, component=component, on=SHARED, accepted_by_name="Elena")
    with pytest.raises(RuleBroken):
        hand_component(by=BY, component=component, on=SHARED)
    describe_component(by=BY, transfer=component.transfer, component=component, kind="files",
                       description="Fichas")  # fmt: skip
    hand_component(by=BY, component=component, on=SHARED)
    with pytest.raises(RuleBroken):
        accept_component(by=BY, component=component, on=AGREED, accepted_by_name="Elena")
    with pytest.raises(RuleBroken):
        drop_component(by=BY, component=type(component).objects.get(pk=component.pk))


def test_one_transfer_of_a_centre_at_a_time_and_to_somebody_else() -> None:
    transfer = make_transfer()
    with pytest.raises(RuleBroken):
        agree_transfer(by=BY, centre=transfer.centre, target=transfer.target, agreed_on=AGREED)
    other = make_centre("ayacucho")
    with pytest.raises(RuleBroken):
        agree_transfer(by=BY, centre=other, target=other.institution, agreed_on=AGREED)


def test_indicators_run_month_by_month_of_shared_management() -> None:
    transfer = make_transfer()
    assert shared_months(transfer, DONE) == []
    transfer = share_management(by=BY, transfer=transfer, on=SHARED)
    case = make_case(on=date(2026, 3, 3))
    make_case(on=date(2026, 2, 1))
    make_consultation()
    make_entry("salaries", 100)
    Evaluation.objects.create(case=case, round="final", due_from=SHARED, due_on=DONE,
                              done_on=date(2026, 3, 9), satisfaction=4)  # fmt: skip
    february, march, april = shared_months(transfer, date(2026, 4, 2))
    assert (february.cases, february.consultations) == (0, 0)
    assert (march.cases, march.consultations, march.satisfaction, march.rated) == (1, 1, 4, 1)
    assert march.ratio.cost == 10_000
    assert april.first == date(2026, 4, 1)


def test_only_who_coordinates_the_centre_sees_its_transfer() -> None:
    transfer = make_transfer()
    assert open_transfer(make_scope("coordinator"), transfer.pk) == transfer
    assert open_transfer(make_scope("admin"), transfer.pk) == transfer
    for scope in (make_scope("promoter"), make_scope("coordinator", make_centre("ayacucho"))):
        with pytest.raises(NotFound):
            open_transfer(scope, transfer.pk)

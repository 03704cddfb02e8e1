"""The baseline's field form lands in its case."""

from datetime import date

import pytest
from tests.factories.assistance import make_case
from tests.factories.directory import BY, make_centre, make_organisation
from tests.factories.mapping import make_form, make_submission

from yanapay.assistance.actions.baseline import take_baseline
from yanapay.assistance.queries.baseline import answers_of
from yanapay.assistance.rules.field_form import figures_said
from yanapay.directory.models import Observation

pytestmark = pytest.mark.django_db
ARRIVED = date(2026, 3, 12)
SAID = {
    "observed_on": "2026-03-02", "workers": "5", "workers_women": "3", "workers_men": "2",
    "assets": "12500.50", "currency": "pen", "hours_day": "9.5", "days_week": "6", "main_products": "Pan",
}  # fmt: skip


def test_figures_are_read_as_they_were_said() -> None:
    assert figures_said(SAID, ARRIVED) == {
        "observed_on": date(2026, 3, 2), "workers": 5, "workers_women": 3, "workers_men": 2,
        "assets": 1_250_050, "currency": "PEN", "hours_per_week": 57, "products": "Pan",
    }  # fmt: skip


def test_what_cannot_be_read_is_left_out() -> None:
    odd = {"observed_on": "2031-01-01", "workers": "muchos", "hours_day": "x", "assets": "-4"}
    assert figures_said(odd, ARRIVED) == {"observed_on": ARRIVED}


def test_an_answer_finds_its_case_by_number() -> None:
    case, form = make_case(), make_form("linea_base", "baseline")
    make_case(organisation=make_organisation("Otra"))
    submission = make_submission(form=form, case_number=case.number.lower(), **SAID)
    first = take_baseline(by=BY, submission=submission)
    assert first is not None
    assert (first.organisation, first.workers) == (case.organisation, 5)
    assert take_baseline(by=BY, submission=submission) == first
    assert list(answers_of(case)) == [submission]


def test_or_by_the_tax_number_of_the_enterprise() -> None:
    case = make_case(organisation=make_organisation(ruc="20131312955"))
    form = make_form("linea_base", "baseline")
    found = take_baseline(
        by=BY, submission=make_submission(form=form, tax_id="20131312955", workers="4")
    )
    assert found is not None
    assert found.organisation == case.organisation


def test_an_edited_answer_corrects_the_figures() -> None:
    case, form = make_case(), make_form("linea_base", "baseline")
    answer = make_submission(form=form, case_number=case.number, workers="4")
    take_baseline(by=BY, submission=answer)
    edit = make_submission(form=form, edit_of=answer, case_number=case.number, workers="5")
    take_baseline(by=BY, submission=edit)
    assert Observation.objects.standing().get().workers == 5
    assert list(answers_of(case)) == [edit]


def test_no_case_no_figures() -> None:
    case, form = make_case(), make_form("linea_base", "baseline")
    elsewhere = {"centre": make_centre("puno"), "case_number": case.number}
    assert take_baseline(by=BY, submission=make_submission(form=form, **elsewhere, **SAID)) is None
    assert (
        take_baseline(by=BY, submission=make_submission(form=form, case_number="C-9", **SAID))
        is None
    )
    assert take_baseline(by=BY, submission=make_submission(case_number=case.number, **SAID)) is None
    assert not Observation.objects.exists()

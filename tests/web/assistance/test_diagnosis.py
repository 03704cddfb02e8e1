"""The pages of the diagnosis: written, compared, and told apart when two write at once."""

from datetime import date

import pytest
from django.test import Client
from tests.factories.assistance_diagnosis import (
    ANSWERS,
    make_case_in_diagnosis,
    make_diagnosis,
    make_tree,
)
from tests.factories.centres import Cast
from tests.factories.directory import make_observation
from tests.web.conftest import Browse

from yanapay.assistance.models import Case, Diagnosis

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case_in_diagnosis(centre=cast.huancayo, responsible=cast.ana)


@pytest.fixture
def ana(cast: Cast, browse: Browse) -> Client:
    return browse(cast.ana)


def sent(**fields: object) -> dict[str, object]:
    return {
        "done_on": "2026-03-05",
        "baseline": "",
        "currency": "PEN",
        "p1": "3",
        "a2": "",
        **fields,
    }


def test_a_promoter_writes_the_diagnosis_with_the_figures_of_the_day(
    ana: Client, case: Case
) -> None:
    address = f"/cases/{case.pk}/diagnosis/edit/"
    assert ana.get(address).status_code == 200
    written = sent(
        workers_women="3", workers_men="1", annual_sales="36,000.00", strengths="Buen trato"
    )
    response = ana.post(address, written)
    assert response.status_code == 302
    diagnosis = Diagnosis.objects.select_related("baseline").get(case=case)
    assert diagnosis.answers == {"p1": 3}
    assert diagnosis.baseline is not None
    assert (diagnosis.baseline.workers, diagnosis.baseline.annual_sales) == (4, 3_600_000)
    page = ana.get(f"/cases/{case.pk}/diagnosis/").content.decode()
    assert "3 / 4" in page
    assert "Buen trato" in page


def test_figures_that_stand_are_offered(ana: Client, case: Case) -> None:
    figures = make_observation(case.organisation, on=date(2026, 3, 1), workers=9)
    ana.post(f"/cases/{case.pk}/diagnosis/edit/", sent(baseline=str(figures.pk)))
    assert Diagnosis.objects.get(case=case).baseline == figures


@pytest.mark.parametrize(
    "wrong", [{"done_on": ""}, {"p1": "7"}, {"annual_sales": "mucho"}, {"baseline": "999999"}]
)
def test_what_is_refused_keeps_what_was_typed(
    ana: Client, case: Case, wrong: dict[str, str]
) -> None:
    response = ana.post(
        f"/cases/{case.pk}/diagnosis/edit/", sent(conclusions="No se pierde", **wrong)
    )
    assert response.status_code == 422
    assert "No se pierde" in response.content.decode()
    assert not Diagnosis.objects.filter(case=case).exclude(done_on=None).exists()


def test_the_second_writer_sees_both_versions_and_saves_again(ana: Client, case: Case) -> None:
    address = f"/cases/{case.pk}/diagnosis/edit/"
    seen = make_diagnosis(case).version
    make_diagnosis(case, answers={"p1": 0}, conclusions="De Beto")
    response = ana.post(address, sent(version=seen, conclusions="De Ana"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "De Ana" in page
    assert "De Beto" in page
    current = Diagnosis.objects.get(case=case).version
    assert f'name="version" value="{current}"' in page
    assert ana.post(address, sent(version=current, conclusions="De Ana")).status_code == 302


def test_the_page_compares_with_the_diagnosis_before(ana: Client, cast: Cast, case: Case) -> None:
    earlier = make_case_in_diagnosis(
        organisation=case.organisation, centre=cast.huancayo, on=date(2025, 2, 1)
    )
    make_diagnosis(earlier, on=date(2025, 3, 1))
    make_diagnosis(case, answers={**ANSWERS, "p1": 4})
    page = ana.get(f"/cases/{case.pk}/diagnosis/").content.decode()
    assert earlier.number in page
    assert "+25" in page
    Diagnosis.objects.filter(case=case).update(questionnaire="2026")
    assert case.number in ana.get(f"/cases/{earlier.pk}/diagnosis/").content.decode()


def test_the_case_page_shows_scores_and_a_small_tree(ana: Client, case: Case) -> None:
    assert ana.get(f"/cases/{case.pk}/").status_code == 200
    make_diagnosis(case)
    make_tree(case)
    page = ana.get(f"/cases/{case.pk}/").content.decode()
    assert "<svg xmlns" in page
    assert "3 / 12" in page


@pytest.mark.parametrize("path", ["diagnosis/", "diagnosis/edit/", "tree/", "tree/outline/"])
def test_another_centre_sees_nothing(cast: Cast, browse: Browse, case: Case, path: str) -> None:
    make_tree(case)
    assert browse(cast.carla).get(f"/cases/{case.pk}/{path}").status_code == 404
    assert Client().get(f"/cases/{case.pk}/{path}").status_code == 302

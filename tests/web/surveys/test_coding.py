"""Coding open answers by two people, blind to each other, and deciding between them."""

import pytest
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY
from tests.factories.surveys_tables import answer, make_form

from yanapay.accounts.models import User
from yanapay.directory.actions.attributes import load_terms
from yanapay.surveys.models import Coding, Submission

from tests.web.conftest import Browse  # isort: skip

TASK = "/coding/ferias/aims/need_codes/"


@pytest.fixture
def answers(cast: Cast) -> list[Submission]:
    load_terms(by=BY)
    form = make_form(centre=cast.huancayo)
    answer(form, {"statutes": "si"})
    return [answer(form, {"aims": f"Vender {n}"}) for n in range(2)]


def codes_of(user: User) -> list[list[str]]:
    held = Coding.objects.filter(coder=user, is_adjudicated=False).order_by("submission")
    return [coding.codes for coding in held]


def test_one_answer_after_another(cast: Cast, browse: Browse, answers: list[Submission]) -> None:
    beto = browse(cast.beto)
    chosen = beto.get("/coding/?form=ferias&question=aims&vocabulary=need_codes")
    assert chosen.headers["Location"] == TASK
    shown = beto.get(TASK).content.decode()
    assert ("Vender 0" in shown, "Needs" in shown or "Necesidades" in shown) == (True, True)
    beto.post(f"{TASK}?at={answers[0].pk}", {"codes": ["otro", "tributario"]})
    page = beto.get(TASK).content.decode()
    assert "Vender 1" in page
    assert "Vender 0" not in page
    beto.post(f"{TASK}?at={answers[1].pk}", {})
    assert codes_of(cast.beto) == [["otro", "tributario"], []]
    assert "<blockquote" not in beto.get(TASK).content.decode()


def test_the_key_of_an_interview_is_nothing_to_code(
    cast: Cast, browse: Browse, answers: list[Submission]
) -> None:
    version = answers[0].version
    asked = next(one for one in version.schema if one["name"] == "aims")
    version.schema = [{**asked, "name": "interview"}, *version.schema]
    version.save()
    page = browse(cast.beto).get("/coding/").content.decode()
    assert 'value="aims"' in page
    assert 'value="interview"' not in page


def test_a_code_that_is_not_in_the_list_is_refused(
    cast: Cast, browse: Browse, answers: list[Submission]
) -> None:
    response = browse(cast.beto).post(f"{TASK}?at={answers[0].pk}", {"codes": ["robo"]})
    assert response.status_code == 422
    assert codes_of(cast.beto) == []


def test_coders_are_blind_to_each_other(
    cast: Cast, browse: Browse, answers: list[Submission]
) -> None:
    browse(cast.beto).post(f"{TASK}?at={answers[0].pk}", {"codes": ["otro"]})
    ana = browse(cast.ana)
    assert " checked" not in ana.get(TASK).content.decode()
    assert ana.get(f"{TASK}agreement/").status_code == 403
    ana.post(f"{TASK}?at={answers[0].pk}", {"codes": ["otro"]})
    assert ana.get(f"{TASK}agreement/").status_code == 200


def test_nobody_adapts_to_the_other_afterwards(
    cast: Cast, browse: Browse, answers: list[Submission]
) -> None:
    for user, code in ((cast.beto, "otro"), (cast.ana, "tributario")):
        browse(user).post(f"{TASK}?at={answers[0].pk}", {"codes": [code]})
    changed = browse(cast.ana).post(f"{TASK}?at={answers[0].pk}", {"codes": ["otro"]})
    assert changed.status_code == 422
    assert codes_of(cast.ana) == [["tributario"]]


def test_differences_are_decided_by_a_reviewer(
    cast: Cast, browse: Browse, answers: list[Submission]
) -> None:
    for user, code in ((cast.beto, "otro"), (cast.ana, "tributario")):
        for submission in answers:
            told = "otro" if submission is answers[1] else code
            browse(user).post(f"{TASK}?at={submission.pk}", {"codes": [told]})
    page = browse(cast.beto).get(f"{TASK}agreement/").content.decode()
    assert "Vender 0" in page
    assert "Vender 1" not in page
    assert f'data-label="Solo {cast.beto}"' in page, "also on a telephone"
    where = f"{TASK}agreement/{answers[0].pk}/"
    assert browse(cast.ana).post(where, {"codes": ["otro"]}).status_code == 403
    assert browse(cast.beto).get(where).status_code == 200
    assert browse(cast.beto).post(where, {"codes": ["tributario"]}).status_code == 302
    assert Coding.objects.get(is_adjudicated=True).codes == ["tributario"]
    table = browse(cast.beto).get("/tables/ferias.aims/table.json").json()
    assert {row["code"]: row["n"] for row in table["rows"]} == {"otro": 1, "tributario": 1}


def test_others_do_not_get_in(cast: Cast, browse: Browse, answers: list[Submission]) -> None:
    mapper = make_member("mapper", "mapper", cast.huancayo)
    assert browse(mapper).get(TASK).status_code == 403
    carla = browse(cast.carla)
    assert carla.get(TASK).status_code == 404
    assert carla.post(f"{TASK}?at={answers[0].pk}", {"codes": ["otro"]}).status_code == 404
    beto = browse(cast.beto)
    for path in (
        "/coding/ferias/phone/need_codes/",
        "/coding/ferias/aims/kind/",
        "/coding/x/aims/need_codes/",
    ):
        assert beto.get(path).status_code == 404, path

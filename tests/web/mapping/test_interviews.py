"""Interviews in the browser: planned, assigned, seen by those who go."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.directory import BY, make_centre, make_organisation, make_user
from tests.factories.mapping import make_form, make_interview

from yanapay.accounts.models import User
from yanapay.mapping.actions.interviews import assign
from yanapay.mapping.models import Interview

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


@pytest.fixture
def reviewer(browse: Browse) -> Client:
    return browse(make_user("coordinator"))


def test_a_new_name_is_compared_with_the_directory_first(reviewer: Client) -> None:
    known, form = make_organisation(name="Taller Warmi"), make_form()
    data = {"name": "taller warmi", "instrument": form.pk, "centre": make_centre().pk}
    page = reviewer.post("/interviews/new/", data).content.decode()
    assert f'name="organisation" value="{known.pk}"' in page
    assert not Interview.objects.exists()
    reviewer.post("/interviews/new/", {**data, "organisation": known.pk})
    assert Interview.objects.get().organisation == known
    reviewer.post("/interviews/new/", {**data, "is_new": "1"})
    assert Interview.objects.filter(organisation=None).count() == 1


def test_a_name_with_words_left_out_is_known_too(reviewer: Client) -> None:
    known = make_organisation(name="Asociación de Tejedoras Qori Maki de Ahuac")
    data = {"name": "Tejedoras Qori Maki", "instrument": make_form().pk, "centre": make_centre().pk}
    page = reviewer.post("/interviews/new/", data).content.decode()
    assert f'name="organisation" value="{known.pk}"' in page


def test_a_list_of_the_directory_is_planned_at_once(reviewer: Client) -> None:
    form = make_form()
    make_organisation(name="Feria de Ica", kind="red")
    make_organisation(name="Casa Betania")
    make_organisation(name="Ajena", kind="red", centre=make_centre("puno"))
    assert "Feria de Ica" in reviewer.get("/interviews/plan/?kind=red").content.decode()
    reviewer.post("/interviews/plan/?kind=red", {"instrument": form.pk})
    assert [i.name for i in Interview.objects.all()] == ["Feria de Ica"]


def test_assigned_in_the_browser_and_seen_by_the_mapper(reviewer: Client, browse: Browse) -> None:
    mapper, interview = make_user("mapper"), make_interview(name="Feria de Ica", contact="964 1")
    assert "Feria de Ica" in reviewer.get("/interviews/board/").content.decode()
    reviewer.post(
        f"/interviews/{interview.pk}/", {"interviewer": mapper.pk, "due_on": "2026-12-01"}
    )
    client = browse(mapper)
    page = client.get("/interviews/mine/").content.decode()
    assert "Feria de Ica" in page
    assert f"<strong>{interview.pk}</strong>" in page
    assert "/interviews/mine/" in client.get("/fill/").content.decode()
    assert client.get(f"/interviews/{interview.pk}/").status_code == 200
    assert client.get("/interviews/").status_code == 403
    assert (
        client.post(
            f"/interviews/{interview.pk}/move/", {"state": "dropped", "reason": "x"}
        ).status_code
        == 403
    )


def test_of_others_a_mapper_sees_nothing(browse: Browse) -> None:
    interview = assign(by=BY, interview=make_interview(), interviewer=make_user("mapper"))
    client = browse(make_user("mapper"))
    assert client.get(f"/interviews/{interview.pk}/").status_code == 404
    assert str(interview) not in client.get("/interviews/mine/").content.decode()


def test_dropping_needs_a_reason(reviewer: Client) -> None:
    interview = make_interview()
    reviewer.post(f"/interviews/{interview.pk}/move/", {"state": "dropped", "reason": ""})
    interview.refresh_from_db()
    assert interview.state == "proposed"
    reviewer.post(f"/interviews/{interview.pk}/move/", {"state": "dropped", "reason": "se mudó"})
    interview.refresh_from_db()
    assert interview.state == "dropped"
    assert reviewer.get("/interviews/?state=dropped&q=warmi").status_code == 200


def test_an_impossible_move_changes_nothing(reviewer: Client) -> None:
    interview = make_interview()
    reviewer.post(f"/interviews/{interview.pk}/move/", {"state": "published", "reason": "x"})
    reviewer.post(f"/interviews/{interview.pk}/move/", {"state": "nonsense"})
    interview.refresh_from_db()
    assert interview.state == "proposed"

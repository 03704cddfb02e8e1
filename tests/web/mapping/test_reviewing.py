"""The review page: both sides, ticks, duplicates, publishing; only for reviewers of the centre."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.factories.directory import BY, make_centre, make_organisation, make_user
from tests.factories.mapping import (
    agree,
    make_answer,
    make_entry,
    make_form,
    make_interview,
    make_proposal,
)

from yanapay.accounts.models import User
from yanapay.directory.actions.attributes import load_terms
from yanapay.directory.models import Organisation
from yanapay.mapping.actions.interviews import assign
from yanapay.mapping.models import Entry, Proposal
from yanapay.surveys.rules.days import HELD

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


@pytest.fixture
def reviewer(browse: Browse) -> Client:
    return browse(make_user("coordinator"))


def test_both_sides_stand_beside_each_other(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi", phone="964000000")
    proposal = make_proposal(firm, phone="964555777", email="mal@", name="Warmi")
    page = reviewer.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "964 000 000" in page
    assert "964 555 777" in page
    assert 'id="accept-email" aria-describedby' in page, "what cannot be read is not ticked"
    assert "mal@" in page


CORRECTABLE = {"correctable": ["phone", "email", "need_codes", "description"]}


def test_a_reviewer_corrects_a_value_and_all_sides_stay(reviewer: Client) -> None:
    load_terms(by=BY)
    firm = make_organisation(name="Warmi", phone="964000000")
    proposal = make_proposal(firm, phone="964555777", email="mal@", need_codes=["acceso_mercado"],
                             description="Tejidos")  # fmt: skip
    reviewer.post(f"/proposals/{proposal.pk}/", CORRECTABLE | {
        "accept": ["phone", "email", "need_codes"], "version": firm.version,
        "correct-phone": "964 555 778", "correct-email": "taller@warmi.pe",
        "correct-need_codes": ["acceso_mercado"], "correct-description": "Tejidos",
    })  # fmt: skip
    firm.refresh_from_db()
    assert (firm.phone, firm.email) == ("964555778", "taller@warmi.pe")
    decided = Proposal.objects.get()
    assert decided.corrected == {"phone": "964555778", "email": "taller@warmi.pe"}
    assert (decided.proposed["phone"], decided.held["phone"]) == ("964555777", "964000000")
    page = reviewer.get(f"/proposals/{proposal.pk}/").content.decode()
    for said in ("964 000 000", "<del>964 555 777</del>", "<ins>964 555 778</ins>"):
        assert said in page


def test_a_correction_that_cannot_be_read_is_told_beside_its_field(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi")
    proposal = make_proposal(firm, phone="964555777", email="mal@", description="Tejidos")
    answer = reviewer.post(f"/proposals/{proposal.pk}/", CORRECTABLE | {
        "accept": ["phone", "email"], "correct-phone": "964555778", "correct-email": "peor@",
        "correct-description": "Tejidos y más",
    })  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="964555778"' in page, "nothing typed is lost"
    assert 'id="id_correct-email_error"' in page
    assert 'id="id_correct-description_error"' in page, "corrected, but not ticked"
    assert 'id="id_correct-phone_error"' not in page
    assert Proposal.objects.get().state == "pending"


def test_an_untouched_value_that_cannot_be_read_stops_nobody(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi")
    proposal = make_proposal(firm, phone="964555777", email="mal@")
    reviewer.post(f"/proposals/{proposal.pk}/", CORRECTABLE | {
        "accept": ["phone"], "correct-phone": "964 555 777", "correct-email": "mal@"})  # fmt: skip
    decided = Proposal.objects.get()
    assert (decided.state, decided.corrected) == ("partly", {})


def test_what_is_ticked_is_written_and_the_next_one_opens(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi", phone="964000000")
    proposal, following = make_proposal(firm, phone="964555777", acronym="TW"), make_proposal()
    answer = reviewer.post(
        f"/proposals/{proposal.pk}/", {"accept": ["phone"], "version": firm.version}
    )
    assert answer["Location"] == f"/proposals/{following.pk}/"
    firm.refresh_from_db()
    assert (firm.phone, firm.acronym) == ("964555777", "")


def test_nothing_ticked_is_a_slip_not_a_refusal(reviewer: Client) -> None:
    proposal = make_proposal()
    answer = reviewer.post(f"/proposals/{proposal.pk}/", {"reason": "spam"})
    assert answer.status_code == 422
    assert 'value="spam"' in answer.content.decode()
    reviewer.post(f"/proposals/{proposal.pk}/", {"refuse": "1", "reason": "spam"})
    assert Proposal.objects.get().state == "refused"


def test_a_new_organisation_only_after_looking_at_the_known_ones(reviewer: Client) -> None:
    known = make_organisation(name="Taller Warmi")
    proposal = make_proposal(phone="964555777")
    page = reviewer.get(f"/proposals/{proposal.pk}/").content.decode()
    assert f"?organisation={known.pk}" in page
    assert reviewer.post(f"/proposals/{proposal.pk}/", {"accept": ["name"]}).status_code == 422
    assert Organisation.objects.count() == 1
    compared = reviewer.get(f"/proposals/{proposal.pk}/?organisation={known.pk}").content.decode()
    assert f'name="organisation" value="{known.pk}"' in compared
    reviewer.post(f"/proposals/{proposal.pk}/", {"accept": ["phone"], "organisation": known.pk})
    known.refresh_from_db()
    assert known.phone == "964555777"
    other = make_proposal()
    reviewer.post(f"/proposals/{other.pk}/", {"accept": ["name", "kind"], "is_new": "1"})
    assert Organisation.objects.count() == 2


def test_an_outdated_page_loses_nothing(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi")
    proposal = make_proposal(firm, phone="964555777", acronym="TW")
    answer = reviewer.post(f"/proposals/{proposal.pk}/",
                           {"accept": ["acronym"], "version": firm.version - 1, "reason": "x y"})  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="x y"' in page
    assert Proposal.objects.get().state == "pending"


def test_published_from_the_review(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi")
    agree(firm)
    agree(firm, "point")
    proposal = make_proposal(firm, description="Tejidos", point="-12.0681 -75.2109")
    assert 'value="4" selected' in reviewer.get(f"/proposals/{proposal.pk}/").content.decode()
    reviewer.post(f"/proposals/{proposal.pk}/",
                  {"accept": ["description", "point"], "publish": "1", "decimals": "3"})  # fmt: skip
    entry = Entry.objects.get()
    assert (entry.shown["description"], entry.latitude) == ("Tejidos", -12.068)


def test_no_exacter_point_is_offered_or_taken_than_agreed(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi")
    agree(firm)
    proposal = make_proposal(firm, point="-12.0681 -75.2109")
    page = reviewer.get(f"/proposals/{proposal.pk}/").content.decode()
    assert '<option value="2" selected' in page
    assert '<option value="3"' not in page
    answer = reviewer.post(f"/proposals/{proposal.pk}/",
                           {"accept": ["point"], "publish": "1", "decimals": "4"})  # fmt: skip
    assert answer.status_code == 422
    assert not Entry.objects.exists()


def test_how_exactly_is_asked_only_where_there_is_a_point(reviewer: Client) -> None:
    def asks(path: str) -> bool:
        return 'name="decimals"' in reviewer.get(path).content.decode()

    without, pointed = make_organisation("Warmi"), make_organisation("Kantuta")
    assert not asks(f"/proposals/{make_proposal(without, phone='964555777').pk}/")
    assert asks(f"/proposals/{make_proposal(pointed, point='-12.0651 -75.2049').pk}/")
    agree(without)
    assert not asks(f"/entries/of/{without.pk}/")
    make_entry(pointed, point="-12.0651 -75.2049")
    assert asks(f"/proposals/{make_proposal(pointed, phone='964555777').pk}/")
    assert asks(f"/entries/of/{pointed.pk}/")


def test_what_no_interview_said_bears_the_day_on_which_it_came(reviewer: Client) -> None:
    proposal = make_proposal(members_women="12")
    Proposal.objects.update(created_at=datetime(2026, 3, 5, 17, tzinfo=UTC))
    page = reviewer.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "Día en que se dijo" in page
    assert "5 de marzo de 2026" in page


def test_the_interviewer_is_asked_to_complete(reviewer: Client) -> None:
    mapper = make_user("mapper")
    interview = assign(by=BY, interview=make_interview(name="Nuevo"), interviewer=mapper)
    proposal = make_answer(user=mapper, interview=str(interview.pk), name="Nuevo")
    reviewer.post(f"/proposals/{proposal.pk}/take/")
    reviewer.post(f"/proposals/{proposal.pk}/back/", {"reason": "Falta el teléfono"})
    interview.refresh_from_db()
    assert (interview.state, interview.reason) == ("assigned", "Falta el teléfono")
    assert "Falta el teléfono" in reviewer.get(f"/proposals/{proposal.pk}/").content.decode()


@pytest.mark.parametrize("role", ["mapper", "promoter", "readonly"])
def test_who_does_not_review_sees_no_proposals(browse: Browse, role: str) -> None:
    proposal = make_proposal()
    client = browse(make_user(role))
    assert client.get("/proposals/").status_code == 403
    assert client.get(f"/proposals/{proposal.pk}/").status_code == 404
    assert client.post(f"/proposals/{proposal.pk}/", {"accept": ["name"]}).status_code == 404
    assert client.get("/entries/").status_code == 403


def test_another_centre_does_not_see_it(browse: Browse) -> None:
    proposal, entry = make_proposal(), make_entry()
    elsewhere = browse(make_user("coordinator", make_centre("puno")))
    assert elsewhere.get(f"/proposals/{proposal.pk}/").status_code == 404
    assert elsewhere.get(f"/entries/{entry.pk}/").status_code == 404
    assert elsewhere.post(f"/entries/{entry.pk}/hide/", {"reason": "x"}).status_code == 404
    assert elsewhere.get(f"/entries/of/{entry.organisation_id}/").status_code == 404


def test_the_page_tells_when_it_was_held_and_when_it_came(reviewer: Client) -> None:
    form = make_form()
    form.mapping = {**form.mapping, "day": HELD}
    form.save()
    held, doubted = (
        make_answer(name="Nuevo", day="2026-03-05"),
        make_answer(name="B", day="1970-01-01"),
    )
    page = reviewer.get(f"/proposals/{held.pk}/").content.decode()
    assert "5 de marzo de 2026" in page
    assert "1 de enero de 1970" in reviewer.get(f"/proposals/{doubted.pk}/").content.decode()
    assert held.submission
    assert "5 de marzo de 2026" in reviewer.get(f"/answers/{held.submission.pk}/").content.decode()
    assert held.interview
    assert (
        "5 de marzo de 2026" in reviewer.get(f"/interviews/{held.interview.pk}/").content.decode()
    )


def test_the_queue_names_what_waits(reviewer: Client) -> None:
    make_proposal()
    make_answer(name="Feria de Ica")
    page = reviewer.get("/proposals/").content.decode()
    assert "Taller Warmi" in page
    assert "Feria de Ica" in page
    assert "Feria" not in reviewer.get("/proposals/?source=registration").content.decode()
    assert "Taller Warmi" in reviewer.get("/").content.decode()

"""The work in a case in the browser: coordinator, specialist and entrepreneur."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.assistance import bring_to, make_case
from tests.factories.assistance_execution import (
    make_assignment,
    make_milestone,
    make_task,
    make_visit,
)
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, TODAY, make_person
from tests.factories.roster import make_specialist
from tests.web.conftest import Browse

from yanapay.accounts.models import User
from yanapay.assistance.actions.contracts import deliver_milestone
from yanapay.assistance.models import Assignment, Case
from yanapay.directory.actions.persons import add_role
from yanapay.directory.models import PersonAccount
from yanapay.roster.actions.catalogue import load_technologies
from yanapay.roster.actions.knowledge import add_speciality

pytestmark = pytest.mark.django_db


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return str(response.content.decode())


@pytest.fixture
def case(cast: Cast) -> Case:
    return bring_to(make_case(centre=cast.huancayo, responsible=cast.ana), 5)


@pytest.fixture
def felix(cast: Cast) -> User:
    return make_member("felix", "specialist", cast.huancayo, "Félix Ccori")


def working(case: Case, user: User) -> Assignment:
    return make_assignment(case, make_specialist("Félix Ccori", case.centre, user=user))


def test_the_matching_page_says_why_and_asks_in_one_click(
    cast: Cast, browse: Browse, case: Case
) -> None:
    Case.objects.filter(pk=case.pk).update(topic="calidad")
    good = make_specialist("Ada Rojas")
    add_speciality(by=BY, specialist=good, topic="calidad", years=8)
    short = make_specialist("Beto Poma", accredited=False)
    ana, page = browse(cast.ana), f"/cases/{case.pk}/match/"
    shown = text(ana, page)
    assert shown.index("Ada Rojas") < shown.index("Beto Poma")
    assert "Título profesional" in shown
    answer = ana.post(page, {"specialist": short.pk, "task": "Revisar merma"})
    assert answer.status_code == 422
    assert "Revisar merma" in answer.content.decode()
    assert ana.post(page, {"specialist": good.pk, "task": "Revisar merma"}).status_code == 302
    assert case.assignments.get().specialist == good
    assert "Ada Rojas" in text(ana, f"/cases/{case.pk}/")
    text(browse(cast.carla), page, 404)


def test_the_specialist_answers_visits_delivers_and_sees_no_other_case(
    cast: Cast, browse: Browse, case: Case, felix: User
) -> None:
    specialist = make_specialist("Félix Ccori", user=felix)
    ana, he = browse(cast.ana), browse(felix)
    ana.post(f"/cases/{case.pk}/match/", {"specialist": specialist.pk, "task": "Horno"})
    assignment = case.assignments.get()
    assert case.number in text(he, "/assignments/")
    assert ana.post(f"/assignments/{assignment.pk}/", {"accept": "1"}).status_code == 403
    assert he.post(f"/assignments/{assignment.pk}/", {"decline": "1"}).status_code == 422
    assert he.post(f"/assignments/{assignment.pk}/", {"accept": "1"}).status_code == 302
    day = timezone.localdate().isoformat()
    sent = {
        "purpose": "Ver el horno",
        "done_on": day,
        "minutes": 90,
        "women": 2,
        "men": 1,
        "notes": "Merma 8 %",
    }
    photo = SimpleUploadedFile("horno.jpg", b"jpeg", "image/jpeg")
    assert he.post(f"/cases/{case.pk}/visits/note/", {**sent, "files": [photo]}).status_code == 302
    visit = case.visits.get()
    assert (visit.assignment, visit.visitor, visit.minutes) == (assignment, felix, 90)
    assert visit.files.get().name == "horno.jpg"
    assert "Merma 8 %" in text(he, f"/cases/{case.pk}/visits/{visit.pk}/")
    other = make_case(centre=cast.huancayo)
    text(he, f"/cases/{other.pk}/visits/note/", 404)
    text(he, f"/cases/{case.pk}/match/", 403)
    text(he, f"/cases/{case.pk}/tasks/new/", 403)


def test_staff_answer_for_a_specialist_without_sign_in(
    cast: Cast, browse: Browse, case: Case
) -> None:
    asked = make_assignment(case, make_specialist(centre=cast.huancayo), accept=False)
    assert browse(cast.ana).post(f"/assignments/{asked.pk}/", {"accept": "1"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_a_contract_that_does_not_add_up_comes_back_as_typed(
    cast: Cast, browse: Browse, case: Case
) -> None:
    assignment = make_assignment(case)
    ana, page = browse(cast.ana), f"/assignments/{assignment.pk}/contract/"
    sent = {
        "terms": "Dos visitas", "signed_on": "2026-03-12", "starts_on": "2026-03-12", "ends_on": "2026-06-30",
        "currency": "PEN", "total": "2000", "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0",
        "form-0-deliverable": "Informe", "form-0-due_on": "2026-05-01", "form-0-amount": "1 500",
    }  # fmt: skip
    answer = ana.post(page, sent)
    assert answer.status_code == 422
    assert "Dos visitas" in answer.content.decode()
    assert answer.context["form"].errors["total"]
    assert ana.post(page, {**sent, "form-0-amount": "mucho"}).status_code == 422
    assert ana.post(page, {**sent, "total": "1500"}).status_code == 302
    assert "CTR-2026-0001" in text(ana, f"/cases/{case.pk}/")


def test_deliverables_go_from_hand_to_hand(
    cast: Cast, browse: Browse, case: Case, felix: User
) -> None:
    milestone = make_milestone(working(case, felix))
    ana, he = browse(cast.ana), browse(felix)
    page = f"/cases/{case.pk}/deliverables/{milestone.pk}/"
    report = SimpleUploadedFile("informe.pdf", b"%PDF-1.7", "application/pdf")
    assert (
        he.post(
            f"{page}deliver/", {"on": "2026-04-01", "note": "Informe", "files": [report]}
        ).status_code
        == 302
    )
    text(he, f"{page}accept/", 403)
    assert ana.post(f"{page}return/", {"reason": "faltan costos"}).status_code == 302
    assert he.post(f"{page}deliver/", {"on": "2026-04-02", "note": "Con costos"}).status_code == 302
    assert (
        ana.post(f"{page}accept/", {"on": "2026-04-01", "accepted_by_name": "Rosa"}).status_code
        == 422
    )
    assert (
        ana.post(f"{page}accept/", {"on": "2026-04-03", "accepted_by_name": "Rosa"}).status_code
        == 302
    )
    assert ana.post(f"{page}pay/", {"on": "2026-04-04"}).status_code == 302
    assert "Rosa" in text(ana, f"/cases/{case.pk}/")


def test_the_entrepreneur_accepts_from_their_own_account(
    cast: Cast, browse: Browse, case: Case
) -> None:
    milestone = make_milestone(make_assignment(case))
    deliver_milestone(by=BY, milestone=milestone, on=TODAY, note="Informe de planta")
    rosa, stranger = (make_member(n, "entrepreneur", cast.huancayo) for n in ("rosa", "pablo"))
    person = make_person("Rosa Quispe", cast.huancayo)
    PersonAccount.objects.create(person=person, user=rosa)
    add_role(by=BY, person=person, organisation=case.organisation, role="owner")
    assert "Informe de planta" in text(browse(rosa), "/deliverables/")
    assert "Informe de planta" not in text(browse(stranger), "/deliverables/")
    page = f"/deliverables/{milestone.pk}/"
    assert browse(stranger).post(page, {"accept": "1"}).status_code == 404
    assert browse(rosa).post(page, {"accept": "1"}).status_code == 302
    milestone.refresh_from_db()
    assert milestone.accepted_by_name == rosa.signature


def test_two_people_note_one_visit(cast: Cast, browse: Browse, case: Case) -> None:
    visit = make_visit(case)
    ana, page = browse(cast.ana), f"/cases/{case.pk}/visits/{visit.pk}/note/"
    sent = {"done_on": "2026-03-12", "minutes": 60, "notes": "primera", "version": 1}
    assert ana.post(page, sent).status_code == 302
    answer = ana.post(page, {**sent, "notes": "segunda"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "primera" in shown
    assert "segunda" in shown
    assert ana.post(page, {**sent, "notes": "segunda", "version": 2}).status_code == 302


def test_a_visit_of_tomorrow_is_not_noted_today(cast: Cast, browse: Browse, case: Case) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    visit = make_visit(case, tomorrow)
    page = f"/cases/{case.pk}/visits/{visit.pk}/"
    ana = browse(cast.ana)
    answer = ana.post(f"{page}note/", {"done_on": tomorrow.isoformat(), "version": 1, "notes": "x"})
    assert answer.status_code == 422
    assert ana.post(f"{page}cancel/", {"reason": "lluvia"}).status_code == 302
    assert "lluvia" in text(ana, page)


def test_tasks_are_added_done_and_removed(cast: Cast, browse: Browse, case: Case) -> None:
    ana = browse(cast.ana)
    sent = {
        "title": "Comprar quemador",
        "doer": "enterprise",
        "starts_on": "2026-03-12",
        "due_on": "2026-03-01",
    }
    assert ana.post(f"/cases/{case.pk}/tasks/new/", sent).status_code == 422
    assert (
        ana.post(f"/cases/{case.pk}/tasks/new/", {**sent, "due_on": "2026-04-01"}).status_code
        == 302
    )
    task = case.tasks.get()
    page = f"/cases/{case.pk}/tasks/{task.pk}/"
    assert ana.post(f"{page}done/").status_code == 302
    task.refresh_from_db()
    assert task.done_on == timezone.localdate()
    assert ana.post(f"{page}done/").status_code == 302
    assert ana.post(f"{page}remove/").status_code == 302
    assert not case.tasks.exists()


def test_a_technology_of_the_catalogue_or_a_new_one(cast: Cast, browse: Browse, case: Case) -> None:
    load_technologies(by=BY)
    ana, page = browse(cast.ana), f"/cases/{case.pk}/technologies/new/"
    day = {"on": timezone.localdate().isoformat()}
    assert ana.post(page, {**day, "technology": "peladora de ajos"}).status_code == 422
    assert (
        ana.post(
            page, {**day, "technology": "peladora de ajos", "changes": "equipment"}
        ).status_code
        == 302
    )
    new = {"name": "Secador solar", "category": "Apicultura", "changes": ["skills", "organisation"]}
    assert ana.post(page, {**day, **new}).status_code == 302
    shown = text(ana, f"/cases/{case.pk}/")
    assert "Secador solar" in shown
    assert "Peladora de ajos" in shown


def test_the_end_of_the_work_and_loose_files(cast: Cast, browse: Browse, case: Case) -> None:
    ana = browse(cast.ana)
    assert ana.post(f"/cases/{case.pk}/end/", {"on": "2026-05-01"}).status_code == 302
    case.refresh_from_db()
    assert case.ended_on == date(2026, 5, 1)
    bad = SimpleUploadedFile("x.exe", b"MZ", "application/octet-stream")
    assert ana.post(f"/cases/{case.pk}/files/new/", {"files": [bad]}).status_code == 422
    scan = SimpleUploadedFile("acta.pdf", b"%PDF", "application/pdf")
    assert ana.post(f"/cases/{case.pk}/files/new/", {"files": [scan]}).status_code == 302
    file = case.files.get()
    page = f"/cases/{case.pk}/files/{file.pk}/"
    download = ana.get(page)
    assert b"".join(download.streaming_content) == b"%PDF"  # type: ignore[arg-type]
    text(browse(cast.carla), page, 404)
    assert ana.post(f"{page}remove/", {"reason": "doble"}).status_code == 302


def test_every_page_of_the_work_opens(cast: Cast, browse: Browse, case: Case) -> None:
    milestone = make_milestone(make_assignment(case))
    task, visit = make_task(case), make_visit(case)
    ana = browse(cast.ana)
    for page in (
        "match/", f"deliverables/{milestone.pk}/deliver/", f"tasks/{task.pk}/edit/", "tasks/from-plan/",
        f"visits/{visit.pk}/", f"visits/{visit.pk}/change/", "visits/new/", "visits/note/", "end/",
        "files/new/", "technologies/new/", "",
    ):  # fmt: skip
        text(ana, f"/cases/{case.pk}/{page}")
    text(ana, f"/assignments/{milestone.contract.assignment_id}/release/")

"""The roster in the browser: what is missing, who is cut off, retiring somebody who still works."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.assistance import bring_to, make_case
from tests.factories.assistance_execution import make_assignment
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_activity, make_area, make_organisation, make_person
from tests.factories.roster import make_specialist
from tests.web.conftest import Browse

from yanapay.roster.actions.catalogue import load_requirements, load_technologies
from yanapay.roster.actions.knowledge import add_speciality, set_areas
from yanapay.roster.models import Requirement, Specialist

pytestmark = pytest.mark.django_db


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return str(response.content.decode())


def downloaded(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def test_the_page_says_first_what_is_missing_and_each_paper_shortens_the_list(
    cast: Cast, browse: Browse
) -> None:
    load_requirements(by=BY)
    beto, specialist = browse(cast.beto), make_specialist(accredited=False)
    page = f"/roster/{specialist.pk}/"
    assert "Título profesional o técnico" in text(beto, page)
    education = Requirement.objects.get(code="specialist-education")
    scan = SimpleUploadedFile("titulo.pdf", b"%PDF-1.7", "application/pdf")
    sent = {
        "requirement": education.pk,
        "evidence": "Ing. UNCP",
        "obtained_on": "2001-05-04",
        "file": scan,
    }
    answer = beto.post(f"{page}papers/new/", sent)
    assert answer["Location"].startswith(page)
    paper = specialist.credentials.get()
    assert (paper.checked_by_name, paper.file_name) == (cast.beto.signature, "titulo.pdf")
    assert downloaded(beto, f"{page}papers/{paper.pk}/file/") == b"%PDF-1.7"
    assert browse(cast.carla).get(f"{page}papers/{paper.pk}/file/").status_code == 404


def test_a_new_specialist_is_registered_with_the_person(cast: Cast, browse: Browse) -> None:
    sent = {
        "centre": cast.huancayo.pk, "kind": "specialist", "name": "Félix Ccori", "phone": "964000111",
        "most_cases": 3, "day_rate": "350,50", "currency": "PEN", "languages": ["es", "qu"],
    }  # fmt: skip
    answer = browse(cast.beto).post("/roster/new/", sent)
    made = Specialist.objects.get()
    assert answer["Location"] == f"/roster/{made.pk}/"
    assert (made.day_rate, made.languages, str(made.person)) == (
        35_050,
        ["es", "qu"],
        "Félix Ccori",
    )


def test_nothing_typed_is_lost_when_the_rules_refuse(cast: Cast, browse: Browse) -> None:
    sent = {"centre": cast.huancayo.pk, "kind": "trainer", "most_cases": 3, "day_rate": "mucho",
            "currency": "PEN", "profession": "Panadero"}  # fmt: skip
    answer = browse(cast.beto).post("/roster/new/", sent)
    assert answer.status_code == 422
    assert "Panadero" in answer.content.decode()
    assert answer.context["form"].errors["day_rate"]


def test_a_known_person_is_found_by_name(cast: Cast, browse: Browse) -> None:
    person = make_person("Rosa Quispe", cast.huancayo)
    sent = {"centre": cast.huancayo.pk, "kind": "trainer", "most_cases": 3, "person": "rosa"}
    browse(cast.beto).post("/roster/new/", sent)
    assert Specialist.objects.get().person == person


def test_two_editors_see_both_versions(cast: Cast, browse: Browse) -> None:
    specialist = make_specialist()
    beto, page = browse(cast.beto), f"/roster/{specialist.pk}/edit/"
    rate = {
        "most_cases": 4,
        "day_rate": "300",
        "currency": "PEN",
        "version": 1,
        "languages": ["es"],
    }
    assert beto.post(page, rate).status_code == 302
    answer = beto.post(page, {**rate, "day_rate": "400"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "S/\xa0400.00" in shown
    assert "S/\xa0300.00" in shown
    assert beto.post(page, {**rate, "day_rate": "400", "version": 2}).status_code == 302


def test_specialities_places_and_days_off(cast: Cast, browse: Browse) -> None:
    load_technologies(by=BY)
    make_activity("1071")
    make_area("PE/12", "Junín")
    beto, specialist = browse(cast.beto), make_specialist()
    page = f"/roster/{specialist.pk}/"
    sent = {"topic": "equipos", "activity": "1071", "technology": "peladora de ajos", "years": 9}
    assert beto.post(f"{page}specialities/new/", sent).status_code == 302
    assert beto.post(f"{page}areas/", {"further": "Junín"}).status_code == 302
    day = timezone.localdate().isoformat()
    assert beto.post(f"{page}absences/new/", {"since": day, "until": day}).status_code == 302
    shown = text(beto, page)
    assert "Peladora de ajos" in shown
    assert "Junín" in shown
    assert text(beto, "/roster/?available=yes").count("cell-main") == 0
    held = specialist.specialities.get()
    assert beto.post(f"{page}specialities/{held.pk}/remove/").status_code == 302
    assert beto.get(f"{page}specialities/{held.pk}/remove/").status_code == 405


def test_somebody_at_work_is_retired_together_with_the_assignments(
    cast: Cast, browse: Browse
) -> None:
    case = bring_to(make_case(centre=cast.huancayo), 4)
    assignment = make_assignment(case)
    beto, page = browse(cast.beto), f"/roster/{assignment.specialist_id}/retire/"
    assert case.number in text(beto, page)
    answer = beto.post(page, {"reason": "moved to Lima"})
    assert answer.status_code == 422
    assert case.number in answer.content.decode()
    assert beto.post(page, {"reason": "moved to Lima", "release": "on"}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == "ended"
    assert not Specialist.objects.get().is_active


def test_promoters_read_and_others_see_nothing(cast: Cast, browse: Browse) -> None:
    specialist = make_specialist()
    ana, carla = browse(cast.ana), browse(cast.carla)
    assert "Félix Ccori" in text(ana, "/roster/")
    text(ana, f"/roster/{specialist.pk}/edit/", 403)
    text(ana, "/roster/new/", 403)
    text(carla, f"/roster/{specialist.pk}/", 404)
    assert "Félix Ccori" not in text(carla, "/roster/")


def test_a_specialist_sees_their_entry_and_notes_days_off(cast: Cast, browse: Browse) -> None:
    user = make_member("felix", "specialist", cast.huancayo)
    own, other = make_specialist(user=user), make_specialist("Ada Rojas")
    felix, page = browse(user), f"/roster/{own.pk}/"
    assert "Félix Ccori" in text(felix, page)
    text(felix, f"/roster/{other.pk}/", 404)
    text(felix, "/roster/", 403)
    text(felix, f"{page}edit/", 403)
    day = timezone.localdate().isoformat()
    assert felix.post(f"{page}absences/new/", {"since": day, "until": day}).status_code == 302
    assert felix.post(f"/roster/{other.pk}/absences/new/", {"since": day}).status_code == 404


def test_the_list_is_narrowed_and_leaves_as_a_spreadsheet_without_contact(
    cast: Cast, browse: Browse
) -> None:
    baker = make_specialist("Ada Rojas")
    make_specialist("Beto Poma", accredited=False)
    add_speciality(by=BY, specialist=baker, topic="calidad")
    set_areas(by=BY, specialist=baker, areas=[make_area("PE/12", "Junín")])
    beto = browse(cast.beto)
    shown = text(beto, "/roster/?topic=calidad&area=12&accredited=yes")
    assert "Ada Rojas" in shown
    assert "Beto Poma" not in shown
    sheet = downloaded(beto, "/roster/export/csv/").decode("utf-8-sig")
    assert "Ada Rojas" in sheet
    assert "Título profesional" in sheet
    assert downloaded(beto, "/roster/export/xlsx/?q=ada").startswith(b"PK")
    assert beto.get("/roster/export/pdf/").status_code == 404


def test_the_catalogue_by_category_with_its_cases(cast: Cast, browse: Browse) -> None:
    load_technologies(by=BY)
    beto = browse(cast.beto)
    assert "Peladora de ajos" in text(beto, "/technologies/?q=ajos")
    sent = {"category": "Derivados lácteos", "name": "Queso andino madurado"}
    assert beto.post("/technologies/new/", sent).status_code == 302
    assert "Queso andino madurado" in text(beto, "/technologies/")
    text(browse(cast.ana), "/technologies/new/", 403)


def test_a_firm_is_listed_as_supplier(cast: Cast, browse: Browse) -> None:
    make_organisation("Envases del Centro", cast.huancayo)
    sent = {
        "centre": cast.huancayo.pk,
        "kind": "specialist",
        "most_cases": 3,
        "organisation": "Envases",
    }
    beto = browse(cast.beto)
    assert beto.post("/roster/new/", sent).status_code == 422
    assert beto.post("/roster/new/", {**sent, "kind": "supplier"}).status_code == 302

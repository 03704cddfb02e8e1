"""The pages of cases, as the cast uses them."""

import io
from datetime import date
from typing import Any

import pytest
from tests.factories.assistance import bring_to, make_case
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_organisation, make_person
from tests.web.conftest import Browse

from yanapay.assistance.actions.cases import change_case, write_promotion
from yanapay.assistance.models import Assignment, Case, CaseTransfer, Diagnosis, TreeNode, Visit
from yanapay.directory.actions.consents import give_consent
from yanapay.roster.models import Specialist


def case_of(cast: Cast, **fields: Any) -> Case:
    organisation = make_organisation(
        fields.pop("name", "Lácteos del Valle"), cast.huancayo, phone="964123456"
    )
    return make_case(organisation, centre=cast.huancayo, responsible=cast.ana, **fields)


def text(response: Any) -> str:
    body: str = response.content.decode()
    return body


def test_a_case_is_opened_from_the_page_of_its_enterprise(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation("Lácteos del Valle", cast.huancayo)
    ana = browse(cast.ana)
    page = text(ana.get(f"/cases/new/?organisation={organisation.pk}"))
    assert f'value="#{organisation.pk}"' in page
    typed = {
        "organisation": f"#{organisation.pk}", "title": "El queso se agria", "line": "tecnico_productiva",
        "subsector": "lacteos", "origin": "feria", "opened_on": "2026-03-02", "centre": cast.huancayo.pk,
    }  # fmt: skip
    answer = ana.post("/cases/new/", typed)
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.pk}/"
    assert (case.responsible, case.number) == (cast.ana, "SAT-2026-0001")
    assert "El queso se agria" in text(ana.get(answer.url))


def test_what_was_typed_stays_when_the_enterprise_is_unknown(cast: Cast, browse: Browse) -> None:
    typed = {"organisation": "Nadie SAC", "title": "El queso se agria", "line": "gestion",
             "subsector": "lacteos", "origin": "feria", "opened_on": "2026-03-02"}  # fmt: skip
    answer = browse(cast.ana).post("/cases/new/", typed)
    assert answer.status_code == 422
    assert 'value="El queso se agria"' in text(answer)
    assert not Case.objects.exists()


def test_the_page_says_what_is_missing_and_then_goes_on(cast: Cast, browse: Browse) -> None:
    case, ana = case_of(cast), browse(cast.ana)
    assert 'class="row-icon lack-mark"' in text(ana.get(f"/cases/{case.pk}/"))
    written = {"contacted_on": "2026-03-02", "origin": "feria", "has_conflict": "False", "version": 1,
               "channel": "paper", "text_version": "2026-1"}  # fmt: skip
    assert ana.post(f"/cases/{case.pk}/promotion/", written).status_code == 302
    assert "lack-mark" not in text(ana.get(f"/cases/{case.pk}/"))
    ana.post(f"/cases/{case.pk}/move/advance/", {"on": "2026-03-05"})
    case.refresh_from_db()
    assert case.stage == 2


def test_a_gate_that_is_not_passed_says_why(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    answer = browse(cast.ana).post(f"/cases/{case.pk}/move/advance/", {"on": "2026-03-05"})
    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.stage == 1


def test_a_reason_is_asked_for(cast: Cast, browse: Browse) -> None:
    case, ana = case_of(cast), browse(cast.ana)
    url = f"/cases/{case.pk}/move/pause/"
    assert ana.post(url, {"on": "2026-03-05", "reason": ""}).status_code == 422
    assert ana.post(url, {"on": "2026-03-05", "reason": "El dueño viaja"}).status_code == 302
    assert "El dueño viaja" in text(ana.get(f"/cases/{case.pk}/"))
    assert ana.get(f"/cases/{case.pk}/move/fly/").status_code == 404


def test_the_second_editor_sees_both_versions(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    change_case(by=BY, case=case, fields={"title": "Horno nuevo"})
    typed = {"title": "Horno a leña", "line": "gestion", "subsector": "panaderia", "version": 1}
    ana = browse(cast.ana)
    answer = ana.post(f"/cases/{case.pk}/edit/", typed)
    assert answer.status_code == 409
    assert "Horno nuevo" in text(answer)
    assert "Horno a leña" in text(answer)
    assert ana.post(f"/cases/{case.pk}/edit/", {**typed, "version": 2}).status_code == 302


def test_two_writers_of_the_promotion(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    write_promotion(
        by=BY, case=case, fields={"conversation": "Quiere un horno", "has_conflict": True}
    )
    typed = {
        "origin": "feria",
        "conversation": "Quiere vender más",
        "has_conflict": "False",
        "version": 1,
    }
    answer = browse(cast.ana).post(f"/cases/{case.pk}/promotion/", typed)
    assert answer.status_code == 409
    assert "Quiere un horno" in text(answer)
    assert "Quiere vender más" in text(answer)


def test_the_contact_is_called_and_written_to_with_one_click(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    rosa = make_person("Rosa Quispe", cast.huancayo, phone="987654321")
    change_case(by=BY, case=case, fields={"contact": rosa})
    page = text(browse(cast.ana).get(f"/cases/{case.pk}/"))
    assert 'href="tel:+51987654321"' in page
    assert "https://wa.me/51987654321?text=" in page


def test_the_coordinator_chooses_who_answers_for_it(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    assert browse(cast.ana).get(f"/cases/{case.pk}/assign/").status_code == 403
    browse(cast.beto).post(f"/cases/{case.pk}/assign/", {"responsible": cast.beto.pk})
    case.refresh_from_db()
    assert case.responsible == cast.beto


@pytest.mark.parametrize("path", ["", "edit/", "promotion/", "move/pause/", "assign/", "transfer/"])
def test_another_centre_learns_nothing(cast: Cast, browse: Browse, path: str) -> None:
    case = case_of(cast)
    assert browse(cast.carla).get(f"/cases/{case.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/cases/", "/cases/board/", "/cases/new/", "/agenda/", "/branches/",
                                  "/cases/export.csv", "/cases/transfers/"])  # fmt: skip
def test_read_only_people_have_no_cases(cast: Cast, browse: Browse, path: str) -> None:
    reader = make_member("lucia", "readonly", cast.huancayo)
    assert browse(reader).get(path).status_code == 403


def test_a_specialist_sees_the_cases_they_were_asked_for(cast: Cast, browse: Browse) -> None:
    theirs, other = case_of(cast), case_of(cast, name="Molino Sur", title="Otra cosa")
    elena = make_member("elena", "specialist", cast.huancayo)
    asked(theirs, specialist(cast, elena))
    browser = browse(elena)
    page = text(browser.get("/cases/"))
    assert (theirs.title in page, other.title in page) == (True, False)
    assert browser.get(f"/cases/{theirs.pk}/").status_code == 200
    assert browser.get(f"/cases/{other.pk}/").status_code == 404
    assert browser.get(f"/cases/{theirs.pk}/edit/").status_code == 403


def test_the_list_is_filtered_sorted_and_searched(cast: Cast, browse: Browse) -> None:
    bread = case_of(cast)
    milk = bring_to(
        case_of(cast, name="Molino Sur", title="Harina húmeda", subsector="molineria"), 3
    )
    ana = browse(cast.ana)
    for query, found in {
        "stage=3": milk, "subsector=panaderia": bread, "q=harina": milk, "q=molino": milk,
        "year=2026&stage=1": bread, "idle=1&stage=1": bread, "state=standing&q=SAT-2026-0001": bread,
    }.items():  # fmt: skip
        page = text(ana.get(f"/cases/?{query}"))
        assert [case.title in page for case in (bread, milk)] == [found == bread, found == milk], (
            query
        )
    assert ana.get("/cases/?stage=9&year=x&after=~&sort=best").status_code == 200
    assert ana.get("/cases/?sort=longest").status_code == 200


def test_pages_follow_each_other_without_gaps(cast: Cast, browse: Browse, monkeypatch: Any) -> None:
    monkeypatch.setattr("yanapay.assistance.queries.listing.PAGE", 2)
    titles = [f"Caso número {n}" for n in range(5)]
    for n, title in enumerate(titles):
        case_of(cast, title=title, name=f"Firma {n}", on=date(2026, 3, 1 + n // 2))
    seen: list[str] = []
    response, url = browse(cast.ana), "/cases/"
    while url:
        context = response.get(url).context
        seen += [case.title for case in context["page"].rows]
        url = context["next_url"]
    assert seen == titles[::-1]


def test_the_list_is_exported_with_its_filters(cast: Cast, browse: Browse) -> None:
    case_of(cast)
    case_of(cast, name="Molino Sur", title="=CMD()", subsector="molineria")
    answer = browse(cast.ana).get("/cases/export.csv?subsector=molineria")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=CMD()" in lines[1]
    sheet = browse(cast.beto).get("/cases/export.xlsx")
    assert io.BytesIO(b"".join(sheet.streaming_content)).read(2) == b"PK"
    assert browse(cast.ana).get("/cases/export.pdf").status_code == 404


def test_the_board_shows_age_what_is_missing_and_everybodys_load(
    cast: Cast, browse: Browse
) -> None:
    case = case_of(cast)
    page = text(browse(cast.beto).get("/cases/board/"))
    assert case.organisation.name in page
    assert "Ana Quispe Rojas" in page
    assert "is-long" in page
    only = text(browse(cast.beto).get(f"/cases/board/?responsible={cast.beto.pk}"))
    assert case.title not in only
    assert "Ana Quispe Rojas</a>" not in text(browse(cast.ana).get("/cases/board/"))
    assert browse(cast.beto).get(f"/cases/board/?centre={cast.ayacucho.pk}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/cases/board/", "/cases/", "/agenda/?person=all"])
def test_more_cases_take_no_more_queries(
    cast: Cast,
    browse: Browse,
    path: str,
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    for stage in range(1, 7):
        bring_to(case_of(cast, name=f"Firma {stage}"), stage)
    beto = browse(cast.beto)
    Case.objects.update(responsible=cast.beto)
    with django_assert_max_num_queries(60) as few:
        beto.get(path)
    for stage in range(1, 7):
        bring_to(case_of(cast, name=f"Otra {stage}"), stage)
    Case.objects.update(responsible=cast.beto)
    with django_assert_num_queries(len(few)):
        beto.get(path)


def test_a_case_passes_to_another_centre(cast: Cast, browse: Browse) -> None:
    case, beto = case_of(cast), browse(cast.beto)
    other = browse(make_member("elias", "coordinator", cast.ayacucho))
    typed = {
        "target": cast.ayacucho.pk,
        "reason": "Se mudó a Huanta",
        "channel": "paper",
        "text_version": "1",
    }
    assert beto.post(f"/cases/{case.pk}/transfer/", {**typed, "channel": ""}).status_code == 422
    assert beto.post(f"/cases/{case.pk}/transfer/", typed).status_code == 302
    assert "Se mudó a Huanta" in text(other.get("/cases/transfers/"))
    assert "Se mudó a Huanta" in text(other.get("/"))
    pending = CaseTransfer.objects.get()
    assert other.get(f"/cases/{case.pk}/").status_code == 404
    assert beto.get(f"/cases/transfers/{pending.pk}/accept/").status_code == 404
    answer = other.post(f"/cases/transfers/{pending.pk}/accept/", {"responsible": cast.carla.pk})
    assert answer.url == f"/cases/{case.pk}/"
    assert other.get(answer.url).status_code == 200
    assert beto.get(answer.url).status_code == 404


def test_an_offer_is_declined_or_taken_back(cast: Cast, browse: Browse) -> None:
    case, beto = case_of(cast), browse(cast.beto)
    other = browse(make_member("elias", "coordinator", cast.ayacucho))
    typed = {
        "target": cast.ayacucho.pk,
        "reason": "Se mudó",
        "channel": "paper",
        "text_version": "1",
    }
    beto.post(f"/cases/{case.pk}/transfer/", typed)
    url = f"/cases/transfers/{CaseTransfer.objects.get().pk}/decline/"
    assert other.post(url, {"reason": ""}).status_code == 422
    assert other.post(url, {"reason": "Sin especialista"}).status_code == 302
    beto.post(f"/cases/{case.pk}/transfer/", typed)
    beto.post(f"/cases/{case.pk}/transfer/withdraw/")
    assert list(CaseTransfer.objects.order_by("pk").values_list("state", flat=True)) == [
        "declined",
        "withdrawn",
    ]


def test_a_branch_shows_what_its_cases_have_in_common(cast: Cast, browse: Browse) -> None:
    for n in range(2):
        diagnosis = Diagnosis.objects.create(case=case_of(cast, name=f"Firma {n}"))
        TreeNode.objects.create(diagnosis=diagnosis, role="cause", text=["Horno frío", "horno FRÍO"][n],
                                is_addressable=True)  # fmt: skip
    page = browse(cast.ana).get("/branches/panaderia/")
    assert [(p.text, p.count) for p in page.context["branch"].problems] == [("horno FRÍO", 2)]
    assert "/branches/panaderia/" in text(browse(cast.ana).get("/branches/"))
    assert browse(cast.ana).get("/branches/oro/").status_code == 404


def specialist(cast: Cast, user: Any) -> Specialist:
    person = make_person("Elena Rojas", cast.huancayo)
    return Specialist.objects.create(
        centre=cast.huancayo, kind="specialist", person=person, user=user
    )


def asked(case: Case, who: Specialist, state: str = "asked") -> Assignment:
    return Assignment.objects.create(case=case, specialist=who, state=state, asked_on=date(2026, 3, 2),
                                     answer_by=date(2026, 3, 5), asked_by_name="Ana")  # fmt: skip


def test_a_specialists_home_holds_questions_and_visits(cast: Cast, browse: Browse) -> None:
    elena = make_member("elena", "specialist", cast.huancayo)
    case = case_of(cast)
    asked(case, specialist(cast, elena))
    other = case_of(cast, name="Molino Sur")
    Visit.objects.create(
        case=other, planned_on=date(2026, 3, 2), purpose="Ver el molino", visitor=elena
    )
    page = text(browse(elena).get("/"))
    assert case.title in page
    assert "Ver el molino" in page


def test_home_lists_my_cases_with_what_is_missing_first(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    give_consent(by=BY, about=case.organisation, purpose="service", text_version="1",
                 given_on=date(2026, 3, 2), channel="paper")  # fmt: skip
    page = text(browse(cast.ana).get("/"))
    assert f"/cases/{case.pk}/#promotion" in page
    assert case.title not in text(browse(cast.carla).get("/"))


def test_the_search_of_the_site_finds_cases(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    assert f"/cases/{case.pk}/" in text(browse(cast.ana).get("/search/?q=merma"))
    assert f"/cases/{case.pk}/" not in text(browse(cast.carla).get("/search/?q=merma"))


def test_the_page_of_the_enterprise_shows_its_cases(cast: Cast, browse: Browse) -> None:
    case = case_of(cast)
    page = text(browse(cast.ana).get(f"/directory/{case.organisation_id}/"))
    assert f"/cases/{case.pk}/" in page
    assert f"/cases/new/?organisation={case.organisation_id}" in page

"""At the counter and on the phone: asked, answered, found again, opened as a case."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.factories.assistance_consultations import HOW, make_consultation
from tests.factories.centres import Cast
from tests.factories.directory import make_organisation, make_person
from tests.web.conftest import Browse

from yanapay.assistance.actions.consultations import change_consultation
from yanapay.assistance.models import Case, Consultation, CourseWish
from yanapay.audit.rules import Actor
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.web.assistance.consultations.clock import begun

NEW, WALK_IN = "/consultations/new/", "/consultations/walk-in/"
ASKED = {
    "topic": "tramites", "channel": "telefono", "question": "¿Cómo saco el registro sanitario?",
    "answer": HOW, "outcome": "resuelta",
}  # fmt: skip


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def ana(cast: Cast, browse: Browse) -> Client:
    return browse(cast.ana)


def asked_in(cast: Cast, **fields: object) -> dict[str, object]:
    return {**ASKED, "centre": cast.huancayo.pk, **fields}


def test_the_clock_of_the_server_gives_the_minutes(cast: Cast, ana: Client) -> None:
    started = begun(timezone.now() - timezone.timedelta(minutes=4))
    done = ana.post(NEW, asked_in(cast, started=started), follow=True)
    kept = Consultation.objects.get()
    assert (kept.minutes, kept.answered_by, kept.channel) == (5, cast.ana, "telefono")
    assert kept.number in text(done)


def test_minutes_may_be_typed_and_a_forged_clock_is_not_believed(cast: Cast, ana: Client) -> None:
    ana.post(NEW, asked_in(cast, started="2020-01-01", minutes=7))
    assert Consultation.objects.get().minutes == 7


def test_a_refused_entry_keeps_what_was_typed(cast: Cast, ana: Client) -> None:
    page = ana.post(NEW, asked_in(cast, answer="", material="Cartilla 4"))
    assert page.status_code == 422
    assert "Cartilla 4" in text(page)
    assert "registro sanitario" in text(page)
    assert not Consultation.objects.exists()


def test_past_answers_stand_beside_the_question_and_one_is_taken(cast: Cast, ana: Client) -> None:
    old = make_consultation(centre=cast.huancayo)
    beside = ana.post("/consultations/answers/", {"question": "rejistro sanitario"})
    assert HOW[:20] in text(beside)
    assert ana.get("/consultations/answers/").status_code == 405
    filled = ana.post(NEW, asked_in(cast, answer="", use=old.pk))
    assert not Consultation.objects.exclude(pk=old.pk).exists()
    assert f'value="{old.pk}"' in text(filled)
    ana.post(NEW, asked_in(cast, based_on=old.pk))
    assert Consultation.objects.latest("pk").based_on == old


def test_answers_of_another_centre_are_neither_shown_nor_linked(cast: Cast, ana: Client) -> None:
    foreign = make_consultation(centre=cast.ayacucho)
    assert HOW[:20] not in text(
        ana.post("/consultations/answers/", {"question": "registro sanitario"})
    )
    assert HOW[:20] not in text(ana.post(NEW, asked_in(cast, answer="", use=foreign.pk)))
    ana.post(NEW, asked_in(cast, based_on=foreign.pk))
    assert Consultation.objects.latest("pk").based_on is None
    for page in ("", "edit/", "case/"):
        assert ana.get(f"/consultations/{foreign.pk}/{page}").status_code == 404


def test_who_asks_is_found_by_name(cast: Cast, ana: Client) -> None:
    firm = make_organisation(centre=cast.huancayo)
    rosa = make_person(centre=cast.huancayo)
    ana.post(NEW, asked_in(cast, organisation="lacteos del valle", person="Rosa Quispe"))
    kept = Consultation.objects.get()
    assert (kept.organisation, kept.person) == (firm, rosa)


def test_what_becomes_a_case_is_pending_until_the_case_is_open(cast: Cast, ana: Client) -> None:
    firm = make_organisation(centre=cast.huancayo)
    page = ana.post(
        NEW, asked_in(cast, outcome="caso", answer="", organisation=firm.name), follow=True
    )
    kept = Consultation.objects.get()
    assert kept.outcome == "pendiente"
    assert firm.name in text(page)
    proposed = {
        "organisation": firm.name, "title": "Registro", "line": "gestion", "subsector": "lacteos",
        "responsible": cast.ana.pk, "on": "2026-03-12", "version": kept.version,
    }  # fmt: skip
    ana.post(f"/consultations/{kept.pk}/case/", proposed)
    kept.refresh_from_db()
    assert (kept.case, kept.outcome) == (Case.objects.get(), "caso")
    again = ana.get(f"/consultations/{kept.pk}/case/")
    assert again.headers["Location"] == reverse("assistance:case", args=[kept.case_id])


def test_a_wish_for_a_course_is_asked_for_and_kept(cast: Cast, ana: Client) -> None:
    assert ana.post(NEW, asked_in(cast, outcome="curso")).status_code == 422
    ana.post(NEW, asked_in(cast, outcome="curso", wish="Costos"))
    ana.post(
        "/consultations/wish/", {"topic": "cursos", "wish": "Empaques", "centre": cast.huancayo.pk}
    )
    assert set(CourseWish.objects.values_list("wish", flat=True)) == {"Costos", "Empaques"}


def edited(consultation: Consultation, **fields: object) -> dict[str, object]:
    return {
        "topic": consultation.topic, "channel": consultation.channel, "question": consultation.question,
        "answer": consultation.answer, "outcome": consultation.outcome, "minutes": 6,
        "version": consultation.version, **fields,
    }  # fmt: skip


def test_two_who_answer_the_same_question_see_both_answers(cast: Cast, ana: Client) -> None:
    asked = make_consultation(centre=cast.huancayo, answer="", outcome="pendiente")
    change_consultation(by=Actor.system(), consultation=asked, fields={"answer": "En DIGESA"})
    page = ana.post(f"/consultations/{asked.pk}/edit/", edited(asked, answer="En la posta"))
    assert page.status_code == 409
    assert "En DIGESA" in text(page)
    assert "En la posta" in text(page)
    asked.refresh_from_db()
    done = ana.post(
        f"/consultations/{asked.pk}/edit/", edited(asked, answer="En la posta", outcome="resuelta")
    )
    assert done.status_code == 302


def test_a_finished_one_asks_why_and_keeps_its_people(cast: Cast, ana: Client) -> None:
    rosa = make_person(centre=cast.huancayo)
    make_person(centre=cast.huancayo)
    done = make_consultation(centre=cast.huancayo, person=rosa)
    address = f"/consultations/{done.pk}/edit/"
    assert ana.post(address, edited(done, topic="calidad", person=rosa.name)).status_code == 422
    ana.post(address, edited(done, topic="calidad", person=rosa.name, reason="era otro tema"))
    done.refresh_from_db()
    assert (done.topic, done.person) == ("calidad", rosa)


def walked_in(cast: Cast, **fields: object) -> dict[str, object]:
    who = {
        "person_name": "Rosa Quispe", "person_sex": "f", "person_phone": "987654321",
        "firm_name": "Panadería Rosa", "firm_kind": "empresa", "role": "owner", "consent": "on",
        "text_version": "2026-1",
    }  # fmt: skip
    return asked_in(cast, started=begun(timezone.now()), **who, **fields)


def test_a_walk_in_brings_person_enterprise_consent_and_question_at_once(
    cast: Cast, ana: Client
) -> None:
    ana.post(WALK_IN, walked_in(cast))
    kept = Consultation.objects.get()
    assert kept.person
    assert kept.organisation
    assert (kept.person.name, kept.organisation.name) == ("Rosa Quispe", "Panadería Rosa")
    assert kept.organisation.people.get().role == "owner"
    assert Consent.objects.get(person=kept.person).text_version == "2026-1"


def test_whoever_is_known_is_offered_before_anything_is_saved(cast: Cast, ana: Client) -> None:
    rosa = make_person("Rosa Quispe Rojas", centre=cast.huancayo)
    firm = make_organisation("Panaderia Rosa", centre=cast.huancayo)
    hint = ana.post(WALK_IN, walked_in(cast))
    assert "Rosa Quispe Rojas" in text(hint)
    assert not Consultation.objects.exists()
    second = ana.post(WALK_IN, walked_in(cast, chosen_person=rosa.pk))
    assert "Panaderia Rosa" in text(second)
    ana.post(WALK_IN, walked_in(cast, chosen_person=rosa.pk, chosen_organisation=firm.pk))
    kept = Consultation.objects.get()
    assert (kept.person, kept.organisation) == (rosa, firm)
    assert (Person.objects.count(), Organisation.objects.count()) == (1, 1)


def test_namesakes_are_saved_as_new_when_asked(cast: Cast, ana: Client) -> None:
    make_person("Rosa Quispe", centre=cast.huancayo)
    ana.post(WALK_IN, walked_in(cast, anyway="1"))
    assert Person.objects.count() == 2


def test_a_stranger_of_another_centre_cannot_be_chosen(cast: Cast, ana: Client) -> None:
    foreign = make_person("Carla Soto", centre=cast.ayacucho)
    ana.post(WALK_IN, walked_in(cast, chosen_person=foreign.pk, anyway="1"))
    kept = Consultation.objects.get()
    assert kept.person
    assert kept.person != foreign


def test_a_wrong_ruc_saves_nothing(cast: Cast, ana: Client) -> None:
    page = ana.post(WALK_IN, walked_in(cast, firm_tax_id="123"))
    assert page.status_code == 422
    assert "Panadería Rosa" in text(page)
    assert (Person.objects.count(), Consultation.objects.count()) == (0, 0)


def test_the_list_is_filtered_and_exported_alike(cast: Cast, ana: Client) -> None:
    rosa = make_person(centre=cast.huancayo)
    make_consultation(centre=cast.huancayo, person=rosa)
    make_consultation("¿Precio?", "=S/ 4", centre=cast.huancayo, topic="mercados")
    make_consultation("De otros", "x", centre=cast.ayacucho)
    page = text(ana.get("/consultations/?topic=mercados"))
    assert "¿Precio?" in page
    assert "registro sanitario" not in page
    assert "De otros" not in text(ana.get("/consultations/"))
    answer = ana.get("/consultations/export.xlsx?" + urlencode({"q": "registro"}))
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert "Rosa Quispe" in rows[1]
    csv = b"".join(ana.get("/consultations/export.csv?topic=mercados").streaming_content).decode()
    assert "'=S/ 4" in csv
    assert ana.get("/consultations/export.pdf").status_code == 404


def test_demand_counts_a_period(cast: Cast, ana: Client) -> None:
    make_consultation(centre=cast.huancayo)
    assert "100" in text(ana.get("/consultations/demand/?from=2026-03-01&until=2026-03-31"))
    for odd in ("from=x&until=2026-13-45", "from=2027-01-01&until=2026-01-01"):
        assert ana.get(f"/consultations/demand/?{odd}").status_code == 200


def test_who_serves_no_clients_opens_no_page(cast: Cast, browse: Browse) -> None:
    one = make_consultation(centre=cast.huancayo)
    outsider = browse(cast.carla)
    assert outsider.get(f"/consultations/{one.pk}/").status_code == 404
    for page in ("new/", "walk-in/", "wish/", "", "demand/", "export.csv"):
        assert Client().get(f"/consultations/{page}").status_code == 302


def test_pending_ones_stand_on_the_home_page(cast: Cast, ana: Client) -> None:
    make_consultation(
        "¿Y la miel?", "", centre=cast.huancayo, outcome="pendiente", answered_by=cast.ana
    )
    assert "¿Y la miel?" in text(ana.get("/"))

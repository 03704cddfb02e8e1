"""The agenda of a week and its calendar feed."""

from datetime import date, time
from typing import Any

from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from tests.factories.assistance import bring_to, make_case
from tests.factories.centres import Cast
from tests.factories.directory import make_organisation, make_person
from tests.web.conftest import Browse

from yanapay.assistance.models import CalendarKey, Case, Evaluation, Task, Visit


def busy(cast: Cast, on: date) -> Case:
    """Ana visits at nine, a task and an evaluation are due the same day."""
    organisation = make_organisation("Lácteos del Valle", cast.huancayo, phone="964123456")
    case = bring_to(make_case(organisation, centre=cast.huancayo, responsible=cast.ana), 6)
    Visit.objects.create(
        case=case, planned_on=on, planned_at=time(9), purpose="Probar el horno", visitor=cast.ana
    )
    Task.objects.create(
        case=case, title="Comprar moldes", doer="enterprise", starts_on=on, due_on=on
    )
    Evaluation.objects.create(case=case, round="final", due_from=on, due_on=on)
    return case


def kinds(response: Any) -> list[str]:
    return [entry.kind for _, entries in response.context["days"] for entry in entries]


def test_the_week_holds_visits_tasks_and_evaluations(cast: Cast, browse: Browse) -> None:
    busy(cast, date(2026, 3, 12))
    ana = browse(cast.ana)
    assert kinds(ana.get("/agenda/?week=2026-03-12")) == ["evaluation", "task", "visit"]
    assert kinds(ana.get("/agenda/?week=2026-03-19")) == []
    assert ana.get("/agenda/?week=yesterday&person=%C2%B2").status_code == 200


def test_only_the_coordinator_looks_at_the_week_of_others(cast: Cast, browse: Browse) -> None:
    busy(cast, date(2026, 3, 12))
    address = f"/agenda/?week=2026-03-12&person={cast.ana.pk}"
    assert len(kinds(browse(cast.beto).get(address))) == 3
    assert len(kinds(browse(cast.beto).get("/agenda/?week=2026-03-12&person=all"))) == 3
    assert kinds(browse(cast.beto).get("/agenda/?week=2026-03-12")) == []
    assert kinds(browse(cast.carla).get(address)) == []


def given(client: Client) -> str:
    """The path of a new calendar address, as the page shows it once."""
    response = client.post("/agenda/calendar/")
    address: str = response.context["address"]
    assert address in response.content.decode()
    assert address not in client.get("/agenda/calendar/").content.decode()
    return address.removeprefix("http://testserver")


def test_a_calendar_program_reads_the_agenda_without_personal_data(
    cast: Cast, browse: Browse
) -> None:
    case = busy(cast, timezone.localdate())
    case.contact = make_person("Rosa Quispe", cast.huancayo, phone="987654321")
    case.save()
    path = given(browse(cast.ana))
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) == 3
    told = str(answer.content.decode()).replace("\r\n ", "")
    assert "Lácteos del Valle" in told
    assert "Probar el horno" in told
    for secret in ("Rosa", "987654321", "964123456", "Ana Quispe"):
        assert secret not in told


def test_a_visit_with_an_hour_stands_at_that_hour_in_lima(cast: Cast, browse: Browse) -> None:
    busy(cast, timezone.localdate())
    events = Calendar.from_ical(Client().get(given(browse(cast.ana))).content).walk("VEVENT")
    start = next(e.start for e in events if str(e["UID"]).startswith("visit"))
    assert timezone.localtime(start).time() == time(9)


def test_only_the_digest_is_kept_and_an_old_address_stops(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    first, second = given(ana), given(ana)
    assert CalendarKey.objects.get().digest not in second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    ana.post("/agenda/calendar/revoke/")
    assert Client().get(second).status_code == 404


def test_the_address_of_a_leaver_stops(cast: Cast, browse: Browse) -> None:
    path = given(browse(cast.ana))
    cast.ana.is_active = False
    cast.ana.save()
    assert Client().get(path).status_code == 404

"""Beto keeps the accounts of Huancayo and hands its service to another institution."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.factories.assistance import make_case
from tests.factories.assistance_centre import make_entry, make_milestone, make_rate, make_visit
from tests.factories.centres import Cast
from tests.factories.directory import BY, make_organisation
from tests.web.conftest import Browse

from yanapay.assistance.models import CentreEntry, CostRate, ServiceTransfer
from yanapay.centres.actions import create_institution
from yanapay.web.assistance.centre.bars import bars


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def beto(cast: Cast, browse: Browse) -> Client:
    return browse(cast.beto)


@pytest.fixture
def account(cast: Cast) -> str:
    return f"/costing/{cast.huancayo.pk}/"


def test_the_page_of_a_year_shows_bars_table_and_the_ratio_of_sums(
    beto: Client, account: str
) -> None:
    make_entry("courses", 50)
    make_entry("salaries", 200)
    page = text(beto.get(f"{account}?year=2026"))
    assert "25" in page
    assert "bar-cost" in page
    assert beto.get("/costing/").headers["Location"] == account
    for odd in ("abc", "1066", "9999", "²026"):
        assert beto.get(f"{account}?year={odd}").status_code == 200


def test_an_empty_year_teaches_what_to_do(beto: Client, account: str) -> None:
    assert "entries/new/" in text(beto.get(account))
    assert bars([]) is None


def test_the_year_is_exported_in_whole_units(beto: Client, account: str) -> None:
    make_entry("salaries", 200)
    answer = beto.get(f"{account}export.xlsx?year=2026")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert ["2026-03", 0.0, 0.0, 200.0, 0.0, "PEN"] in rows


def test_an_entry_is_noted_and_voided(beto: Client, account: str, cast: Cast) -> None:
    case = make_case(
        make_organisation(centre=cast.huancayo), centre=cast.huancayo, responsible=cast.ana
    )
    typed = {"on": "2026-03-02", "kind": "travel", "amount": "1 234,50", "currency": "PEN",
             "case": case.number, "note": "Pasajes"}  # fmt: skip
    assert beto.post(f"{account}entries/new/", typed).status_code == 302
    entry = CentreEntry.objects.get()
    assert (entry.amount, entry.case) == (123_450, case)
    assert beto.post(f"{account}entries/{entry.pk}/void/", {"reason": ""}).status_code == 422
    beto.post(f"{account}entries/{entry.pk}/void/", {"reason": "era de Lima"})
    assert "era de Lima" in text(beto.get(f"{account}entries/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "mucho"},
        {"amount": "0"},
        {"currency": "USD"},
        {"case": "SAT-1999-0001"},
        {"kind": "x"},
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_typed_is_lost(
    beto: Client, account: str, wrong: dict[str, str]
) -> None:
    typed = {
        "on": "2026-03-02",
        "kind": "travel",
        "amount": "20",
        "currency": "PEN",
        "note": "Pasajes a Jauja",
    }
    page = beto.post(f"{account}entries/new/", {**typed, **wrong})
    assert page.status_code == 422
    assert "Pasajes a Jauja" in text(page)
    assert not CentreEntry.objects.exists()


def test_a_rate_is_kept_and_prices_a_case(beto: Client, account: str, cast: Cast) -> None:
    typed = {"since": "2026-01-01", "staff_hour": "30", "visit_travel": "12.50", "overhead_percent": "10",
             "currency": "PEN"}  # fmt: skip
    beto.post(f"{account}rates/", typed)
    assert CostRate.objects.get().visit_travel == 1_250
    case = make_case(make_organisation(centre=cast.huancayo), centre=cast.huancayo,
                     responsible=cast.ana, ended_on="2026-03-30")  # fmt: skip
    make_visit(case, 60, visitor=cast.ana)
    make_milestone(case, 100)
    assert "156.75" in text(
        beto.get(f"/cases/{case.pk}/cost/", headers={"accept-language": "en"})
    ).replace(",", ".")
    services = text(beto.get(f"{account}services/?from=2026-03-01&until=2026-03-31"))
    assert "156" in services
    assert beto.get(f"{account}services/?from=x&until=2026-99-01").status_code == 200


def test_costs_are_closed_to_promoters_and_to_other_centres(
    cast: Cast, browse: Browse, account: str
) -> None:
    make_rate()
    case = make_case(
        make_organisation(centre=cast.huancayo), centre=cast.huancayo, responsible=cast.ana
    )
    entry = make_entry("travel", 10)
    for user in (cast.ana, cast.carla):
        client = browse(user)
        for page in (
            "",
            "export.xlsx",
            "services/",
            "entries/",
            "entries/new/",
            "rates/",
            f"entries/{entry.pk}/void/",
        ):
            assert client.get(account + page).status_code == 404, page
    assert browse(cast.ana).get(f"/cases/{case.pk}/cost/").status_code == 403
    assert browse(cast.carla).get(f"/cases/{case.pk}/cost/").status_code == 404
    assert browse(cast.diego).get(account).status_code == 200


def test_a_service_passes_to_another_institution(cast: Cast, beto: Client) -> None:
    target = create_institution(by=BY, name="Instituto del Mantaro")
    beto.post(
        "/service-transfers/new/",
        {"centre": cast.huancayo.pk, "target": target.pk, "agreed_on": "2026-01-10"},
    )
    transfer = ServiceTransfer.objects.get()
    page = f"/service-transfers/{transfer.pk}/"
    beto.post(f"{page}share/", {"on": "2026-02-01", "version": 1})
    kept, *others = transfer.components.all()
    for other in others:
        beto.post(f"{page}components/{other.pk}/drop/")
    at = f"{page}components/{kept.pk}/"
    beto.post(at, {"kind": kept.kind, "description": "Fichas de clientes"})
    beto.post(f"{at}hand/", {"on": "2026-02-02"})
    assert beto.post(f"{page}complete/", {"on": "2026-03-01"}).status_code == 422
    beto.post(
        f"{at}accept/",
        {"on": "2026-02-03", "accepted_by_name": "Elena Soto", "remarks": "completo"},
    )
    assert beto.post(f"{page}complete/", {"on": "2026-03-01", "version": 1}).status_code == 422
    shown = text(beto.get(page))
    assert "Elena Soto" in shown
    beto.post(f"{page}complete/", {"on": "2026-03-01", "version": 2})
    cast.huancayo.refresh_from_db()
    assert cast.huancayo.institution == target
    assert "Instituto del Mantaro" in text(beto.get("/service-transfers/"))


def test_promoters_and_other_centres_see_no_transfer(cast: Cast, browse: Browse) -> None:
    target = create_institution(by=BY, name="Instituto del Mantaro")
    browse(cast.diego).post("/service-transfers/new/", {
        "centre": cast.huancayo.pk, "target": target.pk, "agreed_on": "2026-01-10"})  # fmt: skip
    transfer = ServiceTransfer.objects.get()
    for user, status in ((cast.ana, 404), (cast.carla, 404), (cast.diego, 200)):
        assert browse(user).get(f"/service-transfers/{transfer.pk}/").status_code == status
    assert browse(cast.ana).get("/service-transfers/").status_code == 403

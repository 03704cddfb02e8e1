"""The pages of tables."""

import json
from typing import Any

import pytest
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_organisation
from tests.factories.surveys_tables import answer, make_form

from yanapay.directory.actions.attributes import load_terms, set_codes
from yanapay.directory.actions.persons import affiliate
from yanapay.places.models import AreaScheme

from tests.web.conftest import Browse  # isort: skip


@pytest.fixture(autouse=True)
def _scheme(db: None) -> None:
    load_terms(by=BY)
    AreaScheme.objects.create(code="ess_2018", name="Mapeo", source="Mapeo")


def mapped(name: str, **fields: Any) -> Any:
    organisation = make_organisation(name, **fields)
    set_codes(by=BY, organisation=organisation, vocabulary="macro_region", codes=["Sur"])
    set_codes(by=BY, organisation=organisation, vocabulary="need_codes", codes=["tributario"])
    return organisation


def test_the_index_leads_to_every_table(cast: Cast, browse: Browse) -> None:
    make_form()
    page = browse(cast.beto).get("/tables/").content.decode()
    for name in ("needs", "strengths-2018", "support", "networks", "cooperative-census"):
        assert f'href="/tables/{name}/"' in page
    assert 'href="/tables/forms/ferias/"' in page


def test_a_number_leads_to_the_organisations_it_counts(cast: Cast, browse: Browse) -> None:
    mapped("Cacao del Sur")
    ana = browse(cast.ana)
    page = ana.get("/tables/needs/").content.decode()
    address = "/directory/?group=Sur&amp;need=tributario"
    assert f'href="{address}"' in page
    assert "Cacao del Sur" in ana.get(address.replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize("by", ["kind", "department", "network", "none", "macro_region:ess_2018"])
def test_every_grouping_has_a_page(cast: Cast, browse: Browse, by: str) -> None:
    mapped("Cacao del Sur")
    assert browse(cast.ana).get(f"/tables/needs/?by={by}").status_code == 200


def test_a_grouping_that_is_not_says_why(cast: Cast, browse: Browse) -> None:
    response = browse(cast.ana).get("/tables/needs/?by=colour")
    assert response.status_code == 422
    assert "«colour»" in response.content.decode()
    assert browse(cast.ana).get("/tables/needs/table.csv?by=colour").status_code == 404


def test_a_table_or_file_that_is_not(cast: Cast, browse: Browse) -> None:
    for path in (
        "/tables/weaknesses/",
        "/tables/ess.x/",
        "/tables/needs/table.exe",
        "/tables/forms/x/",
    ):
        assert browse(cast.beto).get(path).status_code == 404, path


def test_the_files_hold_what_the_page_shows(cast: Cast, browse: Browse) -> None:
    mapped("Cacao del Sur")
    ana = browse(cast.ana)
    told = json.loads(ana.get("/tables/needs/table.json").content)
    assert told["rows"][0] == {
        "group": "Sur", "code": "tributario", "label": "Trato tributario", "n": 1, "base": 1, "share": 1.0,
        "rank": 1,
    }  # fmt: skip
    assert ";" not in ana.get("/tables/needs/table.csv").content.decode("utf-8-sig").splitlines()[1]
    assert ana.get("/tables/needs/table.xlsx").content[:2] == b"PK"
    assert b"<html" in ana.get("/tables/needs/table.html").content


def test_another_centre_sees_nothing_of_it(cast: Cast, browse: Browse) -> None:
    mapped("Cacao del Sur")
    told = json.loads(browse(cast.carla).get("/tables/needs/table.json").content)
    assert (told["base"], told["rows"]) == (0, [])


def test_who_may_not_read_answers_sees_no_table_of_them(cast: Cast, browse: Browse) -> None:
    answer(make_form(), {"statutes": "si"})
    reader = make_member("lucia", "readonly", cast.huancayo)
    assert browse(reader).get("/tables/needs/").status_code == 200
    for path in ("/tables/ferias.statutes/", "/tables/support/", "/tables/forms/ferias/"):
        assert browse(reader).get(path).status_code == 403, path
    mapper = make_member("mapper", "mapper", cast.huancayo)
    assert browse(mapper).get("/tables/").status_code == 403


def test_a_question_by_another(cast: Cast, browse: Browse) -> None:
    answer(make_form(), {"statutes": "si", "lines": ["agua"]})
    page = browse(cast.beto).get("/tables/ferias.lines/?by=statutes")
    assert page.status_code == 200
    assert "Agua" in page.content.decode()
    assert (
        'href="/tables/ferias.statutes/"'
        in browse(cast.beto).get("/tables/forms/ferias/").content.decode()
    )
    assert browse(cast.beto).get("/tables/ferias.phone/").status_code == 422


def test_networks_as_picture_and_table(cast: Cast, browse: Browse) -> None:
    network = mapped("Red de Cacao", kind="red")
    affiliate(by=BY, member=mapped("Cacao <del> Sur"), network=network)
    page = browse(cast.ana).get("/tables/networks/").content.decode()
    assert "<svg" in page
    assert "<title" in page
    assert page.count(f'href="/directory/{network.pk}/"') >= 3
    assert "Cacao &lt;del&gt; Sur" in page


def test_the_cooperatives_show_the_difference(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ana).get("/tables/cooperative-census/").content.decode()
    assert all(n in page for n in ("806", "824", "77-395", "34.9 %"))


def test_figures_beside_the_print(cast: Cast, browse: Browse) -> None:
    mapped("Cacao del Sur")
    assert browse(cast.ana).get("/tables/figures/").status_code == 200

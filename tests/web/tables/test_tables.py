"""The pages of tables."""

import json
import re
from html import unescape
from itertools import product
from typing import Any

import pytest
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_area, make_organisation
from tests.factories.surveys_tables import answer, make_form

from yanapay.directory.actions.attributes import load_terms, set_codes
from yanapay.directory.actions.persons import affiliate
from yanapay.places.models import AreaScheme
from yanapay.surveys.choices import Review
from yanapay.surveys.models import Coding

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


def numbers_of(page: str) -> list[tuple[str, int]]:
    """Where the numbers of a table lead, with what they say: cells, lines of rankings, bases."""
    link = r'<a href="([^"]+)">'
    found = [
        *re.findall(rf'<td class="numeric[^"]*">{link}([\d,]+)</a>', page),
        *re.findall(
            rf'{link}[^<]*</a></span></span>\s*<span class="ranking-number">([\d,]+)', page
        ),
        *re.findall(rf"{link}(?:Base|missing|sin dato) ([\d,]+)</a>", page),
    ]
    return [(unescape(url), int(n.replace(",", ""))) for url, n in found]


ASKED = [
    {"statutes": "si", "lines": ["agua", "luz"], "district": "120114", "members": "4", "aims": "Vender"},
    {"statutes": "si", "lines": ["agua"], "district": "999999", "members": "120"},
    {"statutes": "no", "lines": [], "members": "many", "aims": "Comprar"},
    {"lines": ["luz"], "district": "120114", "members": "9"},
]  # fmt: skip


GROUPINGS = ("none", "statutes", "lines", "members", "aims", "department")


def test_a_number_leads_to_as_many_answers(cast: Cast, browse: Browse) -> None:
    make_area("PE/12/1201/120114")
    form = make_form()
    for values in ASKED:
        answer(form, values)
    answer(form, {"statutes": "si"}, review=Review.REJECTED)
    answer(form, {"statutes": "si"}, centre=cast.ayacucho)
    beto, followed = browse(cast.beto), dict[str, int]()
    for name, by in product(("statutes", "lines", "members", "aims"), GROUPINGS):
        found = numbers_of(beto.get(f"/tables/ferias.{name}/?by={by}").content.decode())
        assert len(found) > 2
        followed |= dict(found)
    for url, n in followed.items():
        assert beto.get(url).context["page"].paginator.count == n, url


def test_a_number_of_codes_leads_to_the_answers_that_have_them(cast: Cast, browse: Browse) -> None:
    form = make_form()
    for codes in (["otro"], ["otro", "tributario"], None):
        submission = answer(form, {"aims": "Vender"})
        if codes:
            Coding.objects.create(submission=submission, question="aims", vocabulary="need_codes",
                                  codes=codes, coder=cast.ana, is_adjudicated=True)  # fmt: skip
    beto = browse(cast.beto)
    found = numbers_of(beto.get("/tables/ferias.aims/?by=statutes").content.decode())
    assert {n for _, n in found} == {1, 2}
    for url, n in found:
        assert beto.get(url).context["page"].paginator.count == n, url


def test_the_list_says_what_it_was_cut_by_and_keeps_it(cast: Cast, browse: Browse) -> None:
    turns = {"worker": [{"worker_paid": "si"}, {"worker_paid": "si"}]}
    answer(make_form(), {"statutes": "si"}, turns=turns)
    url = "/answers/?table=ferias.worker_paid&by=statutes&group=si&code=si&form=ferias"
    page = browse(cast.beto).get(url)
    text = " ".join(page.content.decode().split())
    assert page.context["page"].paginator.count == 1
    assert "The table counts 2 entries" in text or "2 entradas" in text
    assert '<input type="hidden" name="group" value="si">' in text
    assert 'href="/tables/ferias.worker_paid/?by=statutes"' in text
    other = browse(cast.beto).get(url.replace("code=si", "code=no"))
    assert other.context["page"].paginator.count == 0


def test_what_no_table_counts_is_not_found_and_who_reads_no_answers_sees_none(
    cast: Cast, browse: Browse
) -> None:
    answer(make_form(), {"statutes": "si"})
    for table in ("ferias.phone", "ferias.nothing", "nothing"):
        assert browse(cast.beto).get(f"/answers/?table={table}").status_code == 404
    mapper = make_member("mapper", "mapper", cast.huancayo)
    assert browse(mapper).get("/answers/?table=ferias.statutes").status_code == 403
    assert browse(cast.carla).get("/answers/?table=ferias.statutes").status_code == 404


def test_words_lead_to_their_coding(cast: Cast, browse: Browse) -> None:
    answer(make_form(), {"aims": "Vender"})
    assert (
        'href="/coding/?form=ferias&amp;question=aims"'
        in browse(cast.beto).get("/tables/ferias.aims/").content.decode()
    )
    chosen = browse(cast.beto).get("/coding/?form=ferias&question=aims").content.decode()
    assert '<option value="aims" selected>' in chosen
    page = browse(cast.beto).get("/tables/forms/ferias/").content.decode()
    assert 'href="/tables/ferias.aims/"' in page
    assert 'href="/tables/ferias.phone/"' not in page


def test_numbers_are_summed_up_on_the_page(cast: Cast, browse: Browse) -> None:
    form = make_form()
    for members in ("2", "4", "9"):
        answer(form, {"members": members, "statutes": "si"})
    page = browse(cast.beto).get("/tables/ferias.members/?by=statutes").content.decode()
    assert page.count('<td class="numeric">5</td>') == 2  # the mean, of the group and of all
    told = json.loads(browse(cast.beto).get("/tables/ferias.members/table.json").content)
    assert told["summaries"] == [
        {"group": None, "n": 3, "min": 2.0, "median": 4.0, "mean": 5.0, "max": 9.0},
        {"group": "", "n": 3, "min": 2.0, "median": 4.0, "mean": 5.0, "max": 9.0},
    ]  # fmt: skip


def test_networks_as_picture_and_table(cast: Cast, browse: Browse) -> None:
    network = mapped("Red de Cacao", kind="red")
    affiliate(by=BY, member=mapped("Cacao <del> Sur"), network=network)
    page = browse(cast.ana).get("/tables/networks/").content.decode()
    assert "<svg" in page
    assert "<title" in page
    assert '<p class="network-none">1 ' in page  # the network itself belongs to none
    assert page.count(f'href="/directory/{network.pk}/"') >= 3
    assert "Cacao &lt;del&gt; Sur" in page


def test_the_cooperatives_show_the_difference(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ana).get("/tables/cooperative-census/").content.decode()
    assert all(n in page for n in ("806", "824", "77-395", "34.9 %"))


def test_figures_beside_the_print(cast: Cast, browse: Browse) -> None:
    mapped("Cacao del Sur")
    assert browse(cast.ana).get("/tables/figures/").status_code == 200

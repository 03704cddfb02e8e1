"""Every page of the public site: without sign-in, cookie or script, cached, and only what is public."""

import gzip
import json
import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from tests.factories.directory import make_area
from tests.factories.entries import make_entry, make_external, make_terms
from tests.factories.places import place

from yanapay.mapping.models import Entry
from yanapay.web.public.pages import licence_tag

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "map/",
    "map/areas.geojson",
    "map/places.geojson",
    "tables/",
    "tables/needs/",
    "tables/networks/",
    "tables/cooperative-census/",
    "tables/needs-2018/",
    "data/",
    "embed/",
    "embed/?show=map",
    "embed/code/",
    "register/",
    "thanks/register/",
    "support/",
    "support/sur/",
    "about/",
    "privacy/",
)


def get(path: str, language: str = "", **headers: str):  # type: ignore[no-untyped-def]
    return Client().get(f"/public/{'en/' if language == 'en' else ''}{path}", headers=headers)


def text(response) -> str:  # type: ignore[no-untyped-def]
    return response.content.decode()


@pytest.fixture
def filled() -> Entry:
    """A published organisation with everything, and an external one."""
    make_terms(
        activity_lines={"lacteos": ("Lácteos", "Dairy")},
        need_codes={"credito": ("Crédito", "Credit")},
        macro_region={"Sur": ("Sur", "South")},
    )
    make_external("Red de Ferias", macro_region=["Sur"])
    return make_entry(
        "Lácteos Ñaña",
        area=place("120114"),
        website="www.nana.pe",
        latitude=-12.06,
        longitude=-75.2,
        activity_lines=["lacteos"],
        need_codes=["credito"],
        macro_region=["Sur"],
        network=["red-de-ferias"],
        description="Quesos de altura.",
        phone="964 111 222",
        members_women=12,
        start_year=1999,
    )


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_anybody_reads_it_and_gets_no_cookie(filled: Entry, path: str, language: str) -> None:
    response = get(path, language)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Content-Language"] == language
    if path != "register/":
        assert response["Vary"] == "Accept-Encoding"
        assert response["Cache-Control"] == "public, max-age=300"
        assert response["ETag"]


@pytest.mark.parametrize(
    "path", [path for path in PAGES if "tables/" not in path or path == "tables/"]
)
def test_empty_pages_are_pages_too(path: str) -> None:
    assert get(path).status_code == 200


def test_the_second_visit_costs_nothing_until_something_changes(filled: Entry) -> None:
    first = get("")
    assert get("", **{"If-None-Match": first["ETag"]}).status_code == 304
    filled.save()
    assert get("", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_language_stands_in_the_address_and_stays_there(filled: Entry) -> None:
    english = text(get("", "en"))
    assert "Search organisations" in english
    assert 'href="/public/en/map/"' in english
    assert 'href="/public/?q=a"' in text(Client().get("/public/en/?q=a"))
    assert 'hreflang="es" href="http://testserver/public/"' in english


def test_the_page_of_an_organisation_says_what_it_agreed_to(filled: Entry) -> None:
    page = text(get("o/lacteos-nana/"))
    for shown in (
        "Lácteos Ñaña",
        "El Tambo",
        "Quesos de altura.",
        "964 111 222",
        "Red de Ferias",
        "1999",
    ):
        assert shown in page
    assert 'href="https://www.nana.pe"' in page
    assert 'href="/public/?need=credito"' in page


def test_the_page_of_an_organisation_says_when_it_was_told() -> None:
    make_entry("Nuestra", told_on=date(2026, 3, 5))
    assert "5 de marzo de 2026" in text(get("o/nuestra/"))


def test_its_data_for_machines_are_json_that_cannot_end_the_script() -> None:
    make_entry("Mala", description="</script><b>", latitude=-12.0, longitude=-75.0)
    found = re.search(r'ld\+json">(.*?)</script>', text(get("o/mala/")))
    assert found
    data = json.loads(found[1])
    assert (data["name"], data["description"]) == ("Mala", "</script><b>")
    assert data["geo"]["latitude"] == -12.0


def test_a_website_that_is_none_is_no_link() -> None:
    make_entry("Mala", website="javascript:alert(1)")
    assert 'href="javascript' not in text(get("o/mala/"))


def test_of_an_external_entry_only_what_its_source_said() -> None:
    make_external(
        "Red Uno", phone="999 000 111", description="secreto", latitude=-12.0, longitude=-75.0
    )
    page = text(get("o/red-uno/"))
    assert "GRESP 2018" in page
    assert "999 000 111" not in page
    assert "secreto" not in page


def test_what_is_not_shown_does_not_exist(filled: Entry) -> None:
    make_entry("Retirada", state="unpublished")
    for path in (
        "o/retirada/",
        "o/no-such/",
        "no/such/page",
        "o/retirada/wrong/",
        "tables/no-such/",
        "support/x/",
    ):
        response = get(path)
        assert response.status_code == 404, path
        assert "yanapay" in text(response)
        assert not response.cookies
    assert "Retirada" not in text(get(""))


def test_filters_survive_a_search_and_can_be_taken_away(filled: Entry) -> None:
    page = text(get("?kind=cooperativa&q=nana"))
    assert "Lácteos Ñaña" in page
    assert "Red de Ferias" not in page.split("results")[1].split("</section>")[0]
    assert '<input type="hidden" name="kind" value="cooperativa">' in page
    assert 'href="/public/?q=nana"' in page


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?page=x",
        "?page=999",
        "?area=%27",
        "?sort=x",
        "?scheme=no&region=no",
        "?kind=" + "x" * 500,
    ],
)
def test_bad_addresses_are_answered(filled: Entry, query: str) -> None:
    assert get(query).status_code == 200


def test_a_name_cannot_break_the_page() -> None:
    make_entry("<b>Uno</b>", slug="uno")
    assert "<b>Uno</b>" not in text(get(""))


def test_only_the_embedded_page_may_stand_in_a_frame(filled: Entry) -> None:
    embedded, page = get("embed/"), get("")
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_code_to_copy_names_the_host_and_keeps_the_filters(filled: Entry) -> None:
    page = text(get("embed/code/?kind=cooperativa"))
    assert "&lt;iframe src=&quot;http://testserver/public/embed/?kind=cooperativa" in page.replace(
        '"http', "&quot;http"
    )


def test_the_drawing_is_small_and_tells_without_colour(filled: Entry) -> None:
    make_entry("Puno", area=make_area("PE/21"))
    page = text(get("map/"))
    drawing = re.search(r'<svg class="map-drawing" viewBox.*?</svg>', page, re.DOTALL)
    assert drawing
    assert len(gzip.compress(drawing[0].encode())) < 12_000
    assert "<title>Junín: 1</title>" in drawing[0]
    assert 'role="img"' in drawing[0]
    assert 'fill="url(#p' in drawing[0]


def test_organisations_without_a_place_stand_beside_the_map(filled: Entry) -> None:
    page = text(get("map/"))
    assert "/public/?area=-" in page
    assert "/public/o/red-de-ferias/" in page


def test_robots_and_sitemap(filled: Entry) -> None:
    robots, index = Client().get("/robots.txt"), Client().get("/sitemap.xml")
    part = text(Client().get("/public-sitemap-1.xml"))
    assert "Sitemap: http://testserver/sitemap.xml" in text(robots)
    assert "public-sitemap-1.xml" in text(index)
    assert "http://testserver/public/o/lacteos-nana/" in part
    assert Client().get("/public-sitemap-9.xml").status_code == 404


def test_the_support_page_of_a_region_shows_the_needs_named_there(filled: Entry) -> None:
    page = text(get("support/sur/"))
    assert "Crédito" in page
    assert "Cusco" in page


def test_a_page_is_made_once_until_something_changes(filled: Entry, assert_queries: Any) -> None:
    first = get("map/")
    with assert_queries(2):  # both ends of the edition
        assert get("map/").content == first.content
    make_entry("Nueva")
    assert get("map/").content != first.content


OWN = {
    "licence": "ODbL 1.0", "licence_url": "https://example.org/odbl", "attribution": "Mesa de ESS",
    "contact": "datos@example.org",
}  # fmt: skip


def test_the_licence_of_the_installation_stands_wherever_data_go_out(
    filled: Entry, settings: Any
) -> None:
    settings.OPEN_DATA = OWN
    licence_tag.cache_clear()
    page = text(get("data/"))
    assert all(
        told in page for told in ("ODbL 1.0", "Mesa de ESS", 'href="mailto:datos@example.org"')
    )
    assert "CC BY 4.0" not in page
    table = get("data/organisations.csv")
    assert b"".join(table.streaming_content)
    assert table["Link"] == '<https://example.org/odbl>; rel="license"'
    collection = json.loads(b"".join(get("data/organisations.geojson").streaming_content))
    assert (collection["license"], collection["attribution"]) == ("ODbL 1.0", "Mesa de ESS")
    assert "ODbL 1.0" in text(get("embed/"))
    about = configuration()["vocabs"]["ui"]["es"]["terms"]["about_content"]
    assert "[ODbL 1.0](https://example.org/odbl)" in about
    assert "datos@example.org" in about
    licence_tag.cache_clear()


def test_without_settings_it_is_the_licence_that_we_propose(filled: Entry) -> None:
    page = text(get("data/"))
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert 'href="/public/privacy/#centres"' in page


def configuration() -> Any:
    archive = zipfile.ZipFile(BytesIO(b"".join(get("data/mykomap.zip").streaming_content)))
    return json.loads(archive.read("config.json"))


def test_nothing_found_offers_the_way_on_and_no_empty_filters(filled: Entry) -> None:
    page = text(get("?q=zzzz"))
    assert 'id="filters"' not in page
    assert page.count('href="/public/register/"') == 2
    assert 'href="/public/data/?q=zzzz"' not in page


def test_the_embedded_map_has_its_legend_and_names_where_it_comes_from(filled: Entry) -> None:
    page = text(get("embed/?show=map"))
    assert 'class="legend"' in page
    assert 'rel="license noopener"' in page


def test_the_page_of_the_api_tells_first_what_is_open() -> None:
    page = text(Client().get("/api/v1/"))
    assert page.index("/api/v1/public/areas") < page.index("/api/v1/persons")
    assert "<code>path</code>" in page


def test_a_source_that_bears_its_year_is_not_given_it_twice() -> None:
    make_external("Red de Ferias", source="Mapeo de la ESS (2018)")
    make_external("Red de Mercados", source="Guía de redes")
    page = text(get(""))
    assert re.findall(r"</span> (Mapeo[^<]*|Guía[^<]*)</p>", page) == [
        "Mapeo de la ESS (2018)", "Guía de redes, 2018",
    ]  # fmt: skip

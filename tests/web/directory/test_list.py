"""Finding: the list with its filters and views, the one search box, the sharing between centres."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.centres import Cast
from tests.factories.directory import (
    BY,
    make_activity,
    make_area,
    make_observation,
    make_organisation,
    make_person,
)
from tests.web.conftest import Browse

from yanapay.directory.actions.attributes import set_activities
from yanapay.directory.actions.persons import affiliate
from yanapay.directory.models import Organisation, SavedView, Share, SharingRequest
from yanapay.directory.queries import selecting, sizing, tallying
from yanapay.web.directory import facets


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def test_filters_cut_the_list_and_stand_as_chips(cast: Cast, browse: Browse) -> None:
    make_organisation("Apícola Allin", centre=cast.huancayo, kind="empresa")
    make_organisation("Cooperativa Santa Rosa", centre=cast.huancayo, kind="cooperativa")
    make_organisation("Tejidos de Ayacucho", centre=cast.ayacucho)
    ana = browse(cast.ana)
    everything = text(ana, "/directory/")
    assert "Apícola Allin" in everything
    assert "Tejidos de Ayacucho" not in everything
    cooperatives = text(ana, "/directory/?kind=cooperativa")
    assert "Cooperativa Santa Rosa" in cooperatives
    assert "Apícola Allin" not in cooperatives
    assert 'class="chips"' in cooperatives
    assert "Apícola Allin" in text(ana, "/directory/?q=apicola")


def test_the_next_page_begins_where_the_last_one_ended(cast: Cast, browse: Browse) -> None:
    for number in range(30):
        make_organisation(f"Taller {number:02}", centre=cast.huancayo)
    ana = browse(cast.ana)
    first = ana.get("/directory/")
    following = text(ana, first.context["next_url"])
    assert "Taller 24" in first.content.decode()
    assert "Taller 25" in following
    assert "Taller 24" not in following


def test_a_view_is_kept_found_again_and_removed(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    ana.post("/directory/views/", {"name": "Mis cooperativas", "query": "kind=cooperativa"})
    assert "?kind=cooperativa" in text(ana, "/directory/")
    view = SavedView.objects.get()
    assert browse(cast.beto).post(f"/directory/views/{view.pk}/remove/").status_code == 404
    ana.post(f"/directory/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_one_box_finds_organisations_people_and_numbers(cast: Cast, browse: Browse) -> None:
    make_organisation("Lácteos del Valle", centre=cast.huancayo, ruc="20100070970")
    make_person(
        "Rosa Láctea", centre=cast.huancayo, document_number="44556677", document_type="dni"
    )
    ana = browse(cast.ana)
    assert "Lácteos del Valle" in text(ana, "/search/?q=lacteos")
    assert "Lácteos del Valle" in text(ana, "/search/?q=lactos")
    assert "Lácteos del Valle" in text(ana, "/search/?q=20100070970")
    assert "Rosa Láctea" in text(ana, "/search/?q=44556677")


def test_nothing_found_offers_to_register_it_with_the_name_typed(
    cast: Cast, browse: Browse
) -> None:
    ana = browse(cast.ana)
    assert "/directory/new/?name=Tejidos%20Wari" in text(ana, "/search/?q=Tejidos+Wari")
    assert 'value="Tejidos Wari"' in text(ana, "/directory/new/?name=Tejidos%20Wari")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("+51 964 555 777", "private_phone"),
        ("(064) 211-211", "private_phone"),
        ("20100070970", "tax_id"),
    ],
)
def test_a_number_not_found_is_offered_as_what_it_is(
    cast: Cast, browse: Browse, asked: str, field: str
) -> None:
    ana = browse(cast.ana)
    page = ana.get("/search/", {"q": asked}).content.decode()
    offered = re.search(r'href="(/directory/new/[^"]+)"', page)
    assert offered
    assert offered[1].startswith(f"/directory/new/?{field}=")
    form = ana.get(html.unescape(offered[1])).context["form"]
    assert form.initial[field] == asked


def test_a_person_is_found_by_the_telephone_and_shown_with_it(cast: Cast, browse: Browse) -> None:
    make_person("Rosa Quispe", cast.huancayo, phone="964 555 777")
    page = browse(cast.ana).get("/search/", {"q": "+51 964-555-777"}).content.decode()
    assert "Rosa Quispe" in page
    assert "964 555 777" in page
    assert (
        "Rosa Quispe" not in browse(cast.carla).get("/search/", {"q": "964555777"}).content.decode()
    )


def test_a_file_of_another_centre_is_asked_for_granted_read_and_ended(
    cast: Cast, browse: Browse
) -> None:
    organisation = make_organisation(
        "Lácteos del Valle", centre=cast.huancayo, private_phone="964111222"
    )
    carla, beto = browse(cast.carla), browse(cast.beto)
    found = text(carla, "/search/?q=lacteos")
    ask, record = f"/directory/{organisation.pk}/sharing/ask/", f"/directory/{organisation.pk}/"
    assert ask in found
    assert f'"{record}"' not in found
    carla.post(ask, {"purpose": "Se mudó a Huanta", "centre": cast.ayacucho.pk})
    asked = SharingRequest.objects.get()
    assert "Se mudó a Huanta" in text(beto, "/sharing/")
    assert browse(cast.ana).post(f"/sharing/{asked.pk}/", {"accept": "1"}).status_code == 404
    beto.post(f"/sharing/{asked.pk}/", {"accept": "1"})
    page = text(carla, record)
    assert "964111222" not in page
    assert carla.get(f"{record}edit/").status_code == 403
    beto.post(f"{record}sharing/{Share.objects.get().pk}/end/")
    assert carla.get(record).status_code == 404


def test_who_may_not_see_the_directory_is_told_so(cast: Cast, browse: Browse) -> None:
    diego = browse(cast.diego)
    assert diego.get("/directory/").status_code == 200
    assert browse(cast.carla).get("/privacy/").status_code == 403


def test_the_list_is_cut_by_size_and_read_in_another_order(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = make_organisation("Andina", cast.huancayo)
    make_observation(small, workers=30, annual_sales=2_000_000_00)
    make_organisation("Bodega Rosa", cast.huancayo)
    ana = browse(cast.ana)
    assert "?size=small" in ana.get("/directory/").content.decode()
    page = ana.get("/directory/?size=small&sort=workers")
    assert [row.name for row in page.context["page"].rows] == ["Andina"]
    assert "size=small&amp;sort=changed" in page.content.decode()
    exported = b"".join(browse(cast.beto).get("/directory/export.csv?size=small"))  # type: ignore[arg-type]
    assert b"Andina" in exported
    assert b"Bodega" not in exported
    make_organisation("Coop", cast.huancayo, kind="cooperativa")
    monkeypatch.setattr(sizing, "MANY", 2)
    assert ana.get("/directory/?size=small&kind=empresa").context["total"] == 1
    monkeypatch.setattr(sizing, "MANY", 1)
    refused = ana.get("/directory/?size=small&kind=empresa", follow=True)
    assert refused.redirect_chain[-1][0] == "/directory/?kind=empresa"
    assert "flash-warning" in refused.content.decode()


def test_a_common_word_shows_its_newest_at_once_and_its_counts_afterwards(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make_organisation(f"Bodega Flor {number}", cast.huancayo)
    monkeypatch.setattr(selecting, "COMMON", 2)
    monkeypatch.setattr(tallying, "NARROW", 2)
    ana = browse(cast.ana)
    page = ana.get("/directory/?q=bodega")
    assert [row.name[-1] for row in page.context["page"].rows] == ["3", "2", "1", "0"]
    assert 'hx-get="/directory/facets/?q=bodega"' in page.content.decode()
    counted = text(ana, "/directory/facets/?q=bodega")
    assert "4 organizaciones" in counted
    assert "kind=empresa" in counted
    asked = text(ana, "/directory/?q=bodega&count=yes")
    assert "4 organizaciones" in asked
    assert "hx-get" not in asked


def test_the_list_is_cut_by_activity_and_network_and_leads_back_up(
    cast: Cast, browse: Browse
) -> None:
    network = make_organisation("Red de Panaderos", cast.ayacucho, kind="red")
    for name, code in (("Horno Rosa", "1071"), ("Lácteos Sol", "1050")):
        one = make_organisation(name, cast.huancayo)
        set_activities(by=BY, organisation=one, activities=[(make_activity(code), "")])
    affiliate(by=BY, member=Organisation.objects.get(name="Horno Rosa"), network=network)
    ana = browse(cast.ana)
    assert "?activity=C" in text(ana, "/directory/")
    page = ana.get("/directory/?activity=10")
    assert [row.name for row in page.context["page"].rows] == ["Horno Rosa", "Lácteos Sol"]
    assert "?activity=107" in page.content.decode()
    assert "/directory/?activity=C" in [to for _, to in page.context["trails"][0].steps]
    members = f"network={network.pk}"
    assert members in page.content.decode()
    assert "Red de Panaderos" in page.content.decode()
    cut = text(ana, f"/directory/?{members}")
    assert "Horno Rosa" in cut
    assert "Lácteos Sol" not in cut
    exported = b"".join(browse(cast.beto).get(f"/directory/export.csv?activity=107&{members}"))  # type: ignore[arg-type]
    assert b"Horno Rosa" in exported
    assert "Lácteos Sol".encode() not in exported


def test_a_long_list_offers_activities_without_counting_them(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make_organisation("Horno Rosa", cast.huancayo)
    set_activities(by=BY, organisation=one, activities=[(make_activity("1071"), "")])
    monkeypatch.setattr(facets, "FOR_CODES", 0)
    panels = browse(cast.ana).get("/directory/").context["panels"]
    offered = next(one for one in panels if "activity=" in one.options[0].url)
    assert [(option.url, option.count) for option in offered.options] == [
        ("/directory/?activity=C", None)
    ]


def test_facets_are_for_those_who_may_read_the_directory(client: Client) -> None:
    assert client.get("/directory/facets/").status_code == 302


def test_ten_found_cost_no_more_questions_than_one(
    cast: Cast, browse: Browse, django_assert_num_queries: Any
) -> None:
    district = make_area("PE/12/1201/120114")
    make_organisation("Molino Uno", centre=cast.huancayo, area=district)
    ana = browse(cast.ana)
    pages = ("/search/?q=molino", "/directory/?q=molino")
    asked = []
    for page in pages:
        text(ana, page)
        with CaptureQueriesContext(connection) as one:
            text(ana, page)
        asked.append(len(one))
    for number in range(9):
        make_organisation(f"Molino {number}", centre=cast.huancayo, area=district)
    for page, few in zip(pages, asked, strict=True):
        with django_assert_num_queries(few):
            assert text(ana, page).count("120114") > 9

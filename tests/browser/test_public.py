"""The public site in a real browser: for everybody, light, without cookies, other hosts or need of a script."""

import gzip
import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.people import LAPTOP, PHONE, Screens
from tests.browser.test_accessibility import BUDGET, faults

pytestmark = pytest.mark.browser

PAGES = (
    "/public/", "/public/en/", "/public/?q=zzzz", "/public/map/", "/public/tables/", "/public/tables/needs/",
    "/public/tables/cooperative-census/", "/public/tables/networks/", "/public/tables/support/",
    "/public/data/",
    "/public/embed/", "/public/embed/?show=map", "/public/embed/code/", "/public/register/", "/public/support/",
    "/public/support/sur/", "/public/about/", "/public/privacy/", "/public/thanks/register/",
    "/public/no-such-page/", "/api/v1/",
)  # fmt: skip
FIRST_LOADS = ("/public/", "/public/map/", "/public/register/", "/public/tables/needs/")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_public_pages_are_for_everybody(screens: Screens, size: dict[str, int]) -> None:
    page = screens.new(viewport=size)
    found = [fault for path in (*PAGES, *organisations(page)) for fault in faults(page, path)]
    assert not found, "\n".join(found)
    assert page.context.cookies() == []


def organisations(page: Page) -> list[str]:
    """The pages of a published and of an external organisation, if there are any."""
    found = []
    for state in ("published", "external"):
        page.goto(f"/public/?state={state}")
        links = page.locator(".card h3 a")
        if links.count():
            found.append(links.first.get_attribute("href") or "")
    return found


@pytest.mark.parametrize("path", FIRST_LOADS)
def test_a_first_visit_is_light(screens: Screens, path: str) -> None:
    weights: dict[str, int] = {}
    page = screens.new()
    page.on(
        "requestfinished",
        lambda request: weights.update(
            {re.sub(r"^https?://[^/]+", "", request.url): len(gzip.compress(request.response().body()))}
        ),
    )  # fmt: skip
    page.goto(path, wait_until="networkidle")
    assert len(weights) >= 2, weights
    assert sum(weights.values()) < BUDGET, weights
    assert not any("map-live" in address for address in weights), (
        "the map that moves was not asked for"
    )


def test_without_a_script_one_finds_filters_and_reads(screens: Screens) -> None:
    page = screens.new(java_script_enabled=False)
    page.goto("/public/")
    page.get_by_role("searchbox").fill("red")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator("h1")).to_be_visible()
    assert "q=red" in page.url
    page.goto("/public/map/")
    expect(page.locator("table caption").first).to_be_visible()


def test_the_map_moves_only_when_it_is_asked_to(screens: Screens) -> None:
    page = screens.new()
    page.goto("/public/map/")
    assert page.locator(".leaflet-container").count() == 0
    page.locator("[data-map-live]").click()
    expect(page.locator(".leaflet-container path.leaflet-interactive").first).to_be_visible()
    assert page.locator(".leaflet-tile").count() == 0


def test_the_demonstration_has_networks_and_support_to_show(screens: Screens) -> None:
    page = screens.new()
    page.goto("/public/tables/networks/")
    expect(page.locator(".network-hub")).to_have_count(2)
    assert all("fictici" in name for name in page.locator(".network title").all_text_contents()[1:])
    page.goto("/public/tables/support/")
    assert "%" in page.locator(".report-grid").inner_text()


def test_a_keyboard_reaches_the_departments(screens: Screens) -> None:
    page = screens.new()
    page.goto("/public/map/")
    area = page.locator("a.area").first
    area.focus()
    expect(area).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/public/?area=*")


def test_an_organisation_registers_itself(screens: Screens) -> None:
    page = screens.new(viewport=PHONE)
    page.goto("/public/register/")
    page.wait_for_timeout(3_100)  # nobody fills it faster
    page.locator("[name=name]").fill("Queseras de la Laguna")
    page.locator("[name=kind]").select_option("productores")
    page.locator("[name=department]").select_option("12")
    page.locator("[name=place]").fill("El Tambo")
    page.locator("[name=contact_name]").fill("Rosa Quispe")
    page.locator("[name=contact]").fill("999 888 777")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[name=consent_public]:invalid")).to_have_count(1)
    page.locator("[name=consent_public]").check()
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/public/thanks/register/")
    page.goto("/public/?q=Queseras+de+la+Laguna")
    expect(page.locator(".card")).to_have_count(0)
    assert page.context.cookies() == []


def test_the_piece_for_other_pages_shows_itself_in_a_frame(screens: Screens) -> None:
    page = screens.new()
    page.goto("/public/embed/code/")
    assert "<iframe" in page.locator("#code").input_value()
    expect(page.frame_locator(".frame").locator(".embed-foot")).to_be_visible()

"""Every page as a telephone and a laptop show it: readable for all, not wider than the screen, light."""

import gzip
import re

import pytest
from playwright.sync_api import Page
from tests.browser.axe import violations
from tests.browser.people import LAPTOP, PHONE, Screens

pytestmark = pytest.mark.browser

BUDGET = 100_000  # bytes of the first page with all it needs, compressed
RECORD = "Mieles Flor de Cantuta 12"
PAGES = {
    "ana": (
        "/", "/search/?q=lacteos", "/directory/", "/directory/new/", "{record}", "{record}sizes/",
        "{record}edit/", "{record}figures/new/", "/imports/", "/imports/new/", "/imports/conflicts/",
        "/sharing/", "/sizes/", "/sizes/calculator/", "/notices/", "/profile/", "/no-such-page/",
    ),
    "beto": ("/duplicates/", "/duplicates/merges/", "/privacy/", "/sharing/"),
    "diego": (
        "/users/", "/users/new/", "/users/1/", "/users/1/leave/", "/centres/", "/centres/new/", "/roles/",
        "/roles/promoter/", "/audit/", "/audit/proof/", "/accounts/2fa/totp/activate/",
    ),
    "rosa": ("/mine/", "/mine/correction/"),
}  # fmt: skip


def faults(page: Page, path: str) -> list[str]:
    """What is wrong with the page at ``path`` at the page's width."""
    page.goto(path)
    found = violations(page)
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if beyond > 0:
        found.append(f"wider than the screen by {beyond} px")
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [f"{path} at {width}: {fault}" for fault in found]


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("person", PAGES)
def test_pages_are_for_everybody(screens: Screens, person: str, size: dict[str, int]) -> None:
    page = screens.of(person, viewport=size)
    record = ""
    if person == "ana":
        page.goto(f"/directory/?q={RECORD}")
        record = page.get_by_role("link", name=RECORD, exact=True).get_attribute("href") or ""
    found = [fault for path in PAGES[person] for fault in faults(page, path.format(record=record))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_entrance_is_for_everybody(screens: Screens, size: dict[str, int]) -> None:
    page = screens.new(viewport=size)
    entrances = ("/accounts/login/", "/accounts/password/reset/", "/claim/")
    found = [fault for path in entrances for fault in faults(page, path)]
    assert not found, "\n".join(found)


def test_the_first_page_is_light(screens: Screens) -> None:
    weights: dict[str, int] = {}
    page = screens.of("ana")
    page.on(
        "requestfinished",
        lambda request: weights.update(
            {re.sub(r"^https?://[^/]+", "", request.url): len(gzip.compress(request.response().body()))}
        ),
    )  # fmt: skip
    page.goto("/", wait_until="networkidle")
    assert len(weights) >= 3, weights
    assert sum(weights.values()) < BUDGET, weights

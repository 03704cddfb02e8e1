"""A served demonstration and a real browser for the journeys."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.browser.people import Screens
from tests.browser.served import Demonstration, demonstrated
from tests.browser.shoot import ARGUMENTS, CHROMIUM

BUILT = Path(__file__).parents[2] / "src/yanapay/web/static/build/app.css"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"No browser at {CHROMIUM}: install chromium, or name one in CHROMIUM.")
    if not BUILT.exists():
        pytest.skip("The front end is not built: make frontend.")
    expect.set_options(timeout=20_000)  # the machine may be busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Built once: it takes a minute."""
    return demonstrated(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def served(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Screens]:
    """``YANAPAY_TEST_SERVER`` names a demonstration that runs already: handy while a journey is written."""
    if running := os.environ.get("YANAPAY_TEST_SERVER"):
        yield Screens(chromium, running)
        return
    with request.getfixturevalue("demonstration").serving() as base:
        yield Screens(chromium, base)


@pytest.fixture
def screens(served: Screens) -> Iterator[Screens]:
    """``screens.of("ana")`` is a page of Ana's; nothing may leave the machine or break in a script."""
    yield served
    served.close()
    strangers, faults = served.strangers[:], served.faults[:]
    served.strangers.clear()
    served.faults.clear()
    assert not strangers, f"Other hosts were asked: {strangers}"
    assert not faults, f"Scripts broke: {faults}"

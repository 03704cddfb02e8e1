"""Every page of the demonstration, as wide as a phone and as a laptop: python -m tests.browser.shots FOLDER."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from tests.browser import test_accessibility, test_public
from tests.browser.served import PASSWORD, demonstrated
from tests.browser.shoot import ARGUMENTS, CHROMIUM, WIDTHS, shoot, sign_in

PEOPLE = {"": ("/accounts/login/", "/claim/", *test_public.PAGES), **test_accessibility.PAGES}


def record(browser: Browser, base: str) -> str:
    """The address of the organisation that the pages of a record are shown for."""
    page = browser.new_page()
    sign_in(page, base, "ana", PASSWORD)
    page.goto(f"{base}/directory/?q={test_accessibility.RECORD}")
    link = page.get_by_role("link", name=test_accessibility.RECORD, exact=True)
    return link.get_attribute("href") or ""


def main(out: Path) -> None:
    with (
        TemporaryDirectory() as home,
        demonstrated(Path(home)).serving() as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        shown = record(browser, base)
        for person, pages in PEOPLE.items():
            folder = out / (person or "visitor")
            folder.mkdir(parents=True, exist_ok=True)
            asked = argparse.Namespace(
                base=base, user=person, password=PASSWORD, out=folder,
                paths=[page.format(record=shown) for page in pages],
            )  # fmt: skip
            for width in WIDTHS:
                shoot(browser, asked, width)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

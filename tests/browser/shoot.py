"""Pictures of pages at the width of a phone and of a laptop, to be looked at.

python tests/browser/shoot.py http://localhost:8000 demo-user password out/ / /organisations/ …
"""

import argparse
import os
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {390: 844, 1280: 800}


def sign_in(page: Page, base: str, user: str, password: str) -> None:
    """Signs in by the form, as a person would."""
    page.goto(f"{base}/accounts/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", password)
    page.click("form:has([name=login]) button[type=submit]")
    page.wait_for_load_state()


def file_name(path: str, width: int) -> str:
    """`/organisations/?q=a` at 390 gives `organisations-q-a.390.png`."""
    return f"{re.sub(r'[^a-z0-9]+', '-', path.lower()).strip('-') or 'home'}.{width}.png"


def shoot(browser: Browser, options: argparse.Namespace, width: int) -> None:
    """One picture per path; says which page is wider than the screen."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, locale="es-PE"
    )
    page = context.new_page()
    if options.user:
        sign_in(page, options.base, options.user, options.password)
    for path in options.paths:
        page.goto(options.base + path)
        target = options.out / file_name(path, width)
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        wide = page.evaluate("document.documentElement.scrollWidth") - width
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})  # what sticks stays in its place
        page.screenshot(path=target)
        print(target, f"WIDER THAN THE SCREEN by {wide} px" if wide > 0 else "")  # noqa: T201
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("user", help="empty for pages before sign-in")
    parser.add_argument("password")
    parser.add_argument("out", type=Path)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for width in WIDTHS:
            shoot(browser, options, width)
        browser.close()


if __name__ == "__main__":
    main()

"""Pictures for the manual, taken on the way when ``YANAPAY_PICTURES`` names a folder."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

LAPTOP, PHONE, TALLEST = 1280, 390, 1000  # what is below is cut off
UNSTUCK = (
    "header, .form-foot { position: static !important }"  # what sticks would cover a tall part
)


def picture(page: Page, name: str, part: Locator | None = None, *, phone: bool = False) -> None:
    """Photograph what is on the page (or one part of it), on a laptop and, where it matters, on a phone."""
    folder = os.environ.get("YANAPAY_PICTURES")
    if not folder:
        return
    for width, suffix in ((LAPTOP, ""), (PHONE, "-390"))[: 1 + phone]:
        page.set_viewport_size({"width": width, "height": TALLEST})
        page.evaluate("scrollTo(0, 0)")
        if part:  # all of the page fits, so that nothing sticks on the part
            tall = int(page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": tall})
        target = Path(folder) / f"{name}{suffix}.png"
        (part or page).screenshot(path=target, animations="disabled")
    page.set_viewport_size({"width": LAPTOP, "height": 800})

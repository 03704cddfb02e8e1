"""People at their own screens. A page that asks another host for anything fails the test."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route
from tests.browser.served import PASSWORD
from tests.browser.shoot import sign_in

LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@dataclass
class Screens:
    """Fresh browser profiles of people of the demonstration; signing in is done once for each."""

    browser: Browser
    base: str
    strangers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _signed_in: dict[str, Any] = field(default_factory=dict)
    _open: list[BrowserContext] = field(default_factory=list)

    def of(self, person: str, **options: Any) -> Page:
        """A page on which ``person`` has signed in."""
        if person not in self._signed_in:
            page = self.new()
            sign_in(page, self.base, person, PASSWORD)
            assert "login" not in page.url, f"{person} could not sign in"
            self._signed_in[person] = page.context.storage_state()
        return self.new(storage_state=self._signed_in[person], **options)

    def new(self, **options: Any) -> Page:
        """A page of nobody yet. Paths are relative to the site."""
        wanted = {"viewport": LAPTOP, "locale": "es-PE", "base_url": self.base, **options}
        context = self.browser.new_context(**wanted)
        context.set_default_timeout(20_000)
        context.route("**/*", self._guard)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self._open.append(context)
        return context.new_page()

    def close(self) -> None:
        for context in self._open:
            context.close()
        self._open.clear()

    def _guard(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.base, "data:", "blob:")):
            route.continue_()
        else:
            self.strangers.append(request.url)
            route.abort()

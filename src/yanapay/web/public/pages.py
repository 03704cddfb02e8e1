"""What all public pages share: nobody signs in, no cookie is set, the language stands in the address.

Spanish pages lie under ``/public/``, English ones under ``/public/en/``: two instances of one namespace, so a
template's ``{% url 'public:map' %}`` stays in the language of its page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, TypeVar
from zlib import crc32

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, conditional_page

from yanapay import __version__
from yanapay.kernel.errors import NotFound
from yanapay.mapping.queries.public.columns import current_edition

SPANISH, ENGLISH = "public", "public-en"
KEPT = 300
"""Seconds that a browser may show a page without asking: as long may something taken down linger."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Site:
    """Where the page stands: addresses with the name of the host, for links that leave it."""

    base: str
    address: str
    spanish: str
    english: str


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page for anybody. It keeps no session, so its forms have nothing that another site could borrow."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with override(language):
            try:
                response = view(request, *args, **kwargs)
            except (Http404, NotFound):
                response = show(request, "public/404.html", status=404)
        response.headers.setdefault("Cache-Control", f"public, max-age={KEPT}")
        response.headers["Content-Language"] = language
        return response

    return login_not_required(csrf_exempt(gzip_page(conditional_page(page))))


def unless_changed(view: View) -> View:
    """While no public entry changed: 304 for whoever has the page, and the page as it was for the next."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        edition = current_edition()
        tag = f'"{__version__}-{edition.tag}-{licence_tag()}"'
        once = condition(lambda *_, **__: tag, lambda *_, **__: edition.changed_at)
        answer: HttpResponseBase = once(_remembered(view, tag))(request, *args, **kwargs)
        return answer

    return page  # type: ignore[return-value]


@cache
def licence_tag() -> str:
    """Changes with the licence of the data, which stands on many pages."""
    return f"{crc32(repr(settings.OPEN_DATA).encode()):08x}"


def _remembered(view: View, tag: str) -> View:
    """The view, or what it gave for the same address since the last change."""

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = salted_hmac("public page", tag + request.build_absolute_uri()).hexdigest()
        kept: HttpResponse | None = caches["pages"].get(key)
        if kept is not None:
            return kept
        answer = view(request, *args, **kwargs)
        if answer.status_code == HTTPStatus.OK and not answer.streaming:
            caches["pages"].set(key, answer, KEPT)
        return answer

    return page  # type: ignore[return-value]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    return render(request, template, {"site": site(request), **(context or {})}, status=status)


def namespace(request: HttpRequest) -> str:
    """``public`` or ``public-en``; Spanish where no page was found."""
    match = request.resolver_match
    return match.namespace if match and match.namespace else SPANISH


def language_of(request: HttpRequest) -> str:
    """The language that the address names."""
    return "en" if namespace(request) == ENGLISH else "es"


def to(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a public page in the language of the request."""
    return reverse(f"public:{name}", args=args, current_app=namespace(request))


def site(request: HttpRequest) -> Site:
    spanish, english = reverse("public:directory"), reverse("public:directory", current_app=ENGLISH)
    whole, base = request.get_full_path(), base_address(request)
    rest = whole.removeprefix(english if namespace(request) == ENGLISH else spanish)
    return Site(base, base + request.path, spanish + rest, english + rest)


def base_address(request: HttpRequest) -> str:
    """The address of the installation, without a slash at its end."""
    return settings.BASE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"

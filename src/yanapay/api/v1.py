"""``/api/v1``: the routers of the domains, one answer to errors, and a page that lists what there is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from yanapay import __version__
from yanapay.api import places, public, roster, sizes
from yanapay.api.assistance import cases, consultations
from yanapay.api.directory import (
    attributes,
    imports,
    observations,
    organisations,
    persons,
    protection,
    terms,
)
from yanapay.api.problems import answer_problems
from yanapay.mapping.queries.public.licence import licence


@dataclass(frozen=True)
class Operation:
    """One line of the page; ``is_open`` needs no token."""

    method: str
    path: str
    text: SafeString

    @property
    def is_open(self) -> bool:
        return "/public/" in self.path


class Operations(DocsBase):
    """The operations as a plain page: no script, nothing from another host."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        operations = [
            Operation(method.upper(), path, _marked(told.get("description", "")))
            for path, methods in schema["paths"].items()
            for method, told in methods.items()
        ]
        context = {
            "open": [one for one in operations if one.is_open],
            "others": [one for one in operations if not one.is_open],
            "schema_url": self.get_openapi_url(api, kwargs), "licence": licence(),
        }  # fmt: skip
        return render(request, "api/operations.html", context)


def _marked(text: str) -> SafeString:
    """A description with what stands between double backticks as code."""
    parts = text.split("``")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if at % 2 else part,) for at, part in enumerate(parts))
    )  # fmt: skip


api = NinjaAPI(
    title="Yanapay",
    version=__version__,
    urls_namespace="api",
    description=(
        "Organisations, people, figures, places, sizes, imports, cases and consultations of an "
        "installation of Yanapay."
    ),
    docs=Operations(),
    docs_url="/",
)
api.add_router("/organisations", organisations.router)
api.add_router("/organisations", attributes.router)
api.add_router("/imports", imports.router)
api.add_router("/vocabularies", terms.router)
api.add_router("/cases", cases.router)
api.add_router("/consultations", consultations.router)
api.add_router("/public", public.router)
for module in (persons, observations, protection, places, sizes, roster):
    api.add_router("", module.router)
answer_problems(api)

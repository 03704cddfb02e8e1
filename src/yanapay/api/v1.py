"""``/api/v1``: the routers of the domains, one answer to errors, and a page that lists what there is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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


class Operations(DocsBase):
    """The operations as a plain page: no script, nothing from another host."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        operations = [
            {"method": method.upper(), "path": path, **operation}
            for path, methods in schema["paths"].items()
            for method, operation in methods.items()
        ]
        context = {"operations": operations, "schema_url": self.get_openapi_url(api, kwargs)}
        return render(request, "api/operations.html", context)


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

"""``/api/v1``: the routers of the domains, one answer to errors, and a page that lists what there is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from yanapay import __version__
from yanapay.api import places, sizes
from yanapay.api.directory import imports, observations, organisations, persons, terms
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
    description="Organisations, people, figures, places, sizes and imports of a Yanapay installation.",
    docs=Operations(),
    docs_url="/",
)
api.add_router("/organisations", organisations.router)
api.add_router("/imports", imports.router)
api.add_router("/vocabularies", terms.router)
for module in (persons, observations, places, sizes):
    api.add_router("", module.router)
answer_problems(api)

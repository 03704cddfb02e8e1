"""Tables for the office: what there is, one table with its groupings, its files."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from yanapay.analytics.exchange.network_page import NetworkPage, network_page
from yanapay.analytics.exchange.table_page import as_html, table_page
from yanapay.analytics.exchange.tables import as_file
from yanapay.analytics.queries.figures import compared_figures
from yanapay.analytics.queries.forms import NOT_CODED_YET, tables_of
from yanapay.analytics.queries.groupings import NONE
from yanapay.analytics.queries.networks import network_graph
from yanapay.analytics.queries.questions import Kind, instruments, personal
from yanapay.analytics.queries.tables import KEPT, SUFFIX, table
from yanapay.analytics.rules.mapping_source import OTHER_FINDINGS
from yanapay.analytics.rules.tables import Table
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.models import Instrument
from yanapay.web.acting import say
from yanapay.web.http import Request
from yanapay.web.tables.choosing import Choice, Grouped, GroupForm, choices, read
from yanapay.web.tables.links import link_of

TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def index(request: Request) -> HttpResponse:
    """All tables, with what each teaches."""
    request.scope.require("directory.view")
    here = [kept for kept in KEPT.values() if not kept.name.endswith(SUFFIX)]
    forms = _forms(request) if request.scope.may("surveys.view") else []
    context = {
        "here": [(kept.name, say(kept.title), say(kept.definition)) for kept in here],
        "printed": [(k.name, say(k.title)) for k in KEPT.values() if k.name.endswith(SUFFIX)],
        "forms": forms,
    }  # fmt: skip
    return render(request, "tables/index.html", context)


def form(request: Request, form_id: str) -> HttpResponse:
    """The questions of a form of which there is a table."""
    request.scope.require("surveys.view")
    found = get_object_or_404(_forms(request), form_id=form_id)
    tables = tables_of(found)
    words = [one for one in tables if one[1].kind == Kind.WORDS and not one[2]]
    context = {
        "form": found, "counted": [one for one in tables if one not in words], "words": words,
        "personal": len(personal(found)),
    }  # fmt: skip
    return render(request, "tables/form.html", context)


def show(request: Request, name: str) -> HttpResponse:
    """One table, grouped as asked; a grouping that does not fit says why."""
    _require(request, name)
    refused, options = "", _options(request, name)
    try:
        found = _table(request, name)
    except RuleBroken as error:
        refused, found = say(error.message), None
    chosen = request.GET.get("by") or _chosen(found)
    context = {
        "name": name, "refused": refused, "form": GroupForm(chosen, options) if options else None,
        "page": table_page(found, say, link_of(found)) if found else None, "by": chosen,
        "kinds": list(TYPES), "is_form": name not in KEPT, "form_id": name.partition(".")[0],
        "network": _network(request) if found and name == "networks" else None,
        "coding_url": _coding(name) if found and NOT_CODED_YET in found.notes else "",
    }  # fmt: skip
    return render(request, "tables/table.html", context, status=422 if refused else 200)


def download(request: Request, name: str, kind: str) -> HttpResponse:
    """The same table as a file."""
    _require(request, name)
    if kind not in TYPES:
        raise Http404
    try:
        found = _table(request, name)
    except RuleBroken as error:
        raise Http404(say(error.message)) from error
    made = (
        as_html(table_page(found, say), get_language() or "es") if kind == "html"
        else as_file(found, kind, gettext)
    )  # fmt: skip
    response = HttpResponse(made, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def figures(request: Request) -> HttpResponse:
    """The loose figures of the source beside what the records give, and where the source contradicts itself."""
    request.scope.require("directory.view")
    found = compared_figures(request.scope)
    reasons = dict.fromkeys(figure.why for figure in found if figure.why)
    context = {
        "computed": [figure for figure in found if not figure.why],
        "printed": [(why, [one for one in found if one.why == why]) for why in reasons],
        "findings": map(say, OTHER_FINDINGS),
    }
    return render(request, "tables/figures.html", context)


def _require(request: Request, name: str) -> None:
    """Tables of records are for readers of the directory, those of answers for readers of answers."""
    is_of_records = name in KEPT and name != "support"
    request.scope.require("directory.view" if is_of_records else "surveys.view")


def _table(request: Request, name: str) -> Table:
    group_by, scheme = read(request.GET.get("by", ""))
    return table(name, group_by, scheme, scope=request.scope)


def _options(request: Request, name: str) -> list[Choice | Grouped]:
    try:
        return choices(name, request.scope)
    except RuleBroken:
        return []


def _coding(name: str) -> str:
    """Where the words of an open question get their codes."""
    form_id, _, question = name.rpartition(".")
    return f"{reverse('surveys:coding')}?{urlencode({'form': form_id, 'question': question})}"


def _chosen(found: Table | None) -> str:
    if found is None:
        return NONE
    return f"{found.group_by}:{found.scheme}" if found.scheme else found.group_by


def _network(request: Request) -> NetworkPage:
    found = network_graph(request.scope)
    return network_page(found, lambda key: reverse("directory:record", args=[key]))


def _forms(request: Request) -> "QuerySet[Instrument]":
    return instruments(request.scope).exclude(current=None)

"""The report ``cat``: page and downloads."""

import json
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import Min
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext

from yanapay.analytics.exchange import cat as machine
from yanapay.analytics.exchange.cat_page import Page, as_html, cat_page
from yanapay.analytics.exchange.cat_pdf import as_pdf
from yanapay.analytics.queries.cat import Asked, CatReport, cat_report
from yanapay.assistance.models import Case
from yanapay.centres.models import Centre
from yanapay.centres.queries import institutions_of
from yanapay.tabular.writing import write_table
from yanapay.web.acting import say
from yanapay.web.http import Request
from yanapay.web.reports.forms import PeriodForm

PRINTED_UNTIL = date(2004, 12, 31)  # the centre that follows the print, in the years of the print
TYPES = {
    "pdf": "application/pdf",
    "json": "application/json", "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def cat(request: Request) -> HttpResponse:
    """The tables of the source for the reader's centres and any period."""
    form = _form(request)
    page = _page(request, form) if form.is_valid() else None
    context = {"form": form, "page": page, "query": request.GET.urlencode(), "kinds": list(TYPES)}
    return render(request, "reports/cat.html", context, status=200 if page else 422)


def download(request: Request, kind: str) -> HttpResponse:
    """The same with the same filters, for machines and for paper."""
    form = _form(request)
    if kind not in TYPES or not form.is_valid():
        raise Http404
    page = _page(request, form)
    made = _written(page, kind)
    response = HttpResponse(made, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="cat.{kind}"'
    return response


def _form(request: Request) -> PeriodForm:
    request.scope.require("reports.view")
    centres = request.scope.centres_with("reports.view")
    cases = Case.objects.all() if centres is None else Case.objects.filter(centre__in=centres)
    return PeriodForm(
        request.GET, scope=request.scope, first=cases.aggregate(first=Min("opened_on"))["first"]
    )


def _page(request: Request, form: PeriodForm) -> Page:
    chosen: Centre | None = form.cleaned_data.get("centre")
    allowed = request.scope.centres_with("reports.view")
    asked = Asked(
        [chosen.pk] if chosen else allowed, form.cleaned_data["start"], form.cleaned_data["end"]
    )
    found: CatReport = cat_report(asked)
    centres = (
        Centre.objects.all()
        if asked.centres is None
        else Centre.objects.filter(pk__in=asked.centres)
    )
    compared = asked.end <= PRINTED_UNTIL and [c.is_fictitious for c in centres] == [True]
    return cat_page(found, say, [centre.name for centre in centres], compared=compared)


def _written(page: Page, kind: str) -> bytes:
    if kind == "pdf":
        names = page.report.asked.centres
        centres = Centre.objects.all() if names is None else Centre.objects.filter(pk__in=names)
        return as_pdf(page, institutions_of(centres), timezone.localdate(), get_language() or "es")
    if kind == "html":
        return as_html(page, get_language() or "es")
    if kind == "json":
        told: dict[str, Any] = machine.as_json(page.report, say, compared=page.compared)
        return json.dumps({"centres": page.centres, **told}, ensure_ascii=False, indent=1).encode()
    stream = BytesIO()
    write_table(
        "xlsx",
        stream,
        [gettext(title) for title in machine.HEADERS],
        machine.rows(page.report, say),
    )
    return stream.getvalue()

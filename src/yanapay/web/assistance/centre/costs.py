"""What cases and services cost, and how far a centre pays for itself."""

import tempfile
from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from yanapay.assistance.access import can_see_costs
from yanapay.assistance.choices import Line, Subsector
from yanapay.assistance.queries import costing
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.costing import costed_centre, costed_centres
from yanapay.assistance.rules.costing import PARTS, Cost, Month, Ratio, together
from yanapay.centres.models import Centre
from yanapay.kernel.errors import NotAllowed, NotFound
from yanapay.kernel.money import minor_digits
from yanapay.tabular.writing import write_table
from yanapay.web.assistance.centre.bars import bars
from yanapay.web.http import Request


def choose(request: Request) -> HttpResponse:
    """To the accounts of the user's centre; with several, the one with the first name, others by its menu."""
    first = costed_centres(request.scope).order_by("name").first()
    if first is None:
        raise NotFound("There is no centre whose costs you may see.")
    return redirect("assistance:costing_centre", first.pk)


def centre(request: Request, pk: int) -> HttpResponse:
    """Own income, subsidies and cost, month by month, with the ratio and what it is made of."""
    found = costed_centre(request.scope, pk)
    year = _year(request)
    months = _months(found, year)
    total = together(months)
    context = {
        "centre": found, "year": year, "this_year": timezone.localdate().year,
        "months": months, "bars": bars(months), "total": total,
        "subsidies": sum(month.subsidies for month in months), "rate": _rate(found),
        "centres": costed_centres(request.scope).order_by("name"), "is_empty": not _has_figures(months),
    }  # fmt: skip
    return render(request, "assistance/centre/sustainability.html", context)


def export(request: Request, pk: int) -> HttpResponseBase:
    """The months of a year as a spreadsheet, amounts in whole units of the currency."""
    found, year = costed_centre(request.scope, pk), _year(request)
    headers = [
        _("month"),
        _("own income"),
        _("subsidies"),
        _("total cost"),
        _("own income / total cost"),
        _("currency"),
    ]
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    write_table("xlsx", stream, headers, (_row(found, month) for month in _months(found, year)))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{found.code}-{year}.xlsx")


def services(request: Request, pk: int) -> HttpResponse:
    """What each kind of service costs on average, of how many cases."""
    found, today = costed_centre(request.scope, pk), timezone.localdate()
    start = _day(request, "from") or today.replace(month=1, day=1)
    end = _day(request, "until") or today
    rows = [
        (Line(one.line).label, Subsector(one.subsector).label, one)
        for one in (costing.cost_structure(found, start, end) if start <= end else [])
    ]
    context = {"centre": found, "start": start, "end": end, "rows": rows, "rate": _rate(found)}
    return render(request, "assistance/centre/services.html", context)


def case(request: Request, pk: int) -> HttpResponse:
    """What one case cost, part by part, beside what its plan said."""
    found = open_case(request.scope, pk)
    if not can_see_costs(request.scope, found.centre_id):
        raise NotAllowed("Only whoever keeps the accounts of the centre sees what a case cost.")
    cost = costing.cost_of(found)
    context = {
        "case": found, "centre": found.centre, "found": cost, "parts": _parts(cost.cost),
        "hours": cost.minutes / 60, "rate": _rate(found.centre),
        "difference": None if cost.planned is None else cost.cost.total - cost.planned,
        "entries": found.entries.filter(voided_on=None).order_by("on"),
    }  # fmt: skip
    return render(request, "assistance/centre/case_cost.html", context)


def _parts(cost: Cost) -> list[tuple[str, int]]:
    words = {
        "staff": _("Hours of staff"), "travel": _("Travel"),
        "specialists": _("Specialists, deliverables accepted"),
        "entries": _("Other costs noted for the case"), "overhead": _("Overhead"),
    }  # fmt: skip
    return [(words[part], getattr(cost, part)) for part in PARTS]


def _months(centre: Centre, year: int) -> list[Month]:
    """The months of a year, of this one those that have begun."""
    today = timezone.localdate()
    last = date(year, 12, 31)
    return costing.months(centre, date(year, 1, 1), max(min(last, today), date(year, 1, 1)))


def _has_figures(months: list[Month]) -> bool:
    return any(month.own_income or month.subsidies or month.cost for month in months)


def _row(centre: Centre, month: Month) -> list[Any]:
    unit = 10 ** minor_digits(centre.currency)
    ratio: Ratio = month.ratio
    amounts = [month.own_income / unit, month.subsidies / unit, month.cost / unit]
    share = "" if ratio.value is None else round(ratio.value, 4)
    return [f"{month.first:%Y-%m}", *amounts, share, centre.currency]


def _rate(centre: Centre) -> Any:
    return next(iter(costing.rates_of(centre)), None)


def _year(request: Request) -> int:
    """The year of the address, if it is one; else this year."""
    text, this = request.GET.get("year", ""), timezone.localdate().year
    typed = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this
    return typed if 1990 <= typed <= this else this


def _day(request: Request, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None

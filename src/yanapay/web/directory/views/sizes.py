"""Size classes: the population under two schemes, one scheme, and a calculator."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.directory.models import Organisation
from yanapay.directory.queries.figures import (
    cross_population,
    organisations_in,
    organisations_in_both,
    population,
)
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.sizes import Label, Scheme, classify_all, label_name, schemes, tax_units
from yanapay.kernel.sizes.words import size_name
from yanapay.web.acting import say
from yanapay.web.directory.forms.sizes import CalculatorForm, CrossForm, scheme_name
from yanapay.web.directory.story import sized
from yanapay.web.http import Request

SHOWN = 500


@dataclass(frozen=True)
class Cell:
    count: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]
    total: Cell


def index(request: Request) -> HttpResponse:
    """The population of the scope under two schemes: every number opens its records."""
    request.scope.require("directory.view")
    form = CrossForm({"a": "ley_28015_pe", "b": "oit_t3_pe", **request.GET.dict()})
    form.is_valid()
    a, b = (_scheme(form.cleaned_data.get(name, "")) for name in ("a", "b"))
    on = form.cleaned_data.get("on")
    counted = cross_population(request.scope, a, b, on)
    context = {
        "form": form, "a": a, "b": b, "a_name": scheme_name(a.id), "b_name": scheme_name(b.id),
        "columns": [say(label_name(label)) for label in _labels(counted, 1)],
        "lines": _lines(counted, a, b, on), "feet": _feet(counted, b, on),
        "total": sum(counted.values()),
        "schemes": [(scheme, scheme_name(scheme.id)) for scheme in schemes().values()],
    }  # fmt: skip
    return render(request, "directory/sizes.html", context)


def scheme(request: Request, scheme: str) -> HttpResponse:
    """One definition: its classes as printed, its gaps, and how the population falls into it."""
    request.scope.require("directory.view")
    found = _scheme(scheme)
    counted = population(request.scope, found)
    total = sum(counted.values())
    bars = [
        {"label": say(label_name(label)), "count": n, "share": n / total, "percent": round(100 * n / total),
         "url": _records(a=found, a_label=label)}
        for label, n in sorted(counted.items(), key=lambda pair: _order(pair[0]))
    ]  # fmt: skip
    classes = [(say(size_name(size.name)), size) for size in found.classes]
    context = {
        "scheme": found, "name": scheme_name(found.id), "bars": bars, "classes": classes, "total": total,
    }  # fmt: skip
    return render(request, "directory/size_scheme.html", context)


def records(request: Request) -> HttpResponse:
    """The organisations behind a number of a size table."""
    request.scope.require("directory.view")
    on = date.fromisoformat(request.GET["on"]) if request.GET.get("on") else None
    chosen = [
        (_scheme(request.GET[name]), _read_label(request.GET.get(f"{name}_size", "")))
        for name in ("a", "b") if name in request.GET
    ]  # fmt: skip
    if len(chosen) == 2:
        found = organisations_in_both(request.scope, chosen[0], chosen[1], on)
    elif chosen:
        found = organisations_in(request.scope, *chosen[0], on)
    else:
        raise Http404
    rows = Organisation.objects.filter(pk__in=found[:SHOWN]).by_name()
    context = {
        "rows": rows.select_related("area"), "total": len(found), "shown": SHOWN,
        "criteria": [(scheme_name(s.id), say(label_name(label))) for s, label in chosen],
    }  # fmt: skip
    return render(request, "directory/size_records.html", context)


def calculator(request: Request) -> HttpResponse:
    """One enterprise under all schemes, with the reasons; nothing is stored."""
    form = CalculatorForm(request.GET or None, initial={"on": timezone.localdate()})
    results = []
    if form.is_valid():
        try:
            results = [sized(found) for found in classify_all(form.figures)]
        except RuleBroken as error:
            form.add_error(None, say(error.message))
    years = tax_units().minor_by_year
    context = {"form": form, "sizes": results, "first": min(years), "last": max(years)}
    return render(request, "directory/calculator.html", context)


def _scheme(name: str) -> Scheme:
    try:
        return schemes()[name]
    except KeyError:
        raise Http404(_("There is no such size scheme.")) from None


def _labels(counted: Counter[tuple[Label, Label]], side: int) -> list[Label]:
    return sorted({pair[side] for pair in counted}, key=_order)


def _order(label: Label) -> tuple[int, str]:
    sizes = ["micro", "small", "medium", "large"]
    ranks = {"class": 0, "several": 1, "none": 2, "undetermined": 3}
    first = label.classes[0] if label.classes else ""
    return ranks[label.outcome] * 10 + (sizes.index(first) if first in sizes else 9), first


def _lines(
    counted: Counter[tuple[Label, Label]], a: Scheme, b: Scheme, on: date | None
) -> list[Line]:
    columns = _labels(counted, 1)

    def cell(row: Label, column: Label) -> Cell:
        count = counted[row, column]
        return Cell(count, _records(a, row, b, column, on) if count else "")

    return [
        Line(
            say(label_name(row)),
            [cell(row, column) for column in columns],
            Cell(sum(counted[row, column] for column in columns), _records(a, row, on=on)),
        )
        for row in _labels(counted, 0)
    ]


def _feet(counted: Counter[tuple[Label, Label]], b: Scheme, on: date | None) -> list[Cell]:
    rows = _labels(counted, 0)
    return [
        Cell(sum(counted[row, column] for row in rows), _records(b, column, on=on))
        for column in _labels(counted, 1)
    ]


def _records(
    a: Scheme,
    a_label: Label,
    b: Scheme | None = None,
    b_label: Label | None = None,
    on: date | None = None,
) -> str:
    query = {"a": a.id, "a_size": _write_label(a_label)}
    if b and b_label:
        query |= {"b": b.id, "b_size": _write_label(b_label)}
    if on:
        query["on"] = on.isoformat()
    return f"{reverse('directory:size_records')}?{urlencode(query)}"


def _write_label(label: Label) -> str:
    return ".".join([label.outcome, *label.classes])


def _read_label(text: str) -> Label:
    outcome, *classes = text.split(".")
    if outcome not in {"class", "several", "none", "undetermined"}:
        raise Http404
    return Label(outcome, tuple(classes))  # type: ignore[arg-type]

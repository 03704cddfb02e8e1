"""Cases as a list, and the same list as a spreadsheet."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from yanapay.accounts.models import User
from yanapay.assistance.choices import Line, Stage, State, Subsector
from yanapay.assistance.queries.listing import (
    COUNTED,
    SORTS,
    STANDING,
    Filters,
    exportable,
    page,
)
from yanapay.centres.models import Centre, Membership
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotAllowed
from yanapay.tabular.writing import write_table
from yanapay.web.http import Request

KINDS = ("csv", "xlsx")
ANY = ("", gettext_lazy("All"))
HEADERS = (
    "number", "centre", "enterprise", "title", "line", "topic", "subsector", "stage", "state",
    "stage_since", "opened_on", "ended_on", "closed_on", "responsible", "area", "is_fictitious",
)  # fmt: skip


class FilterForm(forms.Form):
    """The filters of the list; none is needed."""

    q = forms.CharField(
        label=gettext_lazy("Number, title or enterprise"), required=False, max_length=100
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[ANY, (STANDING, gettext_lazy("Under way")), *State.choices],
    )  # fmt: skip
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), required=False, choices=[ANY, *Stage.choices]
    )
    subsector = forms.ChoiceField(
        label=gettext_lazy("Subsector"), required=False, choices=[ANY, *Subsector.choices]
    )
    line = forms.ChoiceField(
        label=gettext_lazy("Line"), required=False, choices=[ANY, *Line.choices]
    )
    year = forms.IntegerField(
        label=gettext_lazy("Opened in"), required=False, min_value=1900, max_value=2200
    )
    idle = forms.BooleanField(label=gettext_lazy("Standing still for 14 days"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = forms.ModelChoiceField(
            colleagues(scope), label=_("Responsible"), required=False, empty_label=_("Everybody")
        )
        centres = scope.centres_with("assistance.view")
        if centres is None or len(centres) > 1:
            found = (
                Centre.objects.all() if centres is None else Centre.objects.filter(pk__in=centres)
            )
            self.fields["centre"] = forms.ModelChoiceField(
                found, label=_("Centre"), required=False, empty_label=_("All")
            )


def show(request: Request) -> HttpResponse:
    """The list, cut by the filters in the address."""
    require_cases(request.scope)
    filters, sort = Filters.read(request.GET), request.GET.get("sort", "newest")
    sort = sort if sort in SORTS else "newest"
    today = timezone.localdate()
    found = page(request.scope, filters, today, sort=sort, after=request.GET.get("after", ""))
    order = {"sort": sort} if sort != "newest" else {}
    context = {
        "page": found, "filters": filters, "sort": sort, "today": today, "counted": COUNTED,
        "form": FilterForm(request.GET, scope=request.scope),
        "query": filters.query(), "is_first": not request.GET.get("after"),
        "first_url": _address(filters, **order),
        "next_url": _address(filters, after=found.after, **order) if found.after else "",
        "newest_url": _address(filters), "longest_url": _address(filters, sort="longest"),
        "may_edit": request.scope.may("assistance.edit"),
        "may_export": request.scope.may("directory.export") and request.scope.may("assistance.view"),
    }  # fmt: skip
    return render(request, "assistance/cases/list.html", context)


def export(request: Request, kind: str) -> HttpResponseBase:
    """The list with the filters of the address, as a spreadsheet."""
    request.scope.require("assistance.view")
    request.scope.require("directory.export")
    if kind not in KINDS:
        raise Http404
    found = exportable(request.scope, Filters.read(request.GET), timezone.localdate())
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    write_table(kind, stream, HEADERS, _rows(found))
    stream.seek(0)
    name = f"casos-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(stream, as_attachment=True, filename=name)


def require_cases(scope: Scope) -> None:
    """Staff, or a specialist, who then finds the cases they were asked to help with."""
    if not (scope.may("assistance.view") or scope.may("assistance.serve")):
        raise NotAllowed("You may not do this here. Ask the administrator of your centre.")


def colleagues(scope: Scope) -> Any:
    """Who works in the centres whose cases the user sees."""
    members = Membership.objects.filter(until=None)
    centres = scope.centres_with("assistance.view")
    if centres is not None:
        members = members.filter(centre__in=centres)
    users = User.objects.filter(is_entrepreneur=False, pk__in=members.values("user"))
    return users.order_by("full_name", "username")


def _rows(found: Any) -> Iterator[list[Any]]:
    told = found.select_related("organisation__area", "responsible", "centre")
    for case in told.iterator(2000):
        area = case.organisation.area
        yield [
            case.number, case.centre.code, case.organisation.name, case.title, case.line, case.topic,
            case.subsector, case.stage, case.state, _day(case.stage_since), _day(case.opened_on),
            _day(case.ended_on), _day(case.closed_on), str(case.responsible),
            area.full_name if area else "", int(case.is_fictitious),
        ]  # fmt: skip


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _address(filters: Filters, **more: str) -> str:
    query = filters.query(**more)
    return f"{reverse('assistance:cases')}?{query}" if query else reverse("assistance:cases")

"""The roster as a list, and as a spreadsheet."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.queries.team import loads
from yanapay.kernel.money import Money
from yanapay.roster.models import Specialist
from yanapay.roster.queries.accreditation import standings_by
from yanapay.roster.queries.specialists import RosterFilters, away, roster
from yanapay.roster.rules.accreditation import Standing, lacks
from yanapay.tabular.writing import write_table
from yanapay.web.http import Request
from yanapay.web.roster.facets import address, chips, panels

KINDS = ("csv", "xlsx")


def show(request: Request) -> HttpResponse:
    """Who can help, with what their papers lack, their load and when they are away."""
    request.scope.require("roster.view")
    filters, today = RosterFilters.read(request.GET), timezone.localdate()
    listed = roster(request.scope, filters, today)
    papers, absent, load = standings_by(listed, today), away(today), loads(listed)
    lacking = {key: lacks(found) for key, found in papers.items()}
    good = {key for key, missing in lacking.items() if not missing}
    rows = [
        {"specialist": one, "lacks": lacking[one.pk], "away": absent.get(one.pk),
         "load": load.get(one.pk, 0), "topics": _topics(one)}
        for one in listed
    ]  # fmt: skip
    context = {
        "rows": rows,
        "filters": filters,
        "panels": panels(listed, filters, good, absent),
        "chips": chips(filters),
        "short": len(listed) - len(good),
        "other_url": address(filters.but(inactive="" if filters.inactive else "1")),
        "short_url": address(filters.but(accredited="no")),
        "query": request.GET.urlencode(),
        "may_edit": request.scope.may("roster.edit"),
        "may_export": request.scope.may("directory.export"),
    }
    return render(request, "roster/list.html", context)


def export(request: Request, kind: str) -> HttpResponseBase:
    """The list with the filters of the address. Private contact is not in it."""
    request.scope.require("roster.view")
    request.scope.require("directory.export")
    if kind not in KINDS:
        raise Http404
    today = timezone.localdate()
    listed = roster(request.scope, RosterFilters.read(request.GET), today)
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    write_table(kind, stream, _headers(), _rows(listed))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"padron-{today}.{kind}")


def _topics(one: Specialist) -> list[str]:
    return list(dict.fromkeys(row.get_topic_display() for row in one.specialities.all()))


def _headers() -> list[str]:
    return [
        _("Number"), _("Centre"), _("Kind"), _("Name"), _("Profession"), _("Languages"), _("Topics"),
        _("Activities (CIIU)"), _("Technologies"), _("Goes to"), _("Accredited"), _("What is missing"),
        _("Cases now"), _("Cases at once"), _("Mean rating"), _("Rate per day"), _("Active"),
    ]  # fmt: skip


def _rows(listed: list[Specialist]) -> Iterator[list[Any]]:
    papers, load = standings_by(listed, timezone.localdate()), loads(listed)
    for one in listed:
        yield _row(one, lacks(papers[one.pk]), load.get(one.pk, 0))


def _row(one: Specialist, missing: list[Standing], load: int) -> list[Any]:
    known = list(one.specialities.all())
    rate = Money(one.day_rate, one.currency) if one.day_rate is not None else ""
    rating: float | None = getattr(one, "rating", None)
    return [
        one.pk, one.centre.name, one.get_kind_display(), str(one), one.profession,
        ", ".join(one.languages), "; ".join(_topics(one)),
        "; ".join(row.activity.code for row in known if row.activity),
        "; ".join(str(row.technology) for row in known if row.technology),
        "; ".join(row.area.name for row in one.areas.all()),
        _("no") if missing else _("yes"), "; ".join(found.demand.label for found in missing),
        load, one.most_cases, round(rating, 1) if rating else "", str(rate),
        _("yes") if one.is_active else _("no"),
    ]  # fmt: skip

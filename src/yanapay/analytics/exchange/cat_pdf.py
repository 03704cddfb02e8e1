"""The report ``cat`` on paper."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from yanapay.analytics.exchange.cat_page import Page, Row, Section
from yanapay.kernel.money import grouped
from yanapay.quality.rules.typesetting import typeset


def as_pdf(page: Page, institution: str, today: date, language: str) -> bytes:
    """The report with the look of all documents; ``today`` is the day of printing."""
    return typeset("analytics/cat", {"head": _head(page, institution, today, language),
                                     "content": _content(page)}).pdf  # fmt: skip


def _head(page: Page, institution: str, today: date, language: str) -> dict[str, Any]:
    asked = page.report.asked
    period = f"{_day(asked.start)} – {_day(asked.end)}"  # noqa: RUF001  a range takes an en dash
    return {
        "title": _("Technical assistance: services and users"), "institution": institution,
        "centre": ", ".join(page.centres), "format_title": _("Technical assistance: services and users"),
        "facts": [(_("Period"), period), (pgettext("of a document", "Date"), _day(today))],
        "language": language, "page": _("Page"), "of": pgettext("page n of m", "of"),
        "mark": _("Fictitious centre: example data") if page.compared else "", "watermark": "", "note": "",
    }  # fmt: skip


def _content(page: Page) -> dict[str, Any]:
    return {
        "totals": [
            {"value": grouped(total.value), "label": total.label, "told": f"{total.definition} {total.note}"}
            for total in page.totals
        ],
        "zones_title": _("Services by zone"), "zones": _zones(page),
        "tables": [_section(found) for found in page.tables],
        "users_title": _("Who the users are"),
        "users_lead": _("From the enterprises visited in the impact evaluation. Each figure has its own base: "
                        "who did not answer is shown as missing and not counted."),
        "figures": [_section(found) for found in page.figures],
    }  # fmt: skip


def _zones(page: Page) -> dict[str, Any]:
    titles = (_("Zone"), _("Services"), _("Enterprises"), _("Prospective enterprises"))
    rows = [
        [zone.name, *map(grouped, (zone.services, zone.enterprises, zone.prospective))]
        for zone in page.report.zones
    ]
    rows += [[name, _("no records"), "", ""] for name in page.no_records]
    return {
        "columns": [{"label": title, "align": "right" if at else "left", "width": 0 if at else 1}
                    for at, title in enumerate(titles)],
        "rows": rows, "total": [], "empty": _("No service in this period."),
    }  # fmt: skip


def _section(found: Section) -> dict[str, Any]:
    told = {"base": found.base, "unit": found.unit, "missing": found.missing}
    return {
        "title": found.title, "note": found.note, "empty": _("no records"),
        "base": _("n = %(base)s %(unit)s; missing: %(missing)s") % told,
        "rows": [{"label": row.label, "percent": row.percent, "told": _told(row)} for row in found.rows],
    }  # fmt: skip


def _told(row: Row) -> str:
    share = "–" if row.percent is None else f"{row.percent:.1f} %"  # noqa: RUF001
    printed = (
        ""
        if row.printed is None
        else _("printed: %(printed)s %%") % {"printed": f"{row.printed:g}"}
    )
    return f"{share} ({grouped(row.n)})" + (f" · {printed}" if printed else "")


def _day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")

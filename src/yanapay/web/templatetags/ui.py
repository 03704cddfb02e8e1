"""How values and icons look on a page. Formats follow the reader's language (``web/formats``)."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.contrib.humanize.templatetags.humanize import naturalday, naturaltime
from django.core.paginator import Paginator
from django.core.signals import setting_changed
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yanapay.base import showing

register = template.Library()
number = register.filter(showing.number)
percent = register.filter(showing.percent)
money = register.filter(showing.money)

SILENT = SafeString('aria-hidden="true"')
DAYS_TOLD_RELATIVELY = 7
MESSAGE_ICONS = {
    "success": "circle-check",
    "warning": "alert-triangle",
    "error": "circle-x",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of ``static/icons.svg``; silent for screen readers unless it has a label of its own."""
    role = format_html('role="img" aria-label="{}"', label) if label else SILENT
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>', role, _symbols(), name
    )


@lru_cache
def _symbols() -> str:
    """A page shows some sixty icons: looking their address up takes longer than the rest of one."""
    return static("icons.svg")


setting_changed.connect(lambda **_: _symbols.cache_clear(), weak=False)


@register.filter
def initials(name: object) -> str:
    """At most two capital letters that stand for a person: «Rosa Quispe Huamán» gives RQ."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.filter
def message_icon(level: str) -> str:
    """The icon of a message's level."""
    return MESSAGE_ICONS.get(level, "info-circle")


@register.simple_tag
def ago(moment: date | datetime) -> SafeString:
    """How long ago within a week, else the date; the exact moment as a tooltip and for machines."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    exact = date_format(
        moment, "DATETIME_FORMAT" if isinstance(moment, datetime) else "DATE_FORMAT"
    )
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, _near(moment)
    )


def _near(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return naturalday(moment, "DATE_FORMAT") or ""
    if abs((timezone.now() - moment).days) < DAYS_TOLD_RELATIVELY:
        return str(naturaltime(moment))
    return date_format(moment, "DATE_FORMAT")


@register.filter
def page_numbers(paginator: "Paginator[object]", current: int) -> Iterator[int | None]:
    """Numbers of the pages around the current one; None where some are left out."""
    for entry in paginator.get_elided_page_range(current, on_each_side=1, on_ends=1):
        yield entry if isinstance(entry, int) else None

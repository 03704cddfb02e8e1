"""The entries of the main menu: what a person may open, in the order of their work."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanapay.centres.rules import Scope


@dataclass(frozen=True)
class Entry:
    """One line of the menu. ``icon`` names a symbol of ``static/icons.svg``; ``count`` is work waiting."""

    label: str | Promise
    url: str
    icon: str
    count: int = 0
    active: bool = False
    section: str | Promise = ""


@dataclass(frozen=True)
class Place:
    """A page of the menu: who may open it, and which addresses below belong to it."""

    label: Promise
    name: str
    icon: str
    permission: str
    section: Promise | str = ""


ASSISTANCE, DATA, CENTRE = _("Assistance"), _("Data quality"), _("Centre")
SURVEYS = _("Surveys and mapping")
PLACES = (
    Place(_("My work today"), "home:index", "home", "directory.view"),
    Place(_("Directory"), "directory:list", "buildings", "directory.view"),
    Place(_("Size classes"), "directory:sizes", "chart-bar", "directory.view"),
    Place(_("My assistance"), "own:cases", "heart-handshake", "own.view"),
    Place(_("What is stored about me"), "own:index", "user-circle", "own.view"),
    Place(_("My forms"), "surveys:fill", "pencil", "surveys.submit", SURVEYS),
    Place(_("Answers"), "surveys:answers", "inbox", "surveys.submit", SURVEYS),
    Place(_("Devices"), "surveys:devices", "phone", "surveys.manage", SURVEYS),
    Place(_("Forms"), "surveys:forms", "notes", "surveys.view", SURVEYS),
    Place(_("My interviews"), "mapping:mine", "route", "surveys.submit", SURVEYS),
    Place(_("Interviews"), "mapping:interviews", "clipboard-list", "surveys.view", SURVEYS),
    Place(_("Proposed changes"), "mapping:proposals", "list-check", "surveys.review", SURVEYS),
    Place(_("Public entries"), "mapping:entries", "world", "surveys.review", SURVEYS),
    Place(_("Tables"), "tables:index", "chart-bar", "directory.view", SURVEYS),
    Place(_("Cases"), "assistance:cases", "briefcase", "assistance.view", ASSISTANCE),
    Place(_("Board"), "assistance:board", "clipboard-list", "assistance.view", ASSISTANCE),
    Place(_("Agenda"), "assistance:agenda", "calendar", "assistance.view", ASSISTANCE),
    Place(
        _("Consultations"),
        "assistance:consultations",
        "message-circle",
        "assistance.view",
        ASSISTANCE,
    ),
    Place(_("Branches"), "assistance:branches", "tag", "assistance.view", ASSISTANCE),
    Place(
        _("Evaluations due"), "assistance:evaluations_due", "target", "assistance.view", ASSISTANCE
    ),
    Place(_("Specialists"), "roster:list", "heart-handshake", "roster.view", ASSISTANCE),
    Place(
        _("My assignments"), "assistance:assignments", "briefcase", "assistance.serve", ASSISTANCE
    ),
    Place(_("Delivered to my enterprise"), "assistance:deliverables", "inbox", "own.view"),
    Place(_("Report of services"), "reports:cat", "report-analytics", "reports.view", ASSISTANCE),
    Place(_("Quality record"), "quality:archive", "shield-check", "assistance.view", ASSISTANCE),
    Place(_("Documents of my enterprise"), "assistance:own_documents", "file-text", "own.view"),
    Place(_("Imports"), "imports:list", "file-import", "directory.import", DATA),
    Place(
        _("Proposals of imports"), "imports:conflicts", "clipboard-list", "directory.import", DATA
    ),
    Place(_("Duplicates"), "linkage:queue", "copy", "directory.merge", DATA),
    Place(_("Sharing"), "directory:sharing", "share", "directory.view", DATA),
    Place(_("Personal-data requests"), "own:requests", "shield-check", "data.erase", DATA),
    Place(_("Users"), "accounts:users", "users", "users.manage", CENTRE),
    Place(_("Centres"), "centres:centres", "building", "centres.manage", CENTRE),
    Place(_("Roles"), "accounts:roles", "key", "users.manage", CENTRE),
    Place(_("Accounts"), "assistance:costing", "coin", "costing.view", CENTRE),
    Place(
        _("Transfers of service"),
        "assistance:service_transfers",
        "building",
        "assistance.assign",
        CENTRE,
    ),
    Place(_("Audit trail"), "audit:events", "history", "audit.view", CENTRE),
)


def navigation(request: HttpRequest) -> list[Entry]:
    """The menu of the signed-in person, the open page marked; nothing before sign-in."""
    scope: Scope | None = getattr(request, "scope", None)
    if scope is None or not request.user.is_authenticated:
        return []
    places = [(place, reverse(place.name)) for place in PLACES if scope.may(place.permission)]
    here = max((url for _, url in places if request.path.startswith(url)), key=len, default="")
    return [
        Entry(place.label, url, place.icon, active=url == here and _is_here(url, request.path),
              section=place.section)
        for place, url in places
    ]  # fmt: skip


def _is_here(url: str, path: str) -> bool:
    """Every address begins with that of the first page, which is therefore open only when it is exactly it."""
    return path == url if url == "/" else True

"""What every page's frame needs: the menu, the mode of the installation, the version."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yanapay import __version__
from yanapay.web.navigation import navigation


def shell(request: HttpRequest) -> dict[str, object]:
    """Variables of ``base.html``. The menu is worked out only by a page that shows it, and once."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "may_search": SimpleLazyObject(lambda: _may_search(request)),
        "mode": settings.YANAPAY_MODE,
        "version": __version__,
    }


def _may_search(request: HttpRequest) -> bool:
    """The search looks through the directory: nothing for mappers and entrepreneurs."""
    scope = getattr(request, "scope", None)
    return scope is not None and scope.may("directory.view")

"""What every page's frame needs: the menu, the mode of the installation, the version."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from yanapay import __version__
from yanapay.web.navigation import navigation


def shell(request: HttpRequest) -> dict[str, object]:
    """Variables of ``base.html``. The menu is rendered once for both its places, if the page shows it."""
    return {
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "may_search": SimpleLazyObject(lambda: _may_search(request)),
        "mode": settings.YANAPAY_MODE,
        "version": __version__,
    }


def _menu(request: HttpRequest) -> SafeString:
    return render_to_string("components/navigation.html", {"entries": navigation(request)})


def _may_search(request: HttpRequest) -> bool:
    """The search looks through the directory: nothing for mappers and entrepreneurs."""
    scope = getattr(request, "scope", None)
    return scope is not None and scope.may("directory.view")

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
        "mode": settings.YANAPAY_MODE,
        "version": __version__,
    }

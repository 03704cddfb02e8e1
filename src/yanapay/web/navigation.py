"""The entries of the main menu: what a person may open, in the order of their work."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Entry:
    """One line of the menu. ``icon`` names a symbol of ``static/icons.svg``; ``count`` is work waiting."""

    label: str
    url: str
    icon: str
    count: int = 0
    active: bool = False
    section: str = ""


def navigation(request: HttpRequest) -> list[Entry]:
    """The menu of the signed-in person, the open page marked; nothing before sign-in."""
    return []

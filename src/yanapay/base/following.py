"""What happens in a lower domain and an upper one follows in the same transaction.

A consent is withdrawn in the directory, so the public page of the organisation goes; the directory need not
know that there are public pages. A domain follows in ``AppConfig.ready``; the action that announces is atomic,
so a follower that fails undoes it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Follower = Callable[..., object]

_followers: dict[str, dict[str, Follower]] = defaultdict(dict)


def follow(event: str, name: str, follower: Follower) -> None:
    """Call ``follower(by=…, **values)`` at every announcement; a second one of the same name replaces it."""
    _followers[event][name] = follower


def announce(event: str, *, by: Any, **values: Any) -> None:
    """Tell everybody who follows, in the order in which they came."""
    for follower in list(_followers[event].values()):
        follower(by=by, **values)

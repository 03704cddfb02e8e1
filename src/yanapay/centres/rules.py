"""What a signed-in person may see and do, computed once per request. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yanapay.audit.rules import Actor
from yanapay.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Scope:
    """The permissions of one user: per centre, and those that hold everywhere.

    Every list and page is cut by a scope; actions ask :meth:`may`.
    """

    user_id: int | None
    user_name: str
    grants: Mapping[int, frozenset[str]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()
    centre_names: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def operator(cls, permissions: frozenset[str]) -> "Scope":
        """Whoever holds the command line: every permission in every centre."""
        return cls(None, "operator", everywhere=permissions)

    @property
    def centre_ids(self) -> frozenset[int]:
        """The centres in which the user works."""
        return frozenset(self.grants)

    def may(self, permission: str, centre_id: int | None = None) -> bool:
        """Whether the permission holds in that centre (in any of the user's centres when None)."""
        if permission in self.everywhere:
            return True
        if centre_id is None:
            return any(permission in granted for granted in self.grants.values())
        return permission in self.grants.get(centre_id, frozenset())

    def require(self, permission: str, centre_id: int | None = None) -> None:
        """Raise NotAllowed unless the permission holds."""
        if not self.may(permission, centre_id):
            raise NotAllowed("You may not do this here. Ask the administrator of your centre.")

    def centres_with(self, permission: str) -> frozenset[int] | None:
        """The centres where the permission holds; None means all of them."""
        if permission in self.everywhere:
            return None
        return frozenset(c for c, granted in self.grants.items() if permission in granted)

    def actor(self, centre_id: int | None = None) -> Actor:
        """The signature for an action in a centre; in the user's only centre when none is named."""
        if centre_id is None and len(self.grants) == 1:
            centre_id = next(iter(self.grants))
        name = self.centre_names.get(centre_id, "") if centre_id else ""
        return Actor(self.user_id, self.user_name, centre_id, name)

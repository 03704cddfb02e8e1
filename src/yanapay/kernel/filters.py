"""Filters of a list as they stand in the address of its page. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

LONGEST = 100


@dataclass(frozen=True)
class AddressFilters:
    """A dataclass of texts, "" where nothing is asked; subclasses say which, in the order of the address.

    >>> @dataclass(frozen=True)
    ... class Filters(AddressFilters):
    ...     q: str = ""
    ...     kind: str = ""
    >>> Filters.read({"q": " café ", "page": "2"}).query(kind="red")
    'q=caf%C3%A9&kind=red'
    """

    @classmethod
    def read(cls, parameters: Mapping[str, Any]) -> Self:
        """What an address asks; other parameters are left to others."""
        read = {f.name: str(parameters.get(f.name, "")).replace("\0", "") for f in fields(cls)}
        return cls(**{name: value[:LONGEST].strip() for name, value in read.items()})

    @property
    def given(self) -> dict[str, str]:
        """The filters that cut something."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    def without(self, name: str) -> Self:
        return replace(self, **{name: ""})

    def query(self, **more: str) -> str:
        """The filters as the query of an address, with some set anew (an empty value leaves one out)."""
        return urlencode({k: v for k, v in {**self.given, **more}.items() if v})

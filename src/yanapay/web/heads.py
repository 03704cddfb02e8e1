"""What stands above a filtered table: its tabs, its filters, how many rows fit, where to download them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


@dataclass(frozen=True)
class Tab:
    label: Words
    address: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Download:
    label: Words
    address: str


@dataclass(frozen=True)
class Head:
    """``components/table_head.html`` shows it.

    ``everything`` is the address without filters; ``form`` the filters, or ``text`` what was searched by name
    (None: nothing can be); ``kept`` what both send along; ``note`` says what is missing for a download.
    """

    everything: str
    found: int
    is_filtered: bool = False
    form: BaseForm | None = None
    text: str | None = None
    tabs: Sequence[Tab] = ()
    tabs_label: Words = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    downloads: Sequence[Download] = ()
    note: Words = ""


def tabs_of(
    everything: str, name: str, chosen: str, choices: Iterable[tuple[str, Words]],
    counts: Mapping[str, int] | None = None,
) -> list[Tab]:  # fmt: skip
    """«All», then a tab for each choice; with counts, only those that hold something or are chosen."""
    counted = counts or {}
    shown = (
        (code, word)
        for code, word in choices
        if counts is None or counted.get(code) or code == chosen
    )
    first = Tab(
        _("All"), everything, not chosen, sum(counted.values()) if counts is not None else None
    )
    return [
        first,
        *(Tab(word, f"{everything}?{urlencode({name: code})}", code == chosen, counted.get(code))
          for code, word in shown),
    ]  # fmt: skip


def downloads(addresses: Iterable[tuple[Words, str]], query: str) -> list[Download]:
    """Downloads of the very rows that the list shows."""
    return [
        Download(label, f"{address}?{query}" if query else address) for label, address in addresses
    ]

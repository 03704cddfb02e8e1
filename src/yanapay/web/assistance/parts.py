"""The sections of a case page. Each part of the work describes its own; the page puts them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from yanapay.assistance.models import Case
from yanapay.web.http import Request


@dataclass(frozen=True)
class Part:
    """One section: ``key`` is its anchor and what gates name (``rules.stages.Missing.part``).

    ``stage`` is where its work is done; the section shows from that stage on, whole while the
    case stands there.
    ``context`` gives what its template needs besides ``case``, ``may_edit`` and ``may_note``.
    """

    key: str
    stage: int
    title: Promise
    icon: str
    template: str
    context: Callable[[Request, Case], dict[str, Any]]

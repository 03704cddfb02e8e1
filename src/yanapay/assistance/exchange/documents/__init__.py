"""The documents of assistance: which can be made of a case now, what they show, and issuing them.

Each kind has a module that turns records into plain values, and a template of the same name under
``assistance/typst``. The rest (numbers, archive, look) belongs to :mod:`yanapay.quality`.
"""

from yanapay.assistance.exchange.documents.issuing import draft_of, issue, issue_act, transfer_draft
from yanapay.assistance.exchange.documents.kinds import KINDS, Kind, Printable, find, printables

__all__ = [
    "KINDS",
    "Kind",
    "Printable",
    "draft_of",
    "find",
    "issue",
    "issue_act",
    "printables",
    "transfer_draft",
]

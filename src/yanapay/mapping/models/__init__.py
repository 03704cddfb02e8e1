"""Interviews, proposed changes, and the public entries that approvals write."""

from yanapay.mapping.models.entries import Claim, Confirmation, Entry, EntryCode, EntryVersion
from yanapay.mapping.models.interviews import Interview, InterviewStep
from yanapay.mapping.models.proposals import Proposal

__all__ = [
    "Claim", "Confirmation", "Entry", "EntryCode", "EntryVersion", "Interview", "InterviewStep",
    "Proposal",
]  # fmt: skip

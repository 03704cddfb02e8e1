"""The roster: who can help, with what, where, and what their file still lacks."""

from yanapay.roster.models.credentials import Absence, Credential, Rating, Requirement
from yanapay.roster.models.specialists import CoveredArea, Specialist, Speciality
from yanapay.roster.models.technologies import Technology

__all__ = [
    "Absence",
    "CoveredArea",
    "Credential",
    "Rating",
    "Requirement",
    "Specialist",
    "Speciality",
    "Technology",
]

"""People, organisations and what is known of them."""

from yanapay.directory.models.attributes import (
    CodedAttribute,
    FileRecord,
    Formality,
    Note,
    OrganisationActivity,
    OrganisationArea,
    Term,
)
from yanapay.directory.models.batches import (
    BatchChange,
    Conflict,
    ImportBatch,
    Provenance,
    Reject,
)
from yanapay.directory.models.observations import Observation
from yanapay.directory.models.organisations import Identifier, Organisation, Tally
from yanapay.directory.models.persons import Affiliation, Person, PersonAccount, PersonRoleRecord
from yanapay.directory.models.protection import (
    Consent,
    CorrectionRequest,
    Merge,
    PersonMerge,
    SavedView,
    Share,
    SharingRequest,
)

__all__ = [
    "Affiliation", "BatchChange", "CodedAttribute", "Conflict", "Consent", "CorrectionRequest", "FileRecord",
    "Formality", "Identifier", "ImportBatch", "Merge", "Note", "Observation", "Organisation",
    "OrganisationActivity", "OrganisationArea", "Person", "PersonAccount", "PersonMerge", "PersonRoleRecord",
    "Provenance", "Reject", "SavedView", "Share", "SharingRequest", "Tally", "Term",
]  # fmt: skip

"""The quality record: numbers without gaps, versioned formats, archived documents, non-conformities."""

from yanapay.quality.models.documents import Document, Format, FormatVersion, Series
from yanapay.quality.models.findings import Nonconformity

__all__ = ["Document", "Format", "FormatVersion", "Nonconformity", "Series"]

"""Which fields are personal data. The audit trail, exports, lists and erasure all read this one list."""

ORGANISATION = frozenset({"private_phone", "private_email"})
PERSON = frozenset({
    "name", "sex", "birth_year", "document_country", "document_type", "document_number", "education",
    "languages", "self_identification", "disability", "phone", "email",
})  # fmt: skip


def masked(number: str) -> str:
    """A personal number with only its last three characters showing.

    >>> masked("10456789012")
    '••••••••012'
    """
    return "•" * max(len(number) - 3, 0) + number[-3:]


def is_personal_tax_id(country: str, number: str) -> bool:
    """Peru's RUC starting with 10, 15 or 17 belongs to a natural person and holds the identity number."""
    return country == "PE" and len(number) == 11 and number[:2] in {"10", "15", "17"}

"""Public entries, interviews and proposals, each made by the real action."""

from datetime import date
from typing import Any

from tests.factories.directory import BY, TODAY, make_organisation

from yanapay.directory.actions.consents import give_consent
from yanapay.directory.choices import Channel, ConsentPurpose
from yanapay.directory.models import Consent, Organisation
from yanapay.mapping.actions.entries import list_external, publish_entry
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.current import values_of

SOURCE = "Mapeo de la ESS del Perú (GRESP, 2018)"
SOURCE_DATE = date(2018, 6, 8)


def agree(organisation: Organisation, purpose: str = ConsentPurpose.PUBLIC) -> Consent:
    """The organisation agrees, to be shown in public unless another purpose is named."""
    return give_consent(
        by=BY, about=organisation, purpose=purpose, text_version="2026", given_on=TODAY,
        channel=Channel.PAPER,
    )  # fmt: skip


def make_entry(
    organisation: Organisation | None = None, *, on: date = TODAY, decimals: int = 2, **fields: Any
) -> Entry:
    """A published entry that shows what the directory holds, and ``fields`` over it."""
    organisation = organisation or make_organisation(name=fields.get("name", "Lácteos del Valle"))
    agree(organisation)
    shown = values_of(organisation) | fields
    return publish_entry(by=BY, organisation=organisation, fields=shown, on=on, decimals=decimals)


def make_external(organisation: Organisation | None = None, name: str = "Casa Betania") -> Entry:
    """An entry of which only what a source published is shown."""
    return list_external(
        by=BY, organisation=organisation or make_organisation(name), source=SOURCE,
        source_date=SOURCE_DATE, on=TODAY,
    )  # fmt: skip

"""What was accepted goes into the directory, by the directory's own actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.directory.actions.attributes import set_codes
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.observations import observe
from yanapay.directory.actions.organisations import (
    add_identifier,
    change_organisation,
    create_organisation,
)
from yanapay.directory.actions.persons import add_role, create_person
from yanapay.directory.choices import Channel, ConsentPurpose, Kind, PersonRole, Precision
from yanapay.directory.models import Consent, Organisation
from yanapay.directory.rules.identifiers import TAX_ID
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.choices import Source
from yanapay.mapping.models import Proposal
from yanapay.mapping.queries.current import values_of
from yanapay.mapping.rules.fields import CODES, FIGURES, ORGANISATION, PRIVATE
from yanapay.mapping.rules.proposing import alike
from yanapay.mapping.rules.showing import degrees
from yanapay.places.models import Area
from yanapay.places.queries import gazetteer


@transaction.atomic
def carry_over(
    *, by: Actor, proposal: Proposal, organisation: Organisation | None, values: Mapping[str, Any], on: date
) -> Organisation:  # fmt: skip
    """Create or change the organisation as accepted; returns it. What it says already is not written again."""
    current = values_of(organisation) if organisation else {}
    news = {f: v for f, v in values.items() if not alike(f, current.get(f), v)}
    columns = _columns({f: v for f, v in news.items() if f in (*ORGANISATION, *PRIVATE)})
    if organisation is None:
        organisation = _create(by, proposal, columns)
    else:
        organisation = change_organisation(
            by=by, organisation=organisation, fields=columns, reason=_source_of(proposal)
        )
    _write_codes(by, proposal, organisation, news)
    _write_figures(by, proposal, organisation, news)
    if "tax_id" in news:
        add_identifier(by=by, organisation=organisation, number=news["tax_id"],
                       country=organisation.country, type=TAX_ID[organisation.country])  # fmt: skip
    _write_consents(by, proposal, organisation, min(proposal.said_on, on))
    if "representative" in news:
        _write_person(by, proposal, organisation, news["representative"], on)
    organisation.refresh_from_db()
    return organisation


def _source_of(proposal: Proposal) -> str:
    """Where a value comes from, for whoever reads it later."""
    told = str(proposal.get_source_display())
    return f"{told} {proposal.submission.instrument.form_id}" if proposal.submission else told


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Proposed values as columns of the record."""
    columns = dict(values)
    if "area" in columns:
        place = gazetteer().by_code(columns["area"])
        columns["area"] = Area.objects.get(pk=place.id) if place else None
    if "point" in columns:
        columns["latitude"], columns["longitude"] = degrees(columns.pop("point"))
        columns["precision"] = Precision.GPS
    return columns


def _create(by: Actor, proposal: Proposal, columns: Mapping[str, Any]) -> Organisation:
    if not columns.get("name"):
        raise RuleBroken("Accept the name: a new organisation needs one.", field="name")
    fields = {"kind": Kind.OTHER, **columns, "is_fictitious": proposal.is_fictitious}
    return create_organisation(by=by, centre=proposal.centre, fields=fields)


def _write_codes(
    by: Actor, proposal: Proposal, organisation: Organisation, news: Mapping[str, Any]
) -> None:
    for vocabulary in CODES:
        if vocabulary in news:
            set_codes(by=by, organisation=organisation, vocabulary=vocabulary, codes=news[vocabulary],
                      noted_on=proposal.said_on, source=_source_of(proposal))  # fmt: skip


def _write_figures(
    by: Actor, proposal: Proposal, organisation: Organisation, news: Mapping[str, Any]
) -> None:
    """All figures of the interview make one observation of its day."""
    figures = {f: v for f, v in news.items() if f in FIGURES}
    if figures:
        told = {"observed_on": proposal.said_on, "source": _source_of(proposal)}
        observe(by=by, organisation=organisation, figures={**figures, **told})


def _write_consents(by: Actor, proposal: Proposal, about: Organisation, given_on: date) -> None:
    for purpose in proposal.consents:
        held = Consent.objects.in_force().filter(organisation=about, purpose=purpose)
        if purpose in ConsentPurpose.values and not held.exists():
            give_consent(by=by, about=about, purpose=purpose, text_version=_text_version(proposal),
                         given_on=given_on, channel=_channel(proposal))  # fmt: skip


def _write_person(
    by: Actor, proposal: Proposal, organisation: Organisation, name: str, on: date
) -> None:
    """The person who spoke, with the role: only where a file on them was agreed to."""
    if ConsentPurpose.SERVICE not in proposal.consents:
        raise RuleBroken(
            "The name of a person can only be kept when they agreed to a file. Leave it out.",
            field="representative",
        )
    fields = {"name": name, "is_fictitious": organisation.is_fictitious}
    person = create_person(by=by, centre=organisation.centre, fields=fields)
    add_role(by=by, person=person, organisation=organisation, role=PersonRole.REPRESENTATIVE,
             since=proposal.said_on)  # fmt: skip
    give_consent(by=by, about=person, purpose=ConsentPurpose.SERVICE, channel=_channel(proposal),
                 text_version=_text_version(proposal), given_on=min(proposal.said_on, on))  # fmt: skip


def _channel(proposal: Proposal) -> str:
    return Channel.SPOKEN if proposal.source == Source.INTERVIEW else Channel.SCREEN


def _text_version(proposal: Proposal) -> str:
    """In which words it was agreed to: those of the form's version, else of our own page."""
    if proposal.submission:
        return f"{proposal.submission.instrument.form_id} {proposal.submission.version.number}"[:20]
    return str(proposal.contact.get("text", "web"))[:20]

"""Public entries, interviews and proposals, each made by the real action."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from tests.factories.directory import BY, TODAY, make_centre, make_organisation

from yanapay.accounts.models import User
from yanapay.centres.models import Centre
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.choices import Channel, ConsentPurpose
from yanapay.directory.models import Consent, Organisation
from yanapay.mapping.actions.answers import take_derived
from yanapay.mapping.actions.entries import list_external, publish_entry
from yanapay.mapping.actions.interviews import propose_interview
from yanapay.mapping.actions.proposals import propose
from yanapay.mapping.choices import Source
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.mapping.queries.current import values_of
from yanapay.surveys.choices import FormState, Purpose
from yanapay.surveys.models import Instrument, Record, Submission, Version

SOURCE = "Mapeo de la ESS del Perú (GRESP, 2018)"
SOURCE_DATE = date(2018, 6, 8)


def agree(organisation: Organisation, purpose: str = ConsentPurpose.PUBLIC) -> Consent:
    """The organisation agrees, to be shown in public unless another purpose is named."""
    return give_consent(
        by=BY, about=organisation, purpose=purpose, text_version="2026", given_on=TODAY,
        channel=Channel.PAPER,
    )  # fmt: skip


def make_entry(
    organisation: Organisation | None = None,
    *,
    on: date = TODAY,
    decimals: int | None = None,
    **fields: Any,
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


def make_form(form_id: str = "ess", purpose: str = Purpose.MAPPING) -> Instrument:
    """An open form whose questions are called as the fields they fill: bare rows, nobody asks it."""
    if found := Instrument.objects.filter(form_id=form_id).first():
        return found
    asked = ("name", "kind", "phone", "area", "point", "members_women", "need_codes", "description",
             "representative", "tax_id")  # fmt: skip
    form = Instrument.objects.create(
        form_id=form_id, title={"es": "Mapeo"}, purpose=purpose, mapping={q: q for q in asked}
    )
    form.current = Version.objects.create(
        instrument=form, number="1", workbook_name="ess.xlsx", workbook=b"", xform=b"<h:html/>", md5="",
        uploaded_by_name="operator",
    )  # fmt: skip
    form.state = FormState.OPEN
    form.save()
    return form


_sent = count(1)


def make_submission(
    *, user: User | None = None, centre: Centre | None = None, form: Instrument | None = None,
    edit_of: Submission | None = None, **values: Any,
) -> Submission:  # fmt: skip
    """A stored answer with its rows, as receiving and deriving leave it."""
    form, key = form or make_form(), f"uuid:{next(_sent)}"
    root = edit_of.root_id if edit_of else key
    Submission.objects.filter(instrument=form, root_id=root).update(is_current=False)
    submission = Submission.objects.create(
        instrument=form, version=form.current, centre=centre or make_centre(), instance_id=key, root_id=root,
        xml=b"<data/>", sha256="0", user=user, user_name=user.signature if user else "",
    )  # fmt: skip
    Record.objects.create(submission=submission, values=values)
    return submission


def make_answer(**values: Any) -> Proposal:
    """An answer arrives and becomes a proposal."""
    proposal = follow(make_submission(**values))
    assert proposal is not None
    return proposal


def follow(submission: Submission) -> Proposal | None:
    """What follows from an answer that has its rows."""
    return next(iter(take_derived(by=BY, submissions=[submission])), None)


def make_interview(
    organisation: Organisation | None = None, *, name: str = "", centre: Centre | None = None,
    form: Instrument | None = None, **fields: Any,
) -> Interview:  # fmt: skip
    """A planned interview: of the organisation, or of a name that nobody knows yet."""
    name = name or (organisation.name if organisation else "Taller Warmi")
    return propose_interview(
        by=BY, centre=centre or make_centre(), instrument=form or make_form(), organisation=organisation,
        name=name, **fields,
    )  # fmt: skip


def make_proposal(
    organisation: Organisation | None = None, *, centre: Centre | None = None,
    source: str = Source.REGISTRATION, consents: Iterable[str] = (), contact: dict[str, str] | None = None,
    **proposed: Any,
) -> Proposal:  # fmt: skip
    """Somebody says something of an organisation, or registers a new one."""
    if not organisation:
        proposed = {"name": "Taller Warmi", "kind": "artesanos", **proposed}
    return propose(
        by=BY, centre=centre or make_centre(), organisation=organisation, source=source,
        proposed=proposed, consents=consents, contact=contact, on=TODAY,
    )  # fmt: skip

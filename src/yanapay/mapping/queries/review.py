"""What a reviewer needs to decide on a proposal: both sides, the lists to read against, possible duplicates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind
from yanapay.directory.models import Organisation, Term
from yanapay.directory.queries.duplicates import Likeness, possible_duplicates, sketch
from yanapay.directory.queries.search import find_organisations
from yanapay.directory.rules.duplicates import Sketch, bare_phone, similar_names
from yanapay.directory.rules.identifiers import TAX_ID
from yanapay.kernel.messages import Message
from yanapay.kernel.text import words
from yanapay.mapping.models import Proposal
from yanapay.mapping.queries.current import changed_since, values_of
from yanapay.mapping.rules.fields import CODES
from yanapay.mapping.rules.proposing import Known, Line, compare_fields
from yanapay.mapping.rules.showing import degrees
from yanapay.places.queries import gazetteer

SAME_NAME = Message("It has a similar name.").template


def known_on(today: date, country: str = "PE") -> Known:
    """The lists and areas of this installation."""
    terms: dict[str, set[str]] = {vocabulary: set() for vocabulary in CODES}
    for vocabulary, code in Term.objects.filter(vocabulary__in=CODES).values_list(
        "vocabulary", "code"
    ):
        terms[vocabulary].add(code)
    places = gazetteer()
    return Known(
        today, frozenset(Kind.values), terms, lambda code: places.by_code(code) is not None, country
    )


def lines_of(
    proposal: Proposal, today: date, organisation: Organisation | None = None
) -> list[Line]:
    """Current and proposed beside each other; of an organisation that is not in the directory all is new."""
    about = organisation or proposal.organisation
    country = about.country if about else "PE"
    current = values_of(about) if about else {}
    changed = changed_since(about, proposal.created_at) if about else set()
    return compare_fields(current, proposal.proposed, known_on(today, country), changed)


def possibly_the_same(scope: Scope, proposal: Proposal) -> list[Likeness]:
    """Organisations of the directory that the proposal may be about, those with more than a name first."""
    return alike(scope, _sketch(proposal))


def alike(scope: Scope, typed: Sketch) -> list[Likeness]:
    """Known organisations like the sketch: by number, telephone or place, and by name alone."""
    found = possible_duplicates(scope, typed)
    seen = {likeness.organisation.pk for likeness in found}
    for hit in find_organisations(scope, typed.name) if typed.name else []:
        if hit.organisation.pk not in seen and similar_names(typed, sketch(hit.organisation)):
            found.append(Likeness(hit.organisation, Message(SAME_NAME), hit.is_open))
    return found


def known_as(scope: Scope, name: str) -> list[Likeness]:
    """Those alike by name, and those whose longer name holds every word: people leave words out."""
    found = alike(scope, Sketch(name))
    seen, wanted = {likeness.organisation.pk for likeness in found}, set(words(name))
    for hit in find_organisations(scope, name) if len(wanted) > 1 else []:
        if hit.organisation.pk not in seen and wanted <= set(words(hit.organisation.name)):
            found.append(Likeness(hit.organisation, Message(SAME_NAME), hit.is_open))
    return found


def _sketch(proposal: Proposal) -> Sketch:
    told = proposal.proposed
    phones = filter(None, map(bare_phone, _phones(told)))
    numbers = {("PE", TAX_ID["PE"], str(told["tax_id"]))} if told.get("tax_id") else set()
    return Sketch(
        str(told.get("name", "")), frozenset(phones), frozenset(numbers), _point(told.get("point"))
    )


def _phones(told: Mapping[str, Any]) -> list[str]:
    """Every telephone that was told, public and private, two in one field apart."""
    return [n for f in ("phone", "private_phone") for n in str(told.get(f, "")).split("/")]


def _point(text: object) -> tuple[float, float] | None:
    try:
        return degrees(str(text)) if text else None
    except ValueError:
        return None

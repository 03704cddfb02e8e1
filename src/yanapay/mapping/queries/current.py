"""What the directory holds of an organisation, in the words of a proposal (``rules.fields``)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from yanapay.audit.models import Event
from yanapay.directory.choices import ConsentPurpose, PersonRole
from yanapay.directory.models import Affiliation, Consent, Organisation, PersonRoleRecord
from yanapay.directory.queries.figures import latest_observation
from yanapay.mapping.choices import ProposalState, Source
from yanapay.mapping.models import Proposal
from yanapay.mapping.rules.fields import CODES, FIGURES, PRIVATE
from yanapay.mapping.rules.showing import exactness

COLUMNS = (
    "name",
    "acronym",
    "kind",
    "address",
    "phone",
    "email",
    "website",
    "start_year",
    *PRIVATE,
)
SPEAKING = (PersonRole.REPRESENTATIVE, PersonRole.OWNER, PersonRole.MANAGER)


def values_of(organisation: Organisation) -> dict[str, Any]:
    """Field → current value of everything that a proposal may change; nothing is "", None or []."""
    return {
        **{field: getattr(organisation, field) for field in COLUMNS},
        "area": organisation.area.code if organisation.area else "",
        "point": _point(organisation),
        **_codes(organisation),
        **_figures(organisation),
        "networks": ", ".join(n.name for n in networks_of(organisation)),
        "tax_id": ", ".join(organisation.identifiers.values_list("number", flat=True)),
        "representative": ", ".join(_speakers(organisation)),
    }


def networks_of(organisation: Organisation) -> list[Organisation]:
    """The networks that it belongs to now."""
    current = Affiliation.objects.filter(member=organisation, until=None)
    return [row.network for row in current.select_related("network").order_by("network__name_key")]


def told_on(organisation: Organisation) -> date | None:
    """The last day on which its own people said what was then accepted."""
    taken = Proposal.objects.filter(
        organisation=organisation, state__in=(ProposalState.ACCEPTED, ProposalState.PARTLY)
    )
    taken = taken.exclude(source=Source.REMARK).select_related("interview")
    return max((proposal.said_on for proposal in taken), default=None)


def agreed_to_be_public(organisation: Organisation) -> bool:
    """Whether consent to be shown is in force."""
    given = Consent.objects.in_force().filter(organisation=organisation)
    return given.filter(purpose=ConsentPurpose.PUBLIC).exists()


def exactness_of(organisation: Organisation | None, also: Collection[str] = ()) -> int:
    """The most decimals of its public point, by the consents in force and ``also`` (those of a proposal)."""
    if organisation is None:
        return exactness(is_agreed=ConsentPurpose.POINT in also, is_a_home=False)
    given = Consent.objects.in_force().filter(organisation=organisation)
    is_agreed = ConsentPurpose.POINT in also or given.filter(purpose=ConsentPurpose.POINT).exists()
    return exactness(is_agreed=is_agreed, is_a_home=_belongs_to_one(organisation))


def _belongs_to_one(organisation: Organisation) -> bool:
    """Whether one person alone owns it: then its place is as a rule their home."""
    owners = PersonRoleRecord.objects.filter(organisation=organisation, role=PersonRole.OWNER)
    return owners.values("person").distinct().count() == 1


def changed_since(organisation: Organisation, moment: datetime) -> set[str]:
    """The fields that somebody changed since, from the trail: no older proposal may overwrite them unseen."""
    events = Event.objects.about("organisation", organisation.pk).filter(at__gt=moment)
    changed = {field for changes in events.values_list("changes", flat=True) for field in changes}
    return changed | ({"point"} if changed & {"latitude", "longitude"} else set())


def _point(organisation: Organisation) -> str:
    if organisation.latitude is None or organisation.longitude is None:
        return ""
    return f"{organisation.latitude} {organisation.longitude}"


def _codes(organisation: Organisation) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {vocabulary: [] for vocabulary in CODES}
    rows = organisation.attributes.filter(vocabulary__in=CODES).order_by("code")
    for vocabulary, code in rows.values_list("vocabulary", "code"):
        held[vocabulary].append(code)
    return held


def _figures(organisation: Organisation) -> dict[str, int | None]:
    latest = latest_observation(organisation)
    return {field: getattr(latest, field, None) for field in FIGURES}


def _speakers(organisation: Organisation) -> list[str]:
    roles = PersonRoleRecord.objects.filter(organisation=organisation, until=None)
    found = roles.filter(role__in=SPEAKING, person__erased_at=None).order_by("pk")
    return list(dict.fromkeys(found.values_list("person__name", flat=True)))

"""Everything that is stored about a person, for them and for nobody else."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Q, QuerySet

from yanapay.accounts.models import User
from yanapay.audit.models import Event, PersonalValue
from yanapay.base.personal import stored_about
from yanapay.directory.choices import PersonRole
from yanapay.directory.models import Observation, Organisation, Person, PersonAccount
from yanapay.directory.rules.personal import PERSON

ENCODER = DjangoJSONEncoder
ACCOUNT = ("username", "full_name", "email")
ENTERPRISE = (
    "name", "trade_name", "acronym", "kind", "legal_form", "status", "country", "address", "latitude",
    "longitude", "precision", "phone", "email", "private_phone", "private_email", "website",
    "start_date", "start_year", "languages",
)  # fmt: skip
NOT_FIGURES = {"id", "organisation", "replaced_by", "batch", "author", "created_at"}
FIGURES = [f.name for f in Observation._meta.concrete_fields if f.name not in NOT_FIGURES]


def only_owned_by(person: Person) -> list[Organisation]:
    """The enterprises that this person alone owns: their contact and tax number are the person's own."""
    owners = Count("people__person", filter=Q(people__role=PersonRole.OWNER), distinct=True)
    mine = person.roles.filter(role=PersonRole.OWNER).values("organisation")
    return list(Organisation.objects.filter(pk__in=mine).annotate(owners=owners).filter(owners=1))


def with_merged(organisations: list[Organisation]) -> list[Organisation]:
    """The organisations with the records merged into them, which keep the contact they had."""
    found, newest = list(organisations), organisations
    while newest := list(Organisation.objects.filter(merged_into__in=newest)):
        found += newest
    return found


def with_merged_persons(person: Person) -> list[Person]:
    """The person, then the records merged into theirs, which keep what was written in them."""
    found, newest = [person], [person]
    while newest := list(Person.objects.filter(merged_into__in=newest)):
        found += newest
    return found


def own_data(person: Person) -> dict[str, Any]:
    """What is stored, in words of the data model, ready for JSON (:data:`ENCODER`)."""
    return {
        "person": {field: getattr(person, field) for field in sorted(PERSON)},
        "merged": [
            {field: getattr(merged, field) for field in sorted(PERSON)}
            for merged in with_merged_persons(person)[1:]
        ],
        "account": list(User.objects.filter(pk__in=_accounts(person)).values(*ACCOUNT)),
        "roles": list(person.roles.values("organisation__name", "role", "since", "until")),
        "organisations": [_organisation(organisation) for organisation in only_owned_by(person)],
        **_kept(person),
        **stored_about(person.pk, [organisation.pk for organisation in only_owned_by(person)]),
        "requests": list(
            person.correction_requests.values("text", "asks_erasure", "state", "answer", "asked_at")
        ),
        "history": [
            {"at": event.at, "what": event.action, "who": event.actor_name}
            for event in Event.objects.about("person", person.pk).newest_first()[:500]
        ],
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    """An enterprise of the person alone is as much theirs as their name."""
    return {
        **{field: getattr(organisation, field) for field in ENTERPRISE},
        "area": organisation.area.full_name if organisation.area else "",
        "identifiers": list(organisation.identifiers.values("country", "type", "number")),
        "observations": [
            {name: value for name, value in row.items() if value not in (None, "")}
            for row in organisation.observations.order_by("observed_on", "pk").values(*FIGURES)
        ],
        **_kept(organisation),
    }


def _kept(about: Organisation | Person) -> dict[str, list[dict[str, Any]]]:
    """What staff agreed on, wrote down and filed about one or the other."""
    agreed = ("purpose", "text_version", "given_on", "channel", "withdrawn_on")
    return {
        "consents": list(about.consents.values(*agreed)),
        "notes": list(about.notes.values("text", "author_name", "created_at")),
        "files": list(about.files.values("name", "size", "created_at")),
    }


def _accounts(person: Person) -> "QuerySet[PersonAccount, Any]":
    return PersonAccount.objects.filter(person=person).values("user")


def erasure_summary(person: Person) -> dict[str, int]:
    """What an erasure would remove, counted by kind."""
    owned = only_owned_by(person)
    return {
        "fields": sum(1 for field in PERSON if getattr(person, field)),
        "notes": person.notes.count() + sum(found.notes.count() for found in owned),
        "files": person.files.count() + sum(found.files.count() for found in owned),
        "contacts": len(owned),
        "numbers": sum(found.identifiers.filter(is_personal=True).count() for found in owned),
        "history": PersonalValue.objects.filter(subject=f"person:{person.pk}").count(),
    }

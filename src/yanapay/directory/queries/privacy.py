"""Everything that is stored about a person, for them and for nobody else."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Q

from yanapay.audit.models import Event, PersonalValue
from yanapay.directory.choices import PersonRole
from yanapay.directory.models import Organisation, Person
from yanapay.directory.rules.personal import PERSON

ENCODER = DjangoJSONEncoder


def only_owned_by(person: Person) -> list[Organisation]:
    """The enterprises that this person alone owns: their contact and tax number are the person's own."""
    owners = Count("people", filter=Q(people__role=PersonRole.OWNER))
    mine = person.roles.filter(role=PersonRole.OWNER).values("organisation")
    return list(Organisation.objects.filter(pk__in=mine).annotate(owners=owners).filter(owners=1))


def own_data(person: Person) -> dict[str, Any]:
    """What is stored, in words of the data model, ready for JSON (:data:`ENCODER`)."""
    return {
        "person": {field: getattr(person, field) for field in sorted(PERSON)},
        "roles": list(person.roles.values("organisation__name", "role", "since", "until")),
        "organisations": [_organisation(organisation) for organisation in only_owned_by(person)],
        "consents": list(
            person.consents.values("purpose", "text_version", "given_on", "channel", "withdrawn_on")
        ),
        "notes": list(person.notes.values("text", "author_name", "created_at")),
        "files": list(person.files.values("name", "size", "created_at")),
        "requests": list(
            person.correction_requests.values("text", "asks_erasure", "state", "answer", "asked_at")
        ),
        "history": [
            {"at": event.at, "what": event.action, "who": event.actor_name}
            for event in Event.objects.about("person", person.pk).newest_first()[:500]
        ],
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    fields = ("name", "trade_name", "kind", "address", "private_phone", "private_email", "website")
    return {
        **{field: getattr(organisation, field) for field in fields},
        "identifiers": list(organisation.identifiers.values("country", "type", "number")),
        "observations": list(
            organisation.observations.values(
                "observed_on", "workers", "annual_sales", "currency", "source"
            )
        ),
    }


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

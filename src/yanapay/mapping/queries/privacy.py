"""Where the mapping keeps what is personal, and what is stored of a person.

What concerns an enterprise that the person alone owns is theirs. In what concerns others, they are only named:
as the representative of a proposal, or as the contact of an interview.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from yanapay.directory.models import Person
from yanapay.kernel.text import fold
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.surveys.queries.answers import with_all_edits

Keys = Collection[int]


def own_proposals(organisation_ids: Keys) -> "QuerySet[Proposal]":
    return Proposal.objects.filter(organisation__in=organisation_ids)


def own_interviews(organisation_ids: Keys) -> "QuerySet[Interview]":
    return Interview.objects.filter(organisation__in=organisation_ids)


def own_entries(organisation_ids: Keys) -> "QuerySet[Entry]":
    return Entry.objects.filter(organisation__in=organisation_ids)


def proposals_naming(person_id: int, organisation_ids: Keys) -> list[Proposal]:
    """Those of other organisations in which the person has or had a role, that name them."""
    others = Proposal.objects.filter(organisation__people__person=person_id)
    found = others.exclude(organisation__in=organisation_ids).distinct()
    return [p for p in found if any(_says(name, person_id) for name in _representatives(p))]


def interviews_naming(person_id: int, organisation_ids: Keys) -> list[Interview]:
    """The same of interviews."""
    others = Interview.objects.filter(organisation__people__person=person_id)
    found = others.exclude(organisation__in=organisation_ids).distinct()
    return [i for i in found if _says(i.contact, person_id)]


def stored_proposals(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    told = ("created_at", "source", "state", "proposed", "corrected", "held", "contact", "reason")
    own = own_proposals(organisation_ids).order_by("pk")
    naming = proposals_naming(person_id, organisation_ids)
    return [
        *({field: getattr(proposal, field) for field in told} for proposal in own),
        *(
            {"created_at": p.created_at, "representative": sorted(set(_representatives(p)))}
            for p in naming
        ),
    ]


def stored_interviews(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    told = ("name", "contact", "state", "interviewed_on", "reason")
    naming = interviews_naming(person_id, organisation_ids)
    return [
        *own_interviews(organisation_ids).order_by("pk").values(*told),
        *({field: getattr(interview, field) for field in told} for interview in naming),
    ]


def stored_entries(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    """What the public directory shows and showed of the person's own enterprises."""
    del person_id
    return [
        {
            "address": entry.slug, "state": entry.state, "name": entry.name, "website": entry.website,
            "shown": entry.shown, "versions": list(entry.versions.values("number", "approved_at", "shown")),
        }
        for entry in own_entries(organisation_ids).order_by("pk")
    ]  # fmt: skip


def own_answers(organisation_ids: Keys) -> set[int]:
    """Answers about these organisations: those of their interviews and those that led to a proposal."""
    told = {"submission__isnull": False, "organisation__in": organisation_ids}
    found = (
        model.objects.filter(**told).values_list("submission", flat=True)
        for model in (Interview, Proposal)
    )
    return {pk for keys in found for pk in keys}


def stored_answers(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    """What was answered about the person's own enterprises, as it arrived."""
    del person_id
    answers = with_all_edits(own_answers(organisation_ids)).filter(erased_at=None)
    ready = answers.select_related("instrument").prefetch_related("records", "attachments")
    return [
        {
            "form": answer.instrument.form_id, "received_at": answer.received_at,
            "answers": [row.values for row in answer.records.all()],
            "files": [file.name for file in answer.attachments.all()],
        }
        for answer in ready.order_by("pk")
    ]  # fmt: skip


def _representatives(proposal: Proposal) -> list[str]:
    """Who is named: as proposed, as corrected, and by the directory when it was decided."""
    sides = (proposal.proposed, proposal.corrected, proposal.held)
    return [str(side["representative"]) for side in sides if side.get("representative")]


def _says(text: str, person_id: int) -> bool:
    """Whether the text holds the person's name."""
    name = fold(Person.objects.get(pk=person_id).name)
    return len(name) > 2 and name in fold(text)

"""An erasure reaches what the mapping keeps. The erasing action of the directory calls, signs and records."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.kernel.text import distinct_words
from yanapay.mapping.actions.entries import unpublish
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Entry, InterviewStep
from yanapay.mapping.queries.privacy import (
    interviews_naming,
    own_answers,
    own_entries,
    own_interviews,
    own_proposals,
    proposals_naming,
)
from yanapay.mapping.rules.fields import PEOPLE, PRIVATE
from yanapay.surveys.actions.privacy import empty_answers

Keys = Collection[int]


@transaction.atomic
def erase_proposals(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """Which fields were decided how stays; what was said of the person's own enterprises goes."""
    del by
    named = proposals_naming(person_id, organisation_ids)
    for proposal in named:
        proposal.contact = {}
        for field in (*PEOPLE, *PRIVATE):  # how to reach them is as a rule their own telephone
            for side in (proposal.proposed, proposal.corrected, proposal.held):
                side.pop(field, None)
        proposal.save(update_fields=["proposed", "corrected", "held", "contact"])
    own = own_proposals(organisation_ids)
    return len(named) + own.update(proposed={}, corrected={}, held={}, contact={}, reason="")


@transaction.atomic
def erase_interviews(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """States and days stay, for the report of the campaign."""
    del by
    named = interviews_naming(person_id, organisation_ids)
    for interview in named:
        interview.contact = ""
        interview.save(update_fields=["contact"])
    own = own_interviews(organisation_ids)
    InterviewStep.objects.filter(interview__in=own).update(reason="")
    return len(named) + own.update(contact="", reason="")


@transaction.atomic
def erase_entries(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """The public pages of the person's own enterprises go, with all that they ever showed."""
    del person_id
    entries = list(own_entries(organisation_ids))
    for entry in entries:
        _empty(unpublish(by=by, entry=entry, reason=_("Personal data erased")))
    return len(entries)


@transaction.atomic
def erase_answers(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """What was answered about the person's own enterprises goes, as it arrived and as rows."""
    del person_id
    return empty_answers(by=by, submission_ids=own_answers(organisation_ids))


def _empty(entry: Entry) -> None:
    words_before = set(entry.search_text.split())
    entry.state, entry.shown, entry.website, entry.source = EntryState.UNPUBLISHED, {}, "", ""
    entry.latitude = entry.longitude = None
    entry.search_text = distinct_words([entry.name, entry.acronym])
    entry.save()
    entry.versions.update(shown={})
    entry.codes.all().delete()
    entry.claims.all().delete()
    search.unlearn(words_before - set(entry.search_text.split()))

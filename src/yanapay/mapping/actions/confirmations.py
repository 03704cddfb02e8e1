"""Once a year the people of an organisation are asked whether its page is still right."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Coalesce

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.choices import Answer, EntryState
from yanapay.mapping.models import Confirmation, Entry
from yanapay.mapping.queries.confirmations import code_of
from yanapay.mapping.rules.codes import YEAR, digest


@transaction.atomic
def ask_due(*, by: Actor, on: date) -> int:
    """Ask about every published entry that nobody confirmed for a year; returns how many questions were made.

    Staff sends them: a link by message or e-mail stands on their page.
    """
    published = Entry.objects.filter(state=EntryState.PUBLISHED)
    quiet = published.alias(last=Coalesce("confirmed_on", "approved_on")).filter(
        last__lte=on - YEAR
    )
    asked = Confirmation.objects.filter(asked_on__gt=on - YEAR).values("entry")
    made = [_question(entry, on) for entry in quiet.exclude(pk__in=asked)]
    if made:
        record(by=by, action="mapping.confirmations_asked", object_type="mapping",
               changes={"questions": len(made)})  # fmt: skip
    return len(made)


@transaction.atomic
def answer_confirmation(
    *, by: Actor, confirmation: Confirmation, answer: str, on: date
) -> Confirmation:
    """Take the answer: "right" is noted on the page; the others wait for a reviewer."""
    confirmation = Confirmation.objects.select_for_update().get(pk=confirmation.pk)
    if answer not in Answer.values:
        raise RuleBroken("Choose one of the three answers.", field="answer")
    if confirmation.answer:
        raise RuleBroken("This question was answered already. Thank you.")
    confirmation.answer, confirmation.answered_on = answer, on
    confirmation.save()
    entry = confirmation.entry
    if answer == Answer.RIGHT:
        entry.confirmed_on = on
        entry.save(update_fields=["confirmed_on", "updated_at"])
    record(by=by, action="mapping.confirmation_answered", object_type="organisation",
           object_id=entry.organisation_id, changes={"answer": answer})  # fmt: skip
    return confirmation


def _question(entry: Entry, on: date) -> Confirmation:
    confirmation = Confirmation(entry=entry, asked_on=on)
    confirmation.digest = digest(code_of(confirmation))
    confirmation.save()
    return confirmation

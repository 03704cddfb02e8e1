"""What the office thinks of answers. The answer itself never changes."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.choices import Review
from yanapay.surveys.models import Submission

_NEEDS_NOTE = {Review.ISSUES, Review.REJECTED}


@transaction.atomic
def review_answers(
    *, by: Actor, submissions: Collection[Submission], review: str, note: str = ""
) -> int:
    """Give answers a state and a note; how many changed. An answer that was corrected meanwhile is refused."""
    if review in _NEEDS_NOTE and not note.strip():
        raise RuleBroken("Say what is wrong with it.", field="note")
    keys = {one.pk for one in submissions}
    found = Submission.objects.select_for_update().defer("xml").filter(pk__in=keys)
    answers = list(found.order_by("pk"))
    if any(not one.is_current for one in answers):
        raise RuleBroken("An answer was corrected meanwhile. Look at its last edit.")
    changing = [one for one in answers if (one.review, one.review_note) != (review, note.strip())]
    for answer in changing:
        _review(by, answer, review, note.strip())
    return len(changing)


def _review(by: Actor, answer: Submission, review: str, note: str) -> None:
    before = answer.review, answer.review_note
    answer.review, answer.review_note = review, note
    answer.reviewed_by_name, answer.reviewed_at = by.user_name, timezone.now()
    answer.save(update_fields=["review", "review_note", "reviewed_by_name", "reviewed_at"])
    record(
        by=by, action="surveys.answer_reviewed", object_type="submission", object_id=answer.pk,
        changes={"review": [before[0], review]}, personal={"note": (before[1], note)},
        subject=f"submission:{answer.pk}",
    )  # fmt: skip

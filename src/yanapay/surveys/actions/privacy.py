"""An erasure reaches answers. Which answers are a person's own is known above, where organisations are."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import forget
from yanapay.audit.models import PersonalValue
from yanapay.audit.rules import Actor
from yanapay.surveys.choices import Derivation
from yanapay.surveys.models import Attachment, Record, Submission
from yanapay.surveys.queries.answers import with_all_edits
from yanapay.surveys.queries.files import SHELF, referred_to


@transaction.atomic
def empty_answers(*, by: Actor, submission_ids: Collection[int]) -> int:
    """Empty answers with all their edits: XML, files and rows; form, day, sender and digest stay.

    The same answer is refused when a telephone sends it again. The erasing action records.
    """
    answers = list(with_all_edits(submission_ids).filter(erased_at=None))
    keys = [one.pk for one in answers]
    _drop_files(keys)
    Record.objects.filter(submission__in=keys).delete()
    for answer in answers:
        answer.codings.all().delete()
        if PersonalValue.objects.filter(subject=f"submission:{answer.pk}").exists():
            forget(by=by, subject=f"submission:{answer.pk}")
    return Submission.objects.filter(pk__in=keys).update(
        xml=b"", expected=[], review_note="", problem="", derivation=Derivation.DONE,
        erased_at=timezone.now(),
    )  # fmt: skip


def _drop_files(submissions: list[int]) -> None:
    """The bytes go when the transaction holds, unless another answer has the same."""
    gone = Attachment.objects.filter(submission__in=submissions)
    digests = set(gone.values_list("sha256", flat=True))
    gone.delete()
    for digest in digests - referred_to(digests):
        transaction.on_commit(partial(SHELF.drop, digest))

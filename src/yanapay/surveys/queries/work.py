"""Answers that wait for somebody: a part of "my work today"."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from yanapay.accounts.choices import Permission
from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope
from yanapay.surveys.choices import Derivation, Review
from yanapay.surveys.models import Instrument, Submission


def answer_items(scope: Scope, limit: int) -> list[WorkItem]:
    """One line per form with answers that nobody has looked at, and one for those that need attention."""
    centres = scope.centres_with(Permission.SURVEYS_REVIEW)
    mine = Submission.objects.current().filter(erased_at=None)
    mine = mine if centres is None else mine.filter(centre__in=centres)
    found = [*_unread(mine.filter(review=Review.RECEIVED)), *_failed(mine)]
    return found[:limit]


def _unread(answers: "QuerySet[Submission]") -> list[WorkItem]:
    forms = Instrument.objects.filter(pk__in=answers.order_by().values("instrument").distinct())
    counted = ((form, answers.filter(instrument=form).count()) for form in forms)
    address = reverse("surveys:answers")
    return [
        WorkItem("answers", str(form), f"{address}?form={form.form_id}&review=received",
                 ngettext("{n} answer to review", "{n} answers to review", n).format(n=n), count=n)
        for form, n in counted
    ]  # fmt: skip


def _failed(answers: "QuerySet[Submission]") -> list[WorkItem]:
    if not (n := answers.filter(derivation=Derivation.FAILED).count()):
        return []
    address = f"{reverse('surveys:answers')}?problem=on"
    told = ngettext("{n} answer could not be read", "{n} answers could not be read", n).format(n=n)
    return [WorkItem("answers", _("Answers that need attention"), address, told, count=n)]

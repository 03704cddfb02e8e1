"""Open answers read and coded by people, each on their own."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yanapay.surveys.models.submissions import Submission


class Coding(models.Model):
    """The codes that one coder gave one open answer; two coders make agreement (Cohen's kappa) visible.

    Where they differ, whoever decides between them writes one more, ``is_adjudicated``.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="codings")
    question = models.CharField(max_length=200)
    vocabulary = models.CharField(max_length=40)
    codes = models.JSONField(default=list)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_adjudicated = models.BooleanField(default=False)
    coded_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "surveys_coding"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question", "vocabulary", "coder"],
                condition=Q(is_adjudicated=False), name="surveys_coding_once",
            ),
            models.UniqueConstraint(
                fields=["submission", "question", "vocabulary"],
                condition=Q(is_adjudicated=True), name="surveys_coding_decided_once",
            ),
        ]  # fmt: skip

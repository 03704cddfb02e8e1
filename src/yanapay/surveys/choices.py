"""The closed vocabularies of surveys. Codes are stable: exports and the API use them."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Purpose(models.TextChoices):
    """What the answers of an instrument are for; decides what may be done with them."""

    MAPPING = "mapping", _("Mapping of organisations")
    BASELINE = "baseline", _("Baseline diagnosis")
    EVALUATION = "evaluation", _("Final evaluation")
    COURSE = "course", _("Follow-up after a course")
    SERVICE = "service", _("Evaluation of a service")
    WORKSHOP = "workshop", _("Workshop with questions")
    OTHER = "other", _("Other")


class FormState(models.TextChoices):
    """Whether an instrument takes answers. ``closing`` takes them but is no longer offered."""

    DRAFT = "draft", pgettext_lazy("form", "Draft")
    OPEN = "open", pgettext_lazy("form", "Open")
    CLOSING = "closing", pgettext_lazy("form", "Closing")
    CLOSED = "closed", pgettext_lazy("form", "Closed")


class Review(models.TextChoices):
    """What the office thinks of an answer."""

    RECEIVED = "received", pgettext_lazy("answer", "Received")
    ISSUES = "has_issues", pgettext_lazy("answer", "Has issues")
    APPROVED = "approved", pgettext_lazy("answer", "Approved")
    REJECTED = "rejected", pgettext_lazy("answer", "Rejected")


class Derivation(models.TextChoices):
    """Whether the rows of a submission were derived; a failure never refuses the submission."""

    PENDING = "pending", pgettext_lazy("rows", "Pending")
    DONE = "done", pgettext_lazy("rows", "Done")
    FAILED = "failed", pgettext_lazy("rows", "Failed")

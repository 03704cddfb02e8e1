"""The closed vocabularies of the mapping. Codes are stable: exports and the API use them."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class InterviewState(models.TextChoices):
    """The way of an interview. What is shown to the public is the entry's own state."""

    PROPOSED = "proposed", pgettext_lazy("interview", "Proposed")
    ASSIGNED = "assigned", pgettext_lazy("interview", "Assigned")
    INTERVIEWED = "interviewed", pgettext_lazy("interview", "Interviewed")
    IN_REVIEW = "in_review", pgettext_lazy("interview", "In review")
    PUBLISHED = "published", pgettext_lazy("interview", "Published")
    UNPUBLISHED = "unpublished", pgettext_lazy("interview", "Unpublished")
    DROPPED = "dropped", pgettext_lazy("interview", "Dropped")


class Source(models.TextChoices):
    """Where a proposed change of an organisation comes from."""

    INTERVIEW = "interview", _("Interview")
    REGISTRATION = "registration", _("Registered by itself")
    OWNER = "owner", _("Its own people")
    CONFIRMATION = "confirmation", _("Answer to “is this still right?”")
    REMARK = "remark", _("Remark of a visitor")


class ProposalState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("proposal", "Pending")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    PARTLY = "partly", pgettext_lazy("proposal", "Accepted in part")
    REFUSED = "refused", pgettext_lazy("proposal", "Refused")


class EntryState(models.TextChoices):
    """``external``: only what a cited source already published; ``published``: with consent, after review."""

    EXTERNAL = "external", pgettext_lazy("entry", "From a published source")
    PUBLISHED = "published", pgettext_lazy("entry", "Published")
    UNPUBLISHED = "unpublished", pgettext_lazy("entry", "Not shown")


class Answer(models.TextChoices):
    """The three answers to "is this still right?"."""

    RIGHT = "right", _("Yes, all of it")
    CHANGED = "changed", _("Something changed")
    CLOSED = "closed", _("It no longer exists")

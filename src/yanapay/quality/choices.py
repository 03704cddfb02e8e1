"""The closed lists of the quality record (ISO 9001)."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class FindingKind(models.TextChoices):
    MAJOR = "major", _("Major non-conformity")
    MINOR = "minor", _("Minor non-conformity")
    OBSERVATION = "observation", pgettext_lazy("kind of finding", "Observation")


class FindingState(models.TextChoices):
    OPEN = "open", pgettext_lazy("of a finding", "Open")
    ACTING = "acting", _("Being corrected")
    CLOSED = "closed", pgettext_lazy("of a finding", "Closed")

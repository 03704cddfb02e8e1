"""How far a run is, and what became of a pair."""

from django.db import models
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("linkage", "Waiting")
    RUNNING = "running", pgettext_lazy("linkage", "Running")
    DONE = "done", pgettext_lazy("linkage", "Done")
    FAILED = "failed", pgettext_lazy("linkage", "Stopped")


class PairState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("pair", "To review")
    MERGED = "merged", pgettext_lazy("pair", "Merged")
    DIFFERENT = "different", pgettext_lazy("pair", "Different")

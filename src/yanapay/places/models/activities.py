"""Activity codes of ISIC, and what a code of the older revision may be in the newer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from yanapay.places.choices import ActivityLevel, Revision
from yanapay.places.rules.activities import label_in


class ActivityCode(models.Model):
    """A code of ISIC (in Spanish CIIU). ``section`` is the letter it stands under."""

    revision = models.CharField(max_length=1, choices=Revision.choices)
    code = models.CharField(max_length=4)
    level = models.CharField(max_length=8, choices=ActivityLevel.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    section = models.CharField(max_length=1)
    label_en = models.CharField(max_length=200)
    label_es = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "places_activity_code"
        ordering = ["revision", "section", "code"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "code"], name="places_activity_code_once"),
            models.CheckConstraint(
                condition=Q(level=ActivityLevel.SECTION, parent=None)
                | (~Q(level=ActivityLevel.SECTION) & Q(parent__isnull=False)),
                name="places_activity_only_sections_are_roots",
            ),
        ]
        indexes = [models.Index(fields=["revision", "level"], name="places_activity_level")]

    def __str__(self) -> str:
        return f"{self.code} {self.label(get_language() or 'es')}"

    def label(self, language: str) -> str:
        """The label in the language; all have one in English."""
        return label_in(language, self.label_en, self.label_es)


class ActivityMatch(models.Model):
    """A class of Rev. 3 whose enterprises may fall under a class of Rev. 4."""

    rev3 = models.ForeignKey(ActivityCode, on_delete=models.CASCADE, related_name="to_rev4")
    rev4 = models.ForeignKey(ActivityCode, on_delete=models.CASCADE, related_name="from_rev3")
    one_to_one = models.BooleanField()

    class Meta:
        db_table = "places_activity_match"
        constraints = [
            models.UniqueConstraint(fields=["rev3", "rev4"], name="places_activity_match_once"),
            models.CheckConstraint(
                condition=~Q(rev3=F("rev4")), name="places_activity_match_of_two_codes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rev3_id} → {self.rev4_id}"

"""The catalogue of technologies: shipped from the published list, grown by cases."""

from django.db import models
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.roster.choices import TechnologyAction


class Technology(models.Model):
    """A product, process or machine that assistance has brought to an enterprise."""

    category = models.CharField(_("category"), max_length=100)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    name_key = models.CharField(max_length=200, editable=False)
    action = models.CharField(
        _("what was done"), max_length=20, choices=TechnologyAction, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_published = models.BooleanField(default=False)  # in the list that the source prints
    added_by_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "roster_technology"
        ordering = ["category", "name_key"]
        constraints = [
            models.UniqueConstraint(fields=["category", "name_key"], name="roster_technology_once")
        ]

    def __str__(self) -> str:
        english = (get_language() or "es").startswith("en")
        return (self.name_en or self.name) if english else self.name

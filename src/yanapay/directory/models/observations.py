"""Dated figures of an organisation: the series that "before and after" is read from."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.directory.models.batches import ImportBatch, unpublished
from yanapay.directory.models.organisations import Organisation


def _count(label: Any) -> Any:
    return models.IntegerField(label, null=True, blank=True)


class ObservationQuerySet(models.QuerySet["Observation"]):
    def standing(self) -> "ObservationQuerySet":
        """Those that no correction has replaced."""
        return self.filter(replaced_by=None)

    def published(self) -> "ObservationQuerySet":
        """Without those of a file that is still on its way in."""
        pending = unpublished()
        return self.exclude(batch_id__in=pending) if pending else self

    def newest_first(self) -> "ObservationQuerySet":
        return self.order_by("-observed_on", "-pk")


class Observation(models.Model):
    """What was true of an organisation on a day, with its source. Never overwritten.

    A correction is a new observation; the old one points to it by ``replaced_by`` and keeps its figures.
    Money is in minor units of ``currency``.
    """

    organisation = models.ForeignKey(
        Organisation, db_index=False, on_delete=models.CASCADE, related_name="observations"
    )
    observed_on = models.DateField(_("observed on"))
    workers = _count(_("workers"))
    workers_women = _count(_("women workers"))
    workers_men = _count(_("men workers"))
    women_stable = _count(_("women with benefits"))
    women_unstable = _count(_("women without benefits"))
    men_stable = _count(_("men with benefits"))
    men_unstable = _count(_("men without benefits"))
    women_family = _count(_("women of the family"))
    men_family = _count(_("men of the family"))
    members_women = _count(_("women members"))
    members_men = _count(_("men members"))
    families = _count(_("families"))
    annual_sales = models.BigIntegerField(_("annual sales"), null=True, blank=True)
    assets = models.BigIntegerField(_("assets"), null=True, blank=True)
    equipment = models.BigIntegerField(_("value of equipment"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, db_default="", default="")
    hours_per_week = _count(_("hours of work per week"))
    products = models.TextField(_("products"), blank=True, db_default="", default="")
    market_local = _count(_("local market (%)"))
    market_regional = _count(_("regional market (%)"))
    market_national = _count(_("national market (%)"))
    market_export = _count(_("export (%)"))
    main_buyer_share = _count(_("share of the largest buyer (%)"))
    source = models.CharField(_("source"), max_length=200, blank=True, db_default="", default="")
    evidence = models.CharField(
        _("evidence"), max_length=300, blank=True, db_default="", default=""
    )
    replaced_by = models.ForeignKey(
        "self",
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
    )
    reason = models.CharField(max_length=300, blank=True, db_default="", default="")
    batch = models.ForeignKey(
        ImportBatch,
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.CharField(max_length=150, blank=True, db_default="", default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        db_table = "directory_observation"
        constraints = [
            models.CheckConstraint(
                condition=(Q(workers=None) | Q(workers__gte=0))
                & (Q(workers_women=None) | Q(workers_women__gte=0))
                & (Q(workers_men=None) | Q(workers_men__gte=0)),
                name="directory_observation_workers",
            ),
            models.CheckConstraint(
                condition=(Q(annual_sales=None) & Q(assets=None) & Q(equipment=None))
                | ~Q(currency=""),
                name="directory_observation_currency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-observed_on"], name="directory_observation_series"
            ),
            models.Index(
                fields=["batch"], name="directory_observation_batch", condition=~Q(batch=None)
            ),
            models.Index(
                fields=["replaced_by"],
                name="directory_observation_replaced",
                condition=Q(replaced_by__isnull=False),
            ),
        ]

"""Organisations and their official identifiers."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.base.kept import read
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind, Precision, Status
from yanapay.directory.models.batches import ImportBatch, unpublished
from yanapay.directory.models.phones import second_number
from yanapay.kernel.text import distinct_words, fold
from yanapay.places.models import Area


def is_shown_others_files(centres: Collection[int]) -> bool:
    """Whether other centres share files with one of these. Plain SQL: every page asks, several times."""
    places = ", ".join(["%s"] * len(centres)) or "NULL"
    held = f"until IS NULL AND centre_id IN ({places})"
    return bool(read(f"SELECT 1 FROM directory_share WHERE {held} LIMIT 1", *centres))  # noqa: S608


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def live(self) -> "OrganisationQuerySet":
        """Neither merged away nor part of a batch that is not published yet."""
        pending = unpublished()
        found = self.exclude(status=Status.MERGED)
        return found.exclude(batch_id__in=pending) if pending else found

    def visible_to(self, scope: Scope) -> "OrganisationQuerySet":
        """Whose file the user may open: clients of own centres, and those shared with them."""
        centres = scope.centres_with("directory.view")
        if centres is None:
            return self
        own = Q(centre__in=centres)
        if not is_shown_others_files(centres):
            return self.filter(own)
        shared = Q(shares__centre__in=centres, shares__until=None)
        return self.filter(own | Q(pk__in=Organisation.objects.filter(shared).values("pk")))

    def by_name(self) -> "OrganisationQuerySet":
        return self.order_by("name_key", "pk")


class Organisation(models.Model):
    """An enterprise, cooperative, network, municipality…: whoever is served or works with those who serve.

    Public contact (``phone``, ``email``, ``website``) and private contact (``private_*``) are separate:
    only the public one ever leaves the centre. ``version`` grows with every edit by a person.
    """

    centre = models.ForeignKey(Centre, db_index=False, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField(db_default=1, default=1)
    name = models.CharField(_("name"), max_length=300)
    trade_name = models.CharField(
        _("trade name"), max_length=300, blank=True, db_default="", default=""
    )
    acronym = models.CharField(_("acronym"), max_length=60, blank=True, db_default="", default="")
    name_key = models.CharField(max_length=300, editable=False)
    search_text = models.TextField(editable=False, db_default="", default="")
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    legal_form = models.CharField(
        _("legal form"), max_length=100, blank=True, db_default="", default=""
    )
    status = models.CharField(
        max_length=10, choices=Status, db_default=Status.ACTIVE, default=Status.ACTIVE
    )
    status_on = models.DateField(null=True, blank=True)
    status_reason = models.CharField(max_length=300, blank=True, db_default="", default="")
    merged_into = models.ForeignKey(
        "self",
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    country = models.CharField(_("country"), max_length=2, db_default="PE", default="PE")
    area = models.ForeignKey(
        Area,
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    address = models.CharField(_("address"), max_length=300, blank=True, db_default="", default="")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = models.CharField(
        max_length=10, choices=Precision, blank=True, db_default="", default=""
    )
    phone = models.CharField(
        _("public phone"), max_length=50, blank=True, db_default="", default=""
    )
    email = models.CharField(
        _("public e-mail"), max_length=254, blank=True, db_default="", default=""
    )
    website = models.CharField(_("website"), max_length=300, blank=True, db_default="", default="")
    private_phone = models.CharField(
        _("private phone"), max_length=50, blank=True, db_default="", default=""
    )
    private_email = models.CharField(
        _("private e-mail"), max_length=254, blank=True, db_default="", default=""
    )
    languages = models.JSONField(
        _("languages"), default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    start_date = models.DateField(_("start date"), null=True, blank=True)
    start_year = models.SmallIntegerField(_("start year"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )  # fmt: skip
    batch = models.ForeignKey(
        ImportBatch,
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    is_fictitious = models.BooleanField(db_default=False, default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        db_table = "directory_organisation"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="directory_organisation_has_name"),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into=None)),
                name="directory_organisation_merged_into",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="directory_organisation_point",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="directory_organisation_not_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="directory_org_name"),
            models.Index(fields=["area", "name_key"], name="directory_org_area"),
            models.Index(fields=["centre", "kind", "name_key"], name="directory_org_centre_kind"),
            models.Index(fields=["batch"], name="directory_org_batch"),
            models.Index(
                fields=["private_phone"], name="directory_org_phone", condition=~Q(private_phone="")
            ),
            models.Index(
                fields=["phone"], name="directory_org_public_phone", condition=~Q(phone="")
            ),
            second_number("private_phone", "directory_org_phone_2"),
            second_number("phone", "directory_org_public_phone_2"),
            models.Index(
                fields=["responsible"],
                name="directory_org_responsible",
                condition=Q(responsible__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="directory_org_merged",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["latitude", "longitude"],
                name="directory_org_point",
                condition=Q(latitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def keep_searchable(self) -> None:
        """Compute anew what lists and the search read of the names."""
        self.name_key = fold(self.name)[:300]
        self.search_text = distinct_words([self.name, self.trade_name, self.acronym])


class Identifier(models.Model):
    """An official number (country, type, number), its check digit verified, unique per type.

    ``is_personal`` marks numbers that contain a person's identity number (Peru's RUC 10…).
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    country = models.CharField(max_length=2)
    type = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    is_personal = models.BooleanField(db_default=False, default=False)

    class Meta:
        db_table = "directory_identifier"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "type", "country"], name="directory_identifier_unique"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="directory_identifier_has_number"),
        ]


class Tally(models.Model):
    """How many organisations of one sort there are; the sum of ``n`` over the rows of a sort.

    Written with every change of an organisation as ±1 rows and merged by ``actions.tally.merge_tally``,
    so that facet counts over a national registry are sums over a few thousand rows.
    """

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    status = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, related_name="+")
    n = models.IntegerField()

    class Meta:
        db_table = "directory_tally"

    @classmethod
    def note(cls, organisation: Organisation, n: int) -> None:
        """One more (+1) or one fewer (-1) is of the sort that the organisation has now."""
        cls.objects.create(
            centre_id=organisation.centre_id, kind=organisation.kind, status=organisation.status,
            area_id=organisation.area_id, n=n,
        )  # fmt: skip

"""Areas as a tree by code, and groupings of areas."""

from django.db import models
from django.db.models import Q

from yanapay.places.choices import Level
from yanapay.places.models.memory import gazetteer


class Area(models.Model):
    """A place with an official code: a country, or what it divides into.

    ``code`` is INEI's UBIGEO below Peru ("12", "1201", "120101"), ISO 3166-2 elsewhere ("BO-L").
    ``path`` holds the codes from the country down ("PE/12/1201/120101"): a subtree is a prefix.
    Coordinates are those of the capital, in degrees; ``altitude`` is in metres.
    """

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=10, unique=True)
    iso_code = models.CharField(max_length=6, blank=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    name_key = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=40, unique=True)
    capital = models.CharField(max_length=100, blank=True)
    altitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    edition = models.CharField(max_length=30)

    class Meta:
        db_table = "places_area"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.COUNTRY, parent=None)
                | Q(level__gt=Level.COUNTRY, parent__isnull=False),
                name="places_area_only_countries_are_roots",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="places_area_whole_coordinates",
            ),
            models.UniqueConstraint(
                fields=["iso_code"], condition=~Q(iso_code=""), name="places_area_iso_code_once"
            ),
        ]
        indexes = [
            models.Index(fields=["country", "level", "name_key"], name="places_area_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """From the area up to its first level: "El Tambo, Huancayo, Junín"."""
        return ", ".join(reversed(self.names)) or self.name

    @property
    def names(self) -> list[str]:
        """From the first level down to the area: Junín, Huancayo, El Tambo. A country has none."""
        areas = gazetteer()
        known = areas.by_id(self.pk)
        return areas.names(known) if known else [self.name]


class AreaScheme(models.Model):
    """One way of grouping areas (by CEPLAN, INEI, MINSA …). A table always names its scheme."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "places_area_scheme"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class AreaGroup(models.Model):
    """A macro-region of a scheme. Without members when it is assigned to organisations directly."""

    scheme = models.ForeignKey(AreaScheme, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=100)

    class Meta:
        db_table = "places_area_group"
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="places_area_group_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaGroupMember(models.Model):
    """An area, with all below it, in a group."""

    group = models.ForeignKey(AreaGroup, on_delete=models.CASCADE, related_name="members")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        db_table = "places_area_group_member"
        constraints = [
            models.UniqueConstraint(fields=["group", "area"], name="places_area_in_group_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area} ∈ {self.group}"

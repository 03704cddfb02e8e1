"""People, their roles in organisations, and organisations in networks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.choices import AffiliationRole, Education, PersonRole, Sex
from yanapay.directory.models.batches import ImportBatch, unpublished
from yanapay.directory.models.organisations import Organisation
from yanapay.directory.models.phones import second_number
from yanapay.kernel.text import fold


class PersonQuerySet(models.QuerySet["Person"]):
    def live(self) -> "PersonQuerySet":
        pending = unpublished()
        found = self.filter(merged_into=None)
        return found.exclude(batch_id__in=pending) if pending else found

    def visible_to(self, scope: Scope) -> "PersonQuerySet":
        """People of the user's own centres; of others nothing is seen."""
        centres = scope.centres_with("persons.view")
        return self if centres is None else self.filter(centre__in=centres)


class Person(models.Model):
    """A person known to one centre. All of it is personal data."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField(db_default=1, default=1)
    name = models.CharField(_("name"), max_length=200)
    search_text = models.TextField(editable=False, db_default="", default="")
    sex = models.CharField(
        _("sex"), max_length=1, choices=Sex, blank=True, db_default="", default=""
    )
    birth_year = models.SmallIntegerField(_("birth year"), null=True, blank=True)
    document_country = models.CharField(max_length=2, db_default="PE", default="PE")
    document_type = models.CharField(
        _("document type"), max_length=20, blank=True, db_default="", default=""
    )
    document_number = models.CharField(
        _("document number"), max_length=40, blank=True, db_default="", default=""
    )
    education = models.CharField(
        _("education"), max_length=20, choices=Education, blank=True, db_default="", default=""
    )
    languages = models.CharField(
        _("languages"), max_length=100, blank=True, db_default="", default=""
    )
    self_identification = models.CharField(
        _("self-identification"), max_length=100, blank=True, db_default="", default=""
    )
    disability = models.CharField(
        _("disability"), max_length=100, blank=True, db_default="", default=""
    )
    phone = models.CharField(_("phone"), max_length=50, blank=True, db_default="", default="")
    email = models.CharField(_("e-mail"), max_length=254, blank=True, db_default="", default="")
    merged_into = models.ForeignKey(
        "self",
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    erased_at = models.DateTimeField(null=True, blank=True)
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

    objects = PersonQuerySet.as_manager()

    class Meta:
        db_table = "directory_person"
        constraints = [
            models.UniqueConstraint(
                fields=["document_number", "document_type", "document_country", "centre"],
                condition=~Q(document_number="") & Q(merged_into=None),
                name="directory_person_document_once",
            ),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2100)),
                name="directory_person_birth_year",
            ),
        ]
        indexes = [
            models.Index(fields=["batch"], name="directory_person_batch"),
            models.Index(fields=["phone"], name="directory_person_phone", condition=~Q(phone="")),
            second_number("phone", "directory_person_phone_2"),
            models.Index(
                fields=["merged_into"],
                name="directory_person_merged",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def keep_searchable(self) -> None:
        """Compute anew what the search reads of the name."""
        self.search_text = fold(self.name)


class PersonRoleRecord(models.Model):
    """What a person is in an organisation, from when to when. One person may hold several."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(_("role"), max_length=20, choices=PersonRole)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    same_on_merge = (["person", "organisation", "role"], Q(until=None))

    class Meta:
        db_table = "directory_person_role"
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="directory_person_role_in_order",
            )
        ]


class PersonAccount(models.Model):
    """The sign-in of an entrepreneur: shows them what is stored about themselves."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        db_table = "directory_person_account"


class Affiliation(models.Model):
    """An organisation in a network, federation or consortium, which is an organisation too."""

    member = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="affiliations")
    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=20, choices=AffiliationRole, default=AffiliationRole.MEMBER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "directory_affiliation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(member=F("network")), name="directory_affiliation_not_itself"
            ),
            models.UniqueConstraint(
                fields=["member", "network"],
                condition=Q(until=None),
                name="directory_affiliation_once",
            ),
        ]

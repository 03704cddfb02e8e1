"""Creating and changing an organisation, its numbers and its state."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import User
from yanapay.centres.models import Membership
from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind, PersonRole, Precision, Sex, Status
from yanapay.directory.models import Organisation
from yanapay.directory.rules.duplicates import Sketch, bare_phones
from yanapay.directory.rules.identifiers import TAX_ID
from yanapay.web.directory.forms.fields import COUNTRIES, AreaField, PhoneField, centre_field, day

LANGUAGES = [
    ("es", _("Spanish")), ("qu", _("Quechua")), ("ay", _("Aymara")), ("cni", _("Asháninka")),
]  # fmt: skip
SECTIONS = {
    "identity": ("name", "trade_name", "acronym", "kind", "legal_form", "start_date", "start_year"),
    "place": ("area", "address", "latitude", "longitude", "precision"),
    "public": ("phone", "email", "website"),
    "private": ("private_phone", "private_email"),
    "care": ("languages", "responsible"),
}


class OrganisationForm(forms.ModelForm[Organisation]):
    """The fields of an organisation that people edit; ``version`` is the one the editor saw."""

    area = AreaField(required=False)
    start_date = day(label=_("Start date"), required=False)
    start_year = forms.IntegerField(
        label=_("Start year"), required=False, min_value=1800, max_value=2100,
        help_text=_("When only the year is known."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), choices=LANGUAGES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    phone = PhoneField(label=_("Public phone"))
    private_phone = PhoneField(label=_("Private phone"))
    website = forms.CharField(label=_("Website"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields = [
            "name", "trade_name", "acronym", "kind", "legal_form", "start_date", "start_year",
            "area", "address", "latitude", "longitude", "precision", "phone", "email", "website",
            "private_phone", "private_email", "languages", "responsible",
        ]  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["kind"].choices = [("", _("Choose…")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["precision"].label = _("How exactly the point is known")
        self.fields["precision"].choices = [("", "—"), *Precision.choices]  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = colleagues(scope)  # type: ignore[attr-defined]
        for name in ("email", "private_email"):
            self.fields[name].widget.input_type = "email"
        self.initial.setdefault("version", self.instance.version if self.instance.pk else None)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def section(self, name: str) -> list[forms.BoundField]:
        return [self[field] for field in SECTIONS[name]]


class NewOrganisationForm(OrganisationForm):
    """The same with a centre, the tax number and, if known, the owner: all typed once."""

    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="PE")
    tax_id = forms.CharField(
        label=_("Tax number"), required=False, max_length=20,
        help_text=_("RUC in Peru and Ecuador, NIT in Bolivia and Colombia, RIF in Venezuela."),
    )  # fmt: skip
    owner_name = forms.CharField(
        label=_("Name of the owner or contact"), required=False, max_length=200
    )
    owner_role = forms.ChoiceField(label=_("Role"), choices=PersonRole.choices, required=False)
    owner_sex = forms.ChoiceField(label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False)
    owner_document = forms.CharField(
        label=_("Identity number (DNI)"), required=False, max_length=20
    )
    owner_phone = PhoneField(label=_("Personal phone"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, scope=scope, **kwargs)
        self.fields["centre"] = centre_field(scope, "directory.edit")
        self.fields["responsible"].initial = scope.user_id

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "country": self.cleaned_data["country"]}

    @property
    def owner(self) -> dict[str, Any] | None:
        """The fields of the person, if one was named."""
        given = self.cleaned_data
        if not given["owner_name"]:
            return None
        document = {"document_number": given["owner_document"], "document_type": "dni"}
        return {
            "name": given["owner_name"], "sex": given["owner_sex"], "phone": given["owner_phone"],
            **(document if given["owner_document"] else {}),
        }  # fmt: skip

    @property
    def sketch(self) -> Sketch:
        """What is looked at to find the same organisation among those already known."""
        given = self.cleaned_data
        country, number = given["country"], "".join(given["tax_id"].split())
        phones = (given[name] for name in ("phone", "private_phone", "owner_phone"))
        point = (given["latitude"], given["longitude"])
        return Sketch(
            name=given["name"], other_names=tuple(filter(None, [given["trade_name"]])),
            phones=bare_phones(*phones),
            identifiers=frozenset({(country, TAX_ID[country], number)} if number else ()),
            point=None if None in point else point,
        )  # fmt: skip

    def section(self, name: str) -> list[forms.BoundField]:
        more = {
            "number": ("country", "tax_id"),
            "owner": ("owner_name", "owner_role", "owner_sex", "owner_document", "owner_phone"),
        }
        return [self[field] for field in more[name]] if name in more else super().section(name)


class StatusForm(forms.Form):
    """Pause, close or reopen."""

    status = forms.ChoiceField(
        label=_("State"), choices=[c for c in Status.choices if c[0] != Status.MERGED]
    )
    on = day(label=_("Since"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class IdentifierForm(forms.Form):
    """An official number."""

    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    tax_id = forms.CharField(label=_("Number"), max_length=40)

    @property
    def type(self) -> str:
        return TAX_ID[self.cleaned_data["country"]]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


def colleagues(scope: Scope) -> Any:
    """Who may be responsible: everybody who works in the user's centres."""
    members = Membership.objects.filter(until=None)
    if scope.centres_with("directory.edit") is not None:
        members = members.filter(centre__in=scope.centre_ids)
    users = User.objects.filter(is_active=True, is_entrepreneur=False)
    return users.filter(pk__in=members.values("user")).order_by("full_name", "username")

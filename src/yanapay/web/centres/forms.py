"""Forms about institutions, centres and teams."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.centres.models import Institution
from yanapay.places.models import Area

COUNTRIES = ["PE", "BO", "CO", "EC", "VE", "AR", "BR", "CL"]
CURRENCIES = ["PEN", "BOB", "COP", "USD", "VES", "ARS", "BRL", "CLP"]


class InstitutionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    acronym = forms.CharField(label=_("Acronym"), max_length=30, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=[(code, code) for code in COUNTRIES])


class CentreForm(forms.Form):
    """What may change of a centre."""

    name = forms.CharField(label=_("Name"), max_length=200)
    area = forms.CharField(
        label=_("Area code"), max_length=10, required=False,
        help_text=_("UBIGEO of the district, province or department, as in 120101."),
    )  # fmt: skip
    time_zone = forms.CharField(label=_("Time zone"), max_length=50, initial="America/Lima")
    currency = forms.ChoiceField(label=_("Currency"), choices=[(c, c) for c in CURRENCIES])
    is_active = forms.BooleanField(label=_("In service"), required=False, initial=True)

    def clean_area(self) -> Area | None:
        code = self.cleaned_data["area"]
        area = Area.objects.filter(code=code).first() if code else None
        if code and area is None:
            raise ValidationError(gettext("No area has this code."))
        return area

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        if name not in available_timezones():
            raise ValidationError(gettext("Write a time zone like America/Lima."))
        return name


class NewCentreForm(CentreForm):
    institution = forms.ModelChoiceField(label=_("Institution"), queryset=Institution.objects.all())
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short and lasting, as in cat-huancayo.")
    )
    is_active = None  # type: ignore[assignment]
    field_order = ("institution", "name", "code", "area", "time_zone", "currency")


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=100)

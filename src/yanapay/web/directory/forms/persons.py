"""People, their roles, and organisations in networks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.centres.rules import Scope
from yanapay.directory.choices import AffiliationRole, Education, PersonRole, Sex
from yanapay.directory.models import Person
from yanapay.web.directory.forms.fields import COUNTRIES, OrganisationField, PhoneField, day

DOCUMENTS = [
    ("", "—"), ("dni", _("National identity card")), ("ce", _("Foreigner's card")), ("passport", _("Passport")),
]  # fmt: skip


class PersonForm(forms.ModelForm[Person]):
    """What may be known of a person; all but the name is optional."""

    document_country = forms.ChoiceField(
        label=_("Country of the document"), choices=COUNTRIES, initial="PE"
    )
    document_type = forms.ChoiceField(label=_("Document"), choices=DOCUMENTS, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False)
    education = forms.ChoiceField(
        label=_("Education"), choices=[("", "—"), *Education.choices], required=False
    )
    birth_year = forms.IntegerField(
        label=_("Birth year"), required=False, min_value=1900, max_value=2100
    )
    phone = PhoneField(label=_("Phone"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = [
            "name", "sex", "birth_year", "document_type", "document_number", "document_country",
            "phone", "email", "education", "languages", "self_identification", "disability",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version if self.instance.pk else None)
        self.fields["self_identification"].help_text = _(
            "How the person sees themselves, in their own words."
        )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RoleForm(forms.Form):
    """What a person is in an organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=PersonRole.choices)
    since = day(label=_("Since"), required=False)


class MemberForm(PersonForm):
    """A new person together with the role, on one page."""

    role = forms.ChoiceField(label=_("Role in the organisation"), choices=PersonRole.choices)
    since = day(label=_("In this role since"), required=False)


class EndForm(forms.Form):
    """The last day of a role or of a membership."""

    on = day(label=_("Until"))


class AffiliationForm(forms.Form):
    """An organisation in a network, federation or consortium."""

    network = OrganisationField(
        label=_("Network"),
        help_text=_("Write its name; networks are organisations of the directory."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=AffiliationRole.choices)
    since = day(label=_("Since"), required=False)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=300, required=False,
        help_text=_("Where it is written: minutes, membership list, website."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].scope = scope  # type: ignore[attr-defined]

"""Who comes in: names are typed once; whoever is known is chosen, others are created."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.actions.walkins import Visitor
from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind, PersonRole, Sex
from yanapay.directory.models import Organisation, Person
from yanapay.directory.rules.duplicates import Sketch, bare_phones
from yanapay.directory.rules.identifiers import TAX_ID
from yanapay.kernel.keys import read_key
from yanapay.web.assistance.consultations.forms import ClockForm
from yanapay.web.directory.forms.fields import AreaField, PhoneField


class WalkInForm(ClockForm):
    """A consultation with whoever asks; all of the visitor is optional."""

    person_name = forms.CharField(label=_("Name of the person"), required=False, max_length=200)
    person_phone = PhoneField(label=_("Phone"))
    person_sex = forms.ChoiceField(
        label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False
    )
    person_document = forms.CharField(
        label=_("Identity number (DNI)"), required=False, max_length=20
    )
    firm_name = forms.CharField(label=_("Name of the enterprise"), required=False, max_length=200)
    firm_kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, required=False)
    firm_area = AreaField(label=_("Place of the enterprise"), required=False)
    firm_tax_id = forms.CharField(label=_("RUC"), required=False, max_length=20)
    role = forms.ChoiceField(
        label=_("What the person is there"), choices=PersonRole.choices, required=False
    )
    consent = forms.BooleanField(
        label=_("Agrees that the centre keeps a file to give services; said aloud."), required=False
    )
    text_version = forms.CharField(
        label=_("Version of the consent text"), required=False, max_length=20
    )
    chosen_person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    chosen_organisation = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, scope=scope, **kwargs)
        self.person: Person | None = self._chosen("chosen_person", Person.objects)
        self.organisation: Organisation | None = self._chosen(
            "chosen_organisation", Organisation.objects
        )

    @property
    def visitor(self) -> Visitor:
        given = self.cleaned_data
        return Visitor(
            person=self.person, organisation=self.organisation, tax_id=given["firm_tax_id"],
            role=given["role"] or PersonRole.OWNER,
            new_person={} if self.person or not given["person_name"] else self._new_person(),
            new_organisation={} if self.organisation or not given["firm_name"] else self._new_firm(),
        )  # fmt: skip

    @property
    def sketch(self) -> Sketch:
        """What is looked at to find the same enterprise among those already known."""
        given = self.cleaned_data
        number = "".join(given["firm_tax_id"].split())
        return Sketch(
            name=given["firm_name"], phones=bare_phones(given["person_phone"]),
            identifiers=frozenset({("PE", TAX_ID["PE"], number)} if number else ()),
        )  # fmt: skip

    def _new_person(self) -> dict[str, Any]:
        given = self.cleaned_data
        document = {"document_type": "dni", "document_number": given["person_document"]}
        return {
            "name": given["person_name"], "sex": given["person_sex"], "phone": given["person_phone"],
            **(document if given["person_document"] else {}),
        }  # fmt: skip

    def _new_firm(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "name": given["firm_name"], "kind": given["firm_kind"] or Kind.ENTERPRISE,
            "area": given["firm_area"], "private_phone": given["person_phone"],
        }  # fmt: skip

    def _chosen(self, field: str, known: Any) -> Any:
        """The record that was picked, if the user may see it."""
        key = read_key(str(self[field].value() or ""))
        return known.live().visible_to(self.scope).filter(pk=key).first() if key else None

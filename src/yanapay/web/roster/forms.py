"""Forms of the roster. They check shape; the actions check the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import User
from yanapay.centres.models import Centre, Membership
from yanapay.centres.rules import Scope
from yanapay.directory.actions.notes import ALLOWED
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.keys import read_key
from yanapay.kernel.money import Money
from yanapay.roster.choices import Language, SpecialistKind, TechnologyAction, Topic
from yanapay.roster.models import Requirement, Specialist, Technology
from yanapay.roster.queries.technologies import categories, technologies_called
from yanapay.web.acting import say
from yanapay.web.action_forms import ActionForm
from yanapay.web.directory.forms.areas import AreasForm
from yanapay.web.directory.forms.fields import (
    CURRENCIES,
    ActivityField,
    ChoosyField,
    OrganisationField,
    PersonField,
    PhoneField,
    centre_field,
    day,
)

SERVE = "assistance.serve"


class KnownPersonField(PersonField):
    """Somebody who is in the directory already."""

    unknown = _(
        "Nobody of this name is in the directory. Leave this empty and write the name below."
    )


class TechnologyField(ChoosyField):
    """A technology of the catalogue, by name or by a word of it."""

    unknown = _(
        "The catalogue has no such technology. Try another word, or add it to the catalogue."
    )
    several = _("Several technologies fit. Choose one.")

    def candidates(self, text: str) -> list[Technology]:
        if text.startswith("#") and (key := read_key(text[1:])) is not None:
            return list(Technology.objects.filter(pk=key))
        return technologies_called(text)

    def key(self, row: Technology) -> str:
        return f"#{row.pk}"

    def label_of(self, row: Technology) -> str:
        return f"{row} ({row.category})"


class SpecialistForm(ActionForm[Specialist]):
    """What can be said of an entry of the roster."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    day_rate = forms.CharField(
        label=_("Rate per day"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Specialist
        fields = [
            "profession", "languages", "most_cases", "day_rate", "currency", "conflicts", "user",
        ]  # fmt: skip

    def __init__(self, *args: Any, centre: Centre | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre
        held: Specialist = self.instance
        if held.pk:
            self.initial["version"] = held.version
            self.initial["day_rate"] = _typed(held)
        self.fields["most_cases"].help_text = _("How many cases they take on at once.")
        self.fields["conflicts"].widget.attrs["rows"] = 2
        self.fields["conflicts"].help_text = _(
            "Enterprises for which they cannot work, and why. The matching compares the names."
        )
        self.fields["user"].label = _("Sign-in")
        self.fields["user"].help_text = _("With it they answer and note their visits themselves.")
        self.fields["user"].queryset = _serving(centre, held)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = data.get("day_rate") or ""
        data["day_rate"] = None
        if text:
            try:
                data["day_rate"] = Money.parse(text, data.get("currency") or "PEN").amount_minor
            except RuleBroken as refused:
                self.add_error("day_rate", say(refused.message))
        else:
            data["currency"] = ""
        return data


class NewSpecialistForm(SpecialistForm):
    """A new entry, with who it is: a known person, somebody new, or a firm."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SpecialistKind.choices)
    person = KnownPersonField(
        label=_("A person of the directory"), required=False,
        help_text=_("Write a part of the name, when the centre knows them already."),
    )  # fmt: skip
    name = forms.CharField(label=_("Or a new person: full name"), required=False, max_length=200)
    phone = PhoneField(label=_("Phone"))
    email = forms.EmailField(label=_("E-mail"), required=False)
    organisation = OrganisationField(
        label=_("Firm"), required=False, help_text=_("Of a supplier, or for which they work."),
    )  # fmt: skip
    field_order = ["centre", "kind", "person", "name", "phone", "email", "organisation"]

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"] = centre_field(scope, "roster.edit")
        for name in ("person", "organisation"):
            self.fields[name].scope = scope  # type: ignore[attr-defined]
        del self.fields["user"]
        self.order_fields(self.field_order)

    @property
    def values(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in self.Meta.fields if n in self.cleaned_data}

    @property
    def new_person(self) -> dict[str, Any] | None:
        given = {name: self.cleaned_data.get(name, "") for name in ("name", "phone", "email")}
        return given if given["name"] else None


class SpecialityForm(forms.Form):
    """A topic, and what narrows it."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    activity = ActivityField(
        label=_("Activity (CIIU)"), required=False,
        help_text=_("Where they know a branch: «panadería», or its code."),
    )  # fmt: skip
    technology = TechnologyField(
        label=_("Technology"), required=False, help_text=_("Of the catalogue: «horno», «yogurt»."),
    )  # fmt: skip
    years = forms.IntegerField(
        label=_("Years of experience"), required=False, min_value=0, max_value=60
    )


class GoesToForm(AreasForm):
    """The places to which somebody goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["further"].help_text = _(
            "A department, province or district; all below it is covered: «Junín», «Huancayo»."
        )
        if "held" in self.fields:
            self.fields["held"].label = _("Goes to")


class CredentialForm(forms.Form):
    """A paper that was shown."""

    requirement = forms.ModelChoiceField(
        Requirement.objects.none(), label=_("Requirement"), empty_label=None
    )
    evidence = forms.CharField(
        label=_("What was shown"), max_length=300,
        help_text=_("For example: «Título de Ing. en Industrias Alimentarias, UNCP, 1998»."),
    )  # fmt: skip
    obtained_on = day(label=_("Date of the paper"))
    expires_on = day(
        label=_("Valid until"), required=False,
        help_text=_("Leave empty when the paper names no end: the requirement's own then counts."),
    )  # fmt: skip
    file = forms.FileField(label=_("Scan or photo"), required=False)

    def __init__(self, *args: Any, specialist: Specialist, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Requirement.objects.filter(kind=specialist.kind)
        field: Any = self.fields["requirement"]
        field.queryset = asked
        field.label_from_instance = lambda requirement: requirement.label
        self.fields["file"].widget.attrs["accept"] = ",".join(
            ending for endings in ALLOWED.values() for ending in endings.split()
        )


class AbsenceForm(forms.Form):
    since = day(label=_("From"))
    until = day(label=_("Until"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False,
        help_text=_("Travel, holidays, other work. Nothing about health."),
    )  # fmt: skip


SCORES = [
    (5, _("5, very good")),
    (4, _("4, good")),
    (3, _("3, fair")),
    (2, _("2, weak")),
    (1, _("1, bad")),
]


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("Rating"), coerce=int, widget=forms.RadioSelect, choices=SCORES
    )
    on = day(label=_("Date"))
    subject = forms.CharField(
        label=_("Of which work"), max_length=40, required=False,
        help_text=_("The number of the case: rating it again corrects the first rating."),
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class TechnologyForm(forms.Form):
    """A technology that the catalogue lacks."""

    category = forms.CharField(label=_("Category"), max_length=100)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    action = forms.ChoiceField(
        label=_("What was done"), choices=[("", "—"), *TechnologyAction.choices], required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories()
        self.fields["category"].widget.attrs["list"] = "categories"


def _typed(specialist: Specialist) -> str:
    """The rate as people type it: «350.50»."""
    if specialist.day_rate is None:
        return ""
    return str(Money(specialist.day_rate, specialist.currency)).split("\u00a0", 1)[1]


def _serving(centre: Centre | None, held: Specialist) -> Any:
    """Users who may work on cases in the centre and are nobody else's entry, and the present one."""
    members = Membership.objects.filter(centre=centre, until=None).select_related("role")
    keys = {m.user_id for m in members if SERVE in m.role.permissions}
    taken = Specialist.objects.exclude(pk=held.pk).exclude(user=None).filter(kind=held.kind)
    keys -= set(taken.values_list("user_id", flat=True))
    return User.objects.filter(pk__in=keys | {held.user_id}).order_by("full_name")

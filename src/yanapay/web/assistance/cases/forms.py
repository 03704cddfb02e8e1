"""Opening a case, changing it, its first stage, moving it, choosing who answers for it, passing it on."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from yanapay.accounts.models import User
from yanapay.assistance.choices import Line, Origin, Subsector
from yanapay.assistance.models import Case, Promotion
from yanapay.assistance.queries.staff import staff
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.access import can_see_people
from yanapay.directory.choices import Channel
from yanapay.directory.models import Organisation, Person
from yanapay.roster.choices import Topic
from yanapay.web.action_forms import ActionForm
from yanapay.web.directory.forms.fields import OrganisationField, centre_field, day

CHOOSE = ("", _("Choose…"))
YES_NO = [("", _("not asked yet")), (False, _("No")), (True, _("Yes"))]


class CaseForm(ActionForm[Case]):
    """What a case is about; ``version`` is the one the editor saw."""

    ended_on = day(
        label=_("End of the work"), required=False,
        help_text=_("The day on which the work with the enterprise ended. The evaluation counts from it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Case
        fields = ["title", "line", "subsector", "topic", "contact", "ended_on"]

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        _name_choices(self.fields)
        self.fields["contact"].queryset = contacts(scope, self.instance.organisation)  # type: ignore[attr-defined]
        self.initial.setdefault("version", self.instance.version)


class NewCaseForm(forms.Form):
    """A case from the page of an enterprise, or with the enterprise still to be found."""

    organisation = OrganisationField(
        label=_("Enterprise"), help_text=_("Its name, or its RUC. It must be in the directory."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("What it is about"), max_length=200,
        help_text=_("In the words of the entrepreneur: «the cheese turns sour after a week»."),
    )  # fmt: skip
    line = forms.ChoiceField(label=_("Line of service"), choices=[CHOOSE, *Line.choices])
    subsector = forms.ChoiceField(label=_("Subsector"), choices=[CHOOSE, *Subsector.choices])
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", "—"), *Topic.choices], required=False)
    origin = forms.ChoiceField(label=_("How they came"), choices=[CHOOSE, *Origin.choices])
    opened_on = day(label=_("First contact"))

    def __init__(self, *args: Any, scope: Scope, about: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.scope = scope
        if about:
            field.widget = forms.HiddenInput()
            self.initial["organisation"] = f"#{about.pk}"
            found = contacts(scope, about)
            self.fields["contact"] = forms.ModelChoiceField(
                found, label=_("Contact"), required=False
            )
        self.fields["centre"] = centre_field(scope, "assistance.edit")

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        names = ("title", "line", "subsector", "topic")
        return {**{name: given[name] for name in names}, "contact": given.get("contact")}


class PromotionForm(ActionForm[Promotion]):
    """How the case began, and what must be asked before anything else: conflict of interest, consent."""

    contacted_on = day(label=_("First contact"), required=False)
    has_conflict = forms.TypedChoiceField(
        label=_("Is there a conflict of interest?"), choices=YES_NO, required=False,
        coerce=lambda answer: answer == "True", empty_value=None, widget=forms.RadioSelect,
        help_text=_("Somebody of the centre is a relative, partner or competitor of the enterprise."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Promotion
        fields = [
            "contacted_on", "origin", "origin_detail", "conversation", "expectations", "has_conflict",
            "conflict_note",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (("conversation", 5), ("expectations", 3), ("conflict_note", 2))
        }

    def __init__(self, *args: Any, needs_consent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        if needs_consent:
            self.fields |= consent_fields(required=False)

    def clean_channel(self) -> str:
        """Consent is noted with the version of its text, or not at all."""
        channel: str = self.cleaned_data["channel"]
        if channel and not self.data.get("text_version", "").strip():
            self.add_error("text_version", _("Say which version of the text was agreed to."))
        return channel

    @property
    def consent(self) -> dict[str, str] | None:
        return agreed(self.cleaned_data)


class MoveForm(forms.Form):
    """On which day a case moves, and why where a reason is asked for."""

    on = day(label=_("On"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]


class ResponsibleForm(forms.Form):
    """Who answers for a case."""

    def __init__(self, *args: Any, centre: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = forms.ModelChoiceField(
            staff(centre, on), label=pgettext_lazy("case", "Responsible"), empty_label=_("Choose…")
        )

    @property
    def person(self) -> User:
        found: User = self.cleaned_data["responsible"]
        return found


class TransferForm(forms.Form):
    """To which centre, and why; with the consent of the enterprise where it is not noted yet."""

    target: Any = forms.ModelChoiceField(
        Centre.objects.none(), label=_("To which centre"), empty_label=_("Choose…")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, centre: int, needs_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Centre.objects.filter(is_active=True).exclude(pk=centre)
        self.fields["target"].queryset = others  # type: ignore[attr-defined]
        if needs_consent:
            self.fields |= consent_fields(required=True)

    @property
    def consent(self) -> dict[str, str] | None:
        return agreed(self.cleaned_data)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


def consent_fields(*, required: bool) -> dict[str, forms.Field]:
    """How the enterprise agreed, and to which words."""
    choices = [("", _("not given yet")) if not required else CHOOSE, *Channel.choices]
    return {
        "channel": forms.ChoiceField(
            label=_("Consent of the enterprise"), choices=choices, required=required
        ),
        "text_version": forms.CharField(
            label=_("Version of the text"), max_length=20, required=required,
            help_text=_("The code printed at the foot of the consent sheet, for example «2026-1»."),
        ),
    }  # fmt: skip


def agreed(given: dict[str, Any]) -> dict[str, str] | None:
    """The consent that was typed, if any."""
    if not given.get("channel"):
        return None
    return {"channel": given["channel"], "text_version": given["text_version"]}


def contacts(scope: Scope, organisation: Organisation) -> Any:
    """The people of the enterprise, for whoever may see them."""
    if not can_see_people(scope, organisation):
        return Person.objects.none()
    theirs = organisation.people.filter(until=None).values("person")
    return Person.objects.live().filter(pk__in=theirs).order_by("name")


def _name_choices(fields: dict[str, forms.Field]) -> None:
    fields["topic"].choices = [("", "—"), *Topic.choices]  # type: ignore[attr-defined]
    fields["contact"].label = _("Contact")

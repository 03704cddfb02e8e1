"""What is asked and answered, who asked, and what becomes of it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import User
from yanapay.assistance.choices import Channel, Line, Outcome, Subsector
from yanapay.assistance.models import Consultation
from yanapay.assistance.rules.consultations import MOST_MINUTES
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person
from yanapay.roster.choices import Topic
from yanapay.web.directory.forms.fields import (
    AreaField,
    OrganisationField,
    PersonField,
    centre_field,
    day,
)
from yanapay.web.directory.forms.organisations import colleagues

TALK = ("topic", "channel", "question", "answer", "outcome", "referred_to", "material", "minutes")
WHO = ("organisation", "person", "area")
TOPIC_KEYS = "1234567890qw"
OUTCOMES = [
    (Outcome.ANSWERED, Outcome.ANSWERED.label),
    (Outcome.COURSE, _("Referred to a course")),
    (Outcome.CASE, _("Becomes a case")),
    (Outcome.ELSEWHERE, _("Referred to another body")),
    (Outcome.PENDING, _("Pending")),
]


class VisitorField(PersonField):
    """A person of the user's centres; ``known`` is the one that is linked already."""

    unknown = _("Nobody of your centre goes by this name. Check it, or use the page for walk-ins.")
    known: Person | None = None

    def candidates(self, text: str) -> list[Person]:
        if self.known and text == self.known.name:
            return [self.known]
        return super().candidates(text)


class FirmField(OrganisationField):
    """An organisation by search; ``known`` is the one that is linked already, whose name stays its own."""

    known: Organisation | None = None

    def candidates(self, text: str) -> list[Organisation]:
        if self.known and text == self.known.name:
            return [self.known]
        return super().candidates(text)


class TalkForm(forms.ModelForm[Consultation]):
    """What was asked and answered; what an outcome needs is checked by the action."""

    names: ClassVar[tuple[str, ...]] = TALK
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices, widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("How"), choices=Channel.choices, widget=forms.RadioSelect, initial=Channel.VISIT
    )
    outcome = forms.ChoiceField(
        label=_("How it ends"), choices=OUTCOMES, widget=forms.RadioSelect, initial=Outcome.ANSWERED
    )
    question = forms.CharField(
        label=_("Question"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer = forms.CharField(
        label=_("Answer"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES,
        help_text=_("Empty: those of the clock."),
    )  # fmt: skip
    wish = forms.CharField(label=_("Which course"), required=False, max_length=200)

    class Meta:
        model = Consultation
        fields = TALK

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        for field in self.fields.values():
            if isinstance(field, FirmField | VisitorField):
                field.scope = scope

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes; minutes only when they were typed."""
        given = {name: self.cleaned_data[name] for name in self.names}
        return {
            name: value for name, value in given.items() if name != "minutes" or value is not None
        }

    def topics(self) -> Iterator[tuple[str, Any]]:
        """Each topic with the key that chooses it."""
        yield from zip(TOPIC_KEYS, self["topic"], strict=False)


class ClockForm(TalkForm):
    """A new one: the clock, the past answer that was used, the centre."""

    started = forms.CharField(widget=forms.HiddenInput, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, scope=scope, **kwargs)
        self.fields["centre"] = centre_field(scope, "assistance.edit")

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "based_on": self._past_answer()}

    @property
    def becomes_case(self) -> bool:
        return bool(self.cleaned_data["outcome"] == Outcome.CASE)

    def _past_answer(self) -> Consultation | None:
        """If the user may see it, in the same centre; a stranger's number is simply not kept."""
        key, centre = self.cleaned_data["based_on"], self.cleaned_data["centre"]
        seen = Consultation.objects.visible_to(self.scope).filter(centre=centre)
        return seen.filter(pk=key).first() if key else None


class EntryForm(ClockForm):
    """Anonymous unless somebody is named."""

    names: ClassVar[tuple[str, ...]] = (*TALK, *WHO)
    organisation = FirmField(label=_("Enterprise or organisation"), required=False)
    person = VisitorField(label=_("Person"), required=False)
    area = AreaField(required=False, help_text=_("Where the question comes from, if it is known."))


class EditForm(TalkForm):
    """Completing a pending one; a finished one asks why it is put right."""

    names: ClassVar[tuple[str, ...]] = (*TALK, *WHO)
    organisation = FirmField(label=_("Enterprise or organisation"), required=False)
    person = VisitorField(label=_("Person"), required=False)
    area = AreaField(required=False, help_text=_("Where the question comes from, if it is known."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why it is changed"), required=False, max_length=300,
        help_text=_("The consultation is finished: say what was wrong."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, scope=scope, **kwargs)
        self.initial.update(version=self.instance.version, area=self.instance.area_id)
        for name in ("organisation", "person"):
            if linked := getattr(self.instance, name):
                self.initial[name] = linked.name
                self.fields[name].known = linked  # type: ignore[attr-defined]
        if self.instance.outcome == Outcome.PENDING:
            del self.fields["reason"]
        self._keep_case()

    def _keep_case(self) -> None:
        """What became a case stays one; what did not is opened as one from its page."""
        if self.instance.case_id:
            self.fields["outcome"].disabled = True
        else:
            rest = [pair for pair in OUTCOMES if pair[0] != Outcome.CASE]
            self.fields["outcome"].choices = rest  # type: ignore[attr-defined]


class ReferralForm(forms.Form):
    """What a case needs to begin."""

    organisation = FirmField(label=_("Enterprise"))
    title = forms.CharField(label=_("What it is about"), max_length=200)
    line = forms.ChoiceField(
        label=_("Line of service"), choices=Line.choices, widget=forms.RadioSelect
    )
    subsector = forms.ChoiceField(
        label=_("Branch"), choices=[("", _("Choose…")), *Subsector.choices]
    )
    responsible = forms.ModelChoiceField(User.objects.none(), label=_("Who answers for it"))
    on = day(label=_("Opened on"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].scope = scope  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = colleagues(scope)  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """A course that somebody would like."""

    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("Choose…")), *Topic.choices])
    wish = forms.CharField(label=_("Which course"), max_length=200)
    organisation = FirmField(label=_("Enterprise or organisation"), required=False)
    person = VisitorField(label=_("Person"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "person"):
            self.fields[name].scope = scope  # type: ignore[attr-defined]
        self.fields["centre"] = centre_field(scope, "assistance.edit")

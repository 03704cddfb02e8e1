"""The evaluation visit, the client's word on it, and what follows from what remains."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Round
from yanapay.assistance.models import Evaluation, Indicator
from yanapay.web.assistance.amounts import ScaledField, scaled
from yanapay.web.assistance.signing import SignForm
from yanapay.web.directory.forms.fields import day

SATISFACTION = [
    ("", "—"), (1, _("1 · very bad")), (2, _("2 · bad")), (3, _("3 · fair")), (4, _("4 · good")),
    (5, _("5 · very good")),
]  # fmt: skip
ANSWER = [("", "—"), ("yes", _("Yes")), ("no", _("No"))]
QUESTIONS = {
    "has_brand": _("Does the product have a brand?"),
    "has_sanitary": _("Does it have a sanitary registration?"),
}


class EvaluationForm(forms.Form):
    """What the visit gave. Each indicator of the plan in force is a field, with today's value and target."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = day(label=_("Date of the visit"))
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied the client is"), choices=SATISFACTION, coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    attribution = forms.IntegerField(
        label=_("Share of the change owed to the assistance (%)"), min_value=0, max_value=100, required=False,
        help_text=_("As the client says. They confirm it afterwards."),
    )  # fmt: skip
    effect = forms.CharField(
        label=_("What changed"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    remaining = forms.CharField(
        label=_("What remains"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("From this a new case can be opened."),
    )  # fmt: skip
    workers = forms.IntegerField(label=_("Workers on that day"), min_value=0, required=False)

    def __init__(self, *args: Any, indicators: list[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators
        for one in indicators:
            self.fields[f"indicator-{one.pk}"] = ScaledField(
                digits=3, label=f"{one.name} ({one.unit})", required=False, help_text=_told(one)
            )
        for code, question in QUESTIONS.items():
            self.fields[code] = forms.ChoiceField(label=question, choices=ANSWER, required=False)

    @property
    def measures(self) -> list[Any]:
        return [self[f"indicator-{one.pk}"] for one in self.indicators]

    @property
    def asked(self) -> list[Any]:
        return [self[code] for code in QUESTIONS]

    @property
    def values(self) -> dict[int, int]:
        typed = {one.pk: self.cleaned_data[f"indicator-{one.pk}"] for one in self.indicators}
        return {key: value for key, value in typed.items() if value is not None}

    @property
    def answers(self) -> dict[str, bool]:
        return {
            code: self.cleaned_data[code] == "yes" for code in QUESTIONS if self.cleaned_data[code]
        }


def start(evaluation: Evaluation, indicators: list[Indicator]) -> dict[str, Any]:
    """What was noted before, to go on with."""
    values = {row.indicator_id: row.value for row in evaluation.measurements.all()}
    return {
        "version": evaluation.version, "on": evaluation.done_on, "satisfaction": evaluation.satisfaction,
        "attribution": evaluation.attribution, "effect": evaluation.effect, "remaining": evaluation.remaining,
        "workers": evaluation.observation.workers if evaluation.observation else None,
        **{f"indicator-{one.pk}": values.get(one.pk) for one in indicators},
        **{code: "yes" if said else "no" for code, said in evaluation.answers.items()},
    }  # fmt: skip


class WordForm(SignForm):
    """The client's own word: how much of the change is owed to the assistance."""

    attribution = forms.IntegerField(
        label=_("Share of the change owed to the assistance (%)"), min_value=0, max_value=100
    )
    field_order = ("name", "on", "attribution", "how")


class FollowUpForm(forms.Form):
    title = forms.CharField(label=_("What the new case is about"), max_length=200)
    on = day(label=_("Opened on"))


class DueForm(forms.Form):
    """Which rounds are looked at."""

    round = forms.ChoiceField(
        label=_("Round"), choices=[("", _("All rounds")), *Round.choices], required=False
    )
    whose = forms.ChoiceField(
        label=_("Whose"), choices=[("", _("Everybody's")), ("mine", _("Mine"))], required=False
    )
    overdue = forms.BooleanField(label=_("Only overdue ones"), required=False)


def _told(indicator: Indicator) -> str:
    parts = [(_("before"), indicator.baseline), (_("target"), indicator.target)]
    known = [
        f"{word}: {scaled(value, 3)} {indicator.unit}" for word, value in parts if value is not None
    ]
    return " · ".join(known)

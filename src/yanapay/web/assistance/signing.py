"""How an entrepreneur signs in front of us: drawn or typed on screen, on paper, or by a code sent to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.actions.codes import Signed, try_code
from yanapay.assistance.choices import Signature
from yanapay.assistance.rules.codes import refuse_wrong_code
from yanapay.assistance.rules.signatures import drawing
from yanapay.audit.rules import Actor
from yanapay.web.directory.forms.fields import day

WAYS = [
    (Signature.SCREEN, Signature.SCREEN.label), (Signature.PAPER, Signature.PAPER.label),
    (Signature.CODE, Signature.CODE.label),
]  # fmt: skip


class SignForm(forms.Form):
    """Who signs, when and how. What the chosen way does not need is not looked at."""

    name = forms.CharField(label=_("Name of who decides"), max_length=150)
    on = day(label=_("On"))
    how = forms.ChoiceField(
        label=_("How"), choices=WAYS, widget=forms.RadioSelect, initial=Signature.SCREEN
    )
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)
    image = forms.FileField(
        label=_("Scan or photo of the signed paper"), required=False,
        help_text=_("PDF, PNG or JPG. Only for a signed paper."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code that was sent"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The six digits that the entrepreneur reads to you."),
    )  # fmt: skip

    def proof(self) -> dict[str, Any]:
        """``name``, ``on``, ``how`` and the bytes, as the actions take them. Raises RuleBroken."""
        typed = self.cleaned_data
        told: dict[str, Any] = {"name": typed["name"], "on": typed["on"], "how": typed["how"]}
        if typed["how"] == Signature.PAPER and typed["image"]:
            return {**told, "image": typed["image"], "content_type": typed["image"].content_type}
        if typed["how"] == Signature.SCREEN and (drawn := drawing(typed["drawn"])):
            return {**told, "image": ContentFile(drawn), "content_type": "image/png"}
        return told

    def signed(self, by: Actor, subject: Signed, action: Callable[..., object]) -> object:
        """Do the action with the proof; a code is tried first, and a wrong try stays counted."""
        proof = self.proof()
        if proof["how"] == Signature.CODE:
            refuse_wrong_code(try_code(by=by, signed=subject, code=self.cleaned_data["code"]))
        return action(**proof)


def starting(name: str, today: date) -> dict[str, Any]:
    """What the form begins with."""
    return {"name": name, "on": today}

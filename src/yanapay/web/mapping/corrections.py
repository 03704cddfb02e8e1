"""What a reviewer writes instead of a proposed value: a control for each field, read as the directory reads.

Only what differs from the page as it was sent is a correction; nobody is told of a value left untouched.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yanapay.directory.choices import Kind
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.rules.fields import CODES, FIGURES, PRESENTED
from yanapay.mapping.rules.proposing import LIMITS, Known, read
from yanapay.places.models import Area
from yanapay.web.acting import say
from yanapay.web.directory.forms.fields import AreaField
from yanapay.web.mapping.words import Words, label

INPUT_TYPES = {
    "phone": "tel", "private_phone": "tel", "email": "email", "private_email": "email",
}  # fmt: skip


class Written(forms.Field):
    """One value, as the directory writes it; None when it was left as it stood."""

    def __init__(self, *, name: str, known: Known, **options: Any) -> None:
        super().__init__(required=False, label=label(name), **options)
        self.name, self.known = name, known

    def clean(self, value: Any) -> Any:
        if not self.has_changed(self.initial, value):
            return None
        cleaned = super().clean(value)
        if cleaned in ("", None, []):
            raise forms.ValidationError(_("Write a value, or untick what you do not accept."))
        try:
            return read(self.name, _plain(cleaned), self.known)
        except RuleBroken as problem:
            raise forms.ValidationError(say(problem.message)) from problem

    def has_changed(self, initial: Any, data: Any) -> bool:
        same_lines = data.replace("\r\n", "\n") if isinstance(data, str) else data
        return super().has_changed(initial, same_lines)


class WrittenText(Written, forms.CharField):
    """A line, or lines where the field holds a text."""


class WrittenChoice(Written, forms.ChoiceField):
    """One of a list."""


class WrittenCodes(Written, forms.MultipleChoiceField):
    """Some of a list."""


class WrittenArea(Written, AreaField):
    """A place by its name or code."""


class CorrectionForm(forms.Form):
    """A control for each of ``values`` ({field: proposed value})."""

    def __init__(
        self, data: Any = None, *, values: Mapping[str, Any], known: Known, words: Words
    ) -> None:
        super().__init__(data, prefix="correct")
        for name, value in values.items():
            self.fields[name] = _control(name, value, known, words)

    def corrected(self) -> dict[str, Any]:
        """{field: value} of what was written and can be read."""
        told = self.cleaned_data if self.is_bound and self.errors is not None else {}
        return {name: value for name, value in told.items() if value is not None}

    def refuse_unticked(self, accepted: Iterable[str]) -> None:
        """What was written without its tick is neither dropped nor taken: the reviewer says which."""
        for name in self.corrected().keys() - set(accepted):
            self.add_error(
                name, _("It was corrected but is not ticked. Tick it, or undo the correction.")
            )


def _control(name: str, value: Any, known: Known, words: Words) -> forms.Field:
    options: dict[str, Any] = {"name": name, "known": known}
    if name == "kind":
        return WrittenChoice(choices=Kind.choices, initial=value, **options)
    if name in CODES:
        return _codes(value, words, options)
    if name == "area":
        return WrittenArea(initial=words.say(name, value), help_text="", **options)
    return WrittenText(widget=_widget(name), initial=words.say(name, value), **options)


def _codes(value: Any, words: Words, options: dict[str, Any]) -> forms.Field:
    listed = [(code, said) for (of, code), said in words.codes.items() if of == options["name"]]
    known = {code for code, _said in listed}
    initial = [code for code in value if code in known] if isinstance(value, list) else []
    widget = forms.CheckboxSelectMultiple
    return WrittenCodes(choices=listed, initial=initial, widget=widget, **options)


def _widget(name: str) -> forms.Widget:
    if name in PRESENTED and name not in LIMITS:
        return forms.Textarea(attrs={"rows": 4})
    attrs = {"inputmode": "numeric"} if name in FIGURES or name == "start_year" else {}
    widget = forms.TextInput(attrs=attrs)
    widget.input_type = INPUT_TYPES.get(name, "text")
    return widget


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, Area) else value

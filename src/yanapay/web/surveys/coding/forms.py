"""The codes of one list as boxes to tick, each with a key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.mapping.queries.answers import INTERVIEW
from yanapay.surveys.models import Instrument
from yanapay.surveys.queries.coding import Task, open_questions, vocabularies
from yanapay.web.directory.forms.details import VOCABULARIES

KEYS = "1234567890qwertyuiopasdfghjklzxcvbnm"


class CodesForm(forms.Form):
    """None ticked means that no code fits."""

    codes = forms.MultipleChoiceField(
        label=_("Codes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, task: Task, initial: list[str] | None = None) -> None:
        super().__init__(data, initial={"codes": initial or []})
        self.fields["codes"].choices = [(t.code, t.label) for t in task.terms()]  # type: ignore[attr-defined]

    def boxes(self) -> list[tuple[str, str, str, bool]]:
        """(key, code, label, is ticked) of each code."""
        ticked = set(self["codes"].value() or [])
        named = self.fields["codes"].choices  # type: ignore[attr-defined]
        keys = [*KEYS, *[""] * max(0, len(named) - len(KEYS))]
        return [
            (key, code, label, code in ticked)
            for key, (code, label) in zip(keys, named, strict=False)
        ]


class TaskForm(forms.Form):
    """Which question is read against which list."""

    question = forms.ChoiceField(label=_("Open question"))
    vocabulary = forms.ChoiceField(label=_("List of codes"))

    def __init__(self, data: Any, instrument: Instrument, question: str = "") -> None:
        super().__init__(data, initial={"question": question})
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            (name, label) for name, label in open_questions(instrument) if name != INTERVIEW
        ]
        self.fields["vocabulary"].choices = [  # type: ignore[attr-defined]
            (name, VOCABULARIES.get(name, name)) for name in vocabularies()
        ]

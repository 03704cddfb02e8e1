"""Two people edited the same record: what was typed and what stands there now, side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models

from yanapay.kernel.errors import EditConflict
from yanapay.web.acting import attempt

T = TypeVar("T")


@dataclass(frozen=True)
class Saving(Generic[T]):
    """What became of an edit: done, refused (the form says why), or in ``conflicts``: what others saved."""

    is_done: bool = False
    conflicts: T | None = None


def save(form: forms.BaseForm, action: Callable[[], object], newer: Callable[[], T]) -> Saving[T]:
    """Carry the action out if the form is right; ``newer`` tells what somebody else saved meanwhile."""
    if not form.is_valid():
        return Saving()
    try:
        return Saving(attempt(form, action))
    except EditConflict:
        return Saving(conflicts=newer())


@dataclass(frozen=True)
class Difference:
    """One field in which the editor's version and the saved one differ."""

    label: str
    typed: Any
    current: Any


def differences(
    form: forms.ModelForm[Any], current: models.Model, shown: forms.ModelForm[Any] | None = None
) -> list[Difference]:
    """The fields that differ; the form then carries the newer version, so that saving again decides.

    ``shown`` is the same form over the current version, for a form that needs more than a scope.
    """
    shown = shown or type(form)(instance=current, **_arguments(form))
    found = [
        Difference(str(field.label), _in_words(form, name, form.cleaned_data.get(name)),
                   _in_words(shown, name, getattr(current, name, None)))
        for name, field in form.fields.items()
        if name != "version" and hasattr(current, name) and not isinstance(field, forms.FileField)
        and form.cleaned_data.get(name) != getattr(current, name)
    ]  # fmt: skip
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = current.version  # type: ignore[index, attr-defined]
    return found


def _arguments(form: forms.ModelForm[Any]) -> dict[str, Any]:
    return {"scope": form.scope} if hasattr(form, "scope") else {}


def _in_words(form: forms.ModelForm[Any], name: str, value: Any) -> Any:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        return value
    choices: dict[Any, Any] = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(choices.get(one, one)) for one in value or [])
    return choices.get(value) or getattr(value, "full_name", value)

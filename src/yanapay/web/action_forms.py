"""A form over the fields of a model, for an action: labels and widgets are the model's, nothing is saved."""

from typing import Any, TypeVar

from django import forms
from django.db.models import Model

M = TypeVar("M", bound=Model)


class ActionForm(forms.ModelForm[M]):
    """The action assigns and checks; the instance of the page stays as it was read."""

    @property
    def values(self) -> dict[str, Any]:
        """What was typed in the fields of the model, as the action takes it."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def _post_clean(self) -> None:
        """Where Django would write what was typed into the instance."""

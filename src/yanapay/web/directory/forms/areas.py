"""Several places of one record."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.places.models import Area
from yanapay.web.directory.forms.fields import AreaField


class AreasForm(forms.Form):
    """The places held, as boxes, and a further one. ``held`` are their keys."""

    held = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=_("Places"), required=False, widget=forms.CheckboxSelectMultiple
    )
    further = AreaField(label=_("Add a place"), required=False)

    def __init__(self, *args: Any, held: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = list(held)
        boxes: Any = self.fields["held"]
        boxes.queryset = Area.objects.filter(pk__in=keys)
        boxes.label_from_instance = lambda area: area.full_name
        self.initial["held"] = keys
        if not keys:
            del self.fields["held"]

    @property
    def areas(self) -> list[Area]:
        """Those that stay and the one that is added."""
        further = self.cleaned_data["further"]
        return [*self.cleaned_data.get("held", []), *([further] if further else [])]

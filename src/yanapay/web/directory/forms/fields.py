"""Fields that this trade needs: a place, a day, money, an activity, an organisation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.choosing import activities_called, areas_called
from yanapay.directory.queries.search import find_organisations, find_persons
from yanapay.directory.rules.values import grouped_phone, phone
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.keys import read_key
from yanapay.places.models import ActivityCode, Area
from yanapay.web.acting import say

CURRENCIES = [(code, code) for code in ("PEN", "USD", "BOB", "COP", "BRL", "ARS", "CLP", "EUR")]
COUNTRIES = [
    ("PE", _("Peru")), ("BO", _("Bolivia")), ("CO", _("Colombia")), ("EC", _("Ecuador")),
    ("VE", _("Venezuela")), ("AR", _("Argentina")), ("BR", _("Brazil")), ("CL", _("Chile")),
]  # fmt: skip


def day(**options: Any) -> forms.DateField:
    """A date with the browser's own picker."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options
    )


class PhoneField(forms.CharField):
    """One or two telephone numbers, kept as an import keeps them and shown in groups of digits."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return grouped_phone(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return phone(text) if text else ""
        except RuleBroken as error:
            raise forms.ValidationError(say(error.message)) from error


class ChoosyInput(forms.TextInput):
    """One line of text; when it fits several things, they are offered below it to choose from.

    Works without scripts: the choices come back with the page. A chosen one wins over the text.
    """

    template_name = "forms/choosy.html"

    def __init__(self, attrs: dict[str, Any] | None = None, suggest: str = "") -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.candidates: list[tuple[str, str]] = []
        self.suggest = suggest

    def value_from_datadict(
        self, data: Mapping[str, Any], files: "MultiValueDict[str, Any]", name: str
    ) -> Any:
        return data.get(f"{name}-choice") or super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(candidates=self.candidates, suggest=self.suggest)
        return context


class ChoosyField(forms.CharField):
    """Text that stands for one row of a table; subclasses say which."""

    widget: Any = ChoosyInput
    unknown = _("Nothing is known under this name. Check how it is written.")
    several = _("There are several of that name. Choose one.")

    def candidates(self, text: str) -> list[Any]:
        raise NotImplementedError

    def key(self, row: Any) -> str:
        return str(row.pk)

    def label_of(self, row: Any) -> str:
        return str(row)

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.candidates(text)
        if len(found) == 1:
            return found[0]
        self.widget.candidates = [(self.key(row), self.label_of(row)) for row in found[:12]]
        raise forms.ValidationError(self.several if found else self.unknown)


class AreaField(ChoosyField):
    """«El Tambo, Huancayo», or an official code."""

    unknown = _("No place of this name is known. Write it with its province: «El Tambo, Huancayo».")
    several = _("There are several places of that name. Choose one.")

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ChoosyInput(suggest="/areas/"))
        options.setdefault("label", _("Place"))
        options.setdefault(
            "help_text", _("District, province: «El Tambo, Huancayo». Or the UBIGEO code.")
        )
        super().__init__(**options)

    def candidates(self, text: str) -> list[Area]:
        return areas_called(text)

    def key(self, row: Area) -> str:
        return row.code

    def label_of(self, row: Area) -> str:
        return f"{row.full_name} ({row.get_level_display()})"

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            area = Area.objects.filter(pk=value).first()
            return area.full_name if area else ""
        return value.full_name if isinstance(value, Area) else value


class ActivityField(ChoosyField):
    """An ISIC (CIIU) code, or words of its description."""

    unknown = _("No activity like this is known. Try another word, or its CIIU code.")
    several = _("Several activities fit. Choose one.")

    def candidates(self, text: str) -> list[ActivityCode]:
        return activities_called(text)

    def key(self, row: ActivityCode) -> str:
        return row.code

    def label_of(self, row: ActivityCode) -> str:
        return labelled(row)


def labelled(activity: ActivityCode) -> str:
    """«1030 · Processing of fruit»: the code first, so that it is read back."""
    return f"{activity.code} · {activity.label(get_language() or 'es')}"


class OrganisationField(ChoosyField):
    """An organisation that the user may open, by name, number or id."""

    several = _("Several organisations fit. Choose one.")
    scope: Scope

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ChoosyInput(suggest="/directory/suggest/organisations/"))
        super().__init__(**options)

    def candidates(self, text: str) -> list[Organisation]:
        chosen = read_key(text.removeprefix("#")) if text.startswith("#") else None
        if chosen is not None:
            return list(Organisation.objects.live().visible_to(self.scope).filter(pk=chosen))
        hits = [hit.organisation for hit in find_organisations(self.scope, text) if hit.is_open]
        exact = [found for found in hits if found.name.casefold() == text.casefold()]
        return exact if len(exact) == 1 else hits

    def key(self, row: Organisation) -> str:
        return f"#{row.pk}"

    def label_of(self, row: Organisation) -> str:
        return f"{row.name} ({row.area.full_name})" if row.area else row.name


class PersonField(ChoosyField):
    """A person of the user's centres, by name or document number."""

    several = _("Several people fit. Choose one.")
    scope: Scope

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ChoosyInput(suggest="/directory/suggest/people/"))
        super().__init__(**options)

    def candidates(self, text: str) -> list[Person]:
        chosen = read_key(text.removeprefix("#")) if text.startswith("#") else None
        if chosen is not None:
            return list(Person.objects.live().visible_to(self.scope).filter(pk=chosen))
        found = find_persons(self.scope, text)
        exact = [person for person in found if person.name.casefold() == text.casefold()]
        return exact if len(exact) == 1 else found

    def key(self, row: Person) -> str:
        return f"#{row.pk}"

    def label_of(self, row: Person) -> str:
        return " · ".join(filter(None, [row.name, row.document_number or row.phone]))


def centre_field(scope: Scope, permission: str) -> "forms.ModelChoiceField[Centre]":
    """In which centre; hidden when there is no choice."""
    centres = Centre.objects.filter(is_active=True)
    allowed = scope.centres_with(permission)
    found = centres if allowed is None else centres.filter(pk__in=allowed)
    only = list(found[:2])
    return forms.ModelChoiceField(
        found, label=_("Centre"), empty_label=None,
        initial=only[0].pk if only else None,
        widget=forms.HiddenInput() if len(only) == 1 else forms.Select(),
    )  # fmt: skip

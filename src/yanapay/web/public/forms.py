"""What visitors write: the registration of an organisation, a remark about one, a code from a letter."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext as _, gettext_lazy

from yanapay.directory.choices import ConsentPurpose, Kind
from yanapay.directory.models import Term
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.queries.review import known_on
from yanapay.mapping.rules.proposing import read
from yanapay.places.models import Area
from yanapay.places.queries import gazetteer
from yanapay.web.acting import say
from yanapay.web.public.guarding import QUICKEST, TRAP, now_signed, seconds_since

CONSENT_TEXT = "public-2026-1"
COUNTRIES = ("PE", "BO", "CO", "EC", "VE")
LEFT_OUT = {Kind.PROSPECTIVE, Kind.SUPPLIER, Kind.BUYER}


class GuardedForm(forms.Form):
    """A form for anybody: a field that people do not see must stay empty, and writing takes its time."""

    fax_number = forms.CharField(required=False, label=gettext_lazy("Leave this empty"))
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown_at"] = now_signed()
        self.fields[TRAP].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))

    @property
    def seen(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != TRAP]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since = seconds_since(self.data.get("shown_at", ""))
        if since is None or since < QUICKEST:
            self.data = MultiValueDict({**_lists(self.data), "shown_at": [now_signed()]})
            self.add_error(None, _("Please look it over and send it once more."))
        return cleaned


def _lists(data: Any) -> dict[str, list[Any]]:
    return dict(data.lists()) if hasattr(data, "lists") else {}


class RegisterForm(GuardedForm):
    """An organisation tells of itself. What it proposes is read as a reviewer's page reads it."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=300)
    acronym = forms.CharField(label=gettext_lazy("Acronym"), max_length=60, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    department = forms.ChoiceField(label=gettext_lazy("Department or region"))
    place = forms.CharField(
        label=gettext_lazy("District or province"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For example: El Tambo"),
    )
    description = forms.CharField(
        label=gettext_lazy("What it does, in two or three sentences"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    products = forms.CharField(
        label=gettext_lazy("Products and services"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    activity_lines = forms.MultipleChoiceField(
        label=gettext_lazy("Lines of activity"), required=False, widget=forms.CheckboxSelectMultiple
    )
    start_year = forms.IntegerField(
        label=gettext_lazy("Year in which it began"), required=False, min_value=1800
    )
    networks = forms.CharField(
        label=gettext_lazy("Networks that it belongs to"), max_length=300, required=False
    )
    website = forms.CharField(label=gettext_lazy("Website"), max_length=300, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone for the public"), max_length=50, required=False
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail for the public"), max_length=254, required=False
    )
    address = forms.CharField(
        label=gettext_lazy("Address for the public"), max_length=300, required=False
    )
    contact_name = forms.CharField(label=gettext_lazy("Your name"), max_length=150)
    contact = forms.CharField(
        label=gettext_lazy("Your telephone or e-mail"),
        max_length=254,
        help_text=gettext_lazy(
            "Only to ask back. It is not shown, and is deleted once your registration is decided."
        ),
    )
    consent_public = forms.BooleanField(
        label=gettext_lazy(
            "I may speak for this organisation. It agrees that the above is shown here and in the open data."
        )
    )
    consent_service = forms.BooleanField(
        required=False,
        label=gettext_lazy("The centre may keep these data to offer us its services."),
    )

    FIELDS = (
        "name",
        "acronym",
        "kind",
        "description",
        "products",
        "start_year",
        "networks",
        "website",
        "phone",
        "email",
        "address",
        "activity_lines",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(
            ((k.value, str(k.label)) for k in Kind if k not in LEFT_OUT), key=lambda one: one[1]
        )
        self._choose("kind", [("", _("Choose…")), *kinds])
        self._choose("department", [("", _("Choose…")), *_departments()])
        self._choose("activity_lines", _lines())

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The visible fields under their headings."""
        names = list(self.fields)
        first, contact, you = (
            names.index("name"),
            names.index("website"),
            names.index("contact_name"),
        )
        return [
            (_("The organisation"), [self[name] for name in names[first:contact]]),
            (_("Contact that everybody may see"), [self[name] for name in names[contact:you]]),
            (_("You, and your consent"), [self[name] for name in names[you:]]),
        ]

    def clean_start_year(self) -> str:
        year = self.cleaned_data.get("start_year")
        return "" if year is None else str(year)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        known = known_on(timezone.localdate())
        for field in self.FIELDS:
            if cleaned.get(field) in ("", None, []):
                continue
            try:
                read(field, cleaned[field], known)
            except RuleBroken as problem:
                self.add_error(field, say(problem.message))
        if "department" in cleaned:
            cleaned["area"] = self._area(cleaned["department"], cleaned.get("place", ""))
        return cleaned

    @cached_property
    def proposed(self) -> dict[str, Any]:
        """Field → value of what was filled in."""
        told = {field: self.cleaned_data.get(field) for field in (*self.FIELDS, "area")}
        return {field: value for field, value in told.items() if value not in ("", None, [])}

    @property
    def contact_given(self) -> dict[str, str]:
        told = self.cleaned_data
        return {"name": told["contact_name"], "reach": told["contact"], "text": CONSENT_TEXT}

    @property
    def consents(self) -> list[str]:
        purposes = (ConsentPurpose.PUBLIC, ConsentPurpose.SERVICE)
        return [
            purpose.value for purpose in purposes if self.cleaned_data.get(f"consent_{purpose}")
        ]

    def _area(self, department: str, place: str) -> str:
        """The code of the place below the department; the department's own where no place is named."""
        if not place.strip():
            return department
        within = gazetteer().by_code(department)
        path = within.path if within else ""
        country = path[:2]
        found = [
            ref for ref in gazetteer().by_name(place, country) if ref.path.startswith(f"{path}/")
        ]
        if not found:
            self.add_error(
                "place", _("There is no place of this name in the department that you chose.")
            )
            return ""
        return found[-1].code if len({ref.name for ref in found}) == 1 else found[0].code

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices


class RemarkForm(GuardedForm):
    """What is wrong about an entry, from anybody."""

    message = forms.CharField(
        label=gettext_lazy("What is wrong, and what is right"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Your telephone or e-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy(
            "Only if we may ask back. It is deleted once your remark is dealt with."
        ),
    )


def _departments() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The first level of each country under its name, Peru first."""
    countries = dict(Area.objects.filter(level=0, code__in=COUNTRIES).values_list("code", "name"))
    rows = Area.objects.filter(level=1, country__in=COUNTRIES).order_by("name_key")
    held: dict[str, list[tuple[str, str]]] = {}
    for country, code, name in rows.values_list("country", "code", "name"):
        held.setdefault(country, []).append((code, name))
    yield from ((countries.get(code, code), held[code]) for code in COUNTRIES if code in held)


def _lines() -> list[tuple[str, str]]:
    label = "label_en" if (get_language() or "").startswith("en") else "label_es"
    return list(
        Term.objects.filter(vocabulary="activity_lines").order_by(label).values_list("code", label)
    )

"""Both sides of a conflict in words: what stands in the record, and what the file says of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext as _, gettext_lazy

from yanapay.directory.models import Conflict, Observation, Term
from yanapay.directory.rules.figures import MONEY
from yanapay.places.models import ActivityCode, Area
from yanapay.web.directory.words import label, shown
from yanapay.web.imports.fields import LABELS
from yanapay.web.templatetags.ui import money

Side = tuple[str, str, str]
EMPTY = "—"


def sides(conflict: Conflict) -> list[Side]:
    """Field, what stands in the record, what the file says; one line for each figure."""
    found: list[Side] = []
    for name, proposed in conflict.proposed.items():
        current = conflict.current.get(name)
        if name.startswith("_"):
            continue
        if name == "observation":
            found += _figures(current or {}, proposed)
        elif name == "extra":
            found += _extras(current or {}, proposed)
        else:
            write = _WRITERS.get(name)
            said = [write(one) if write else _plain(name, one) for one in (current, proposed)]
            found.append((_name(name), said[0] or EMPTY, said[1]))
    return found


def _figures(current: Mapping[str, Any], proposed: Mapping[str, Any]) -> list[Side]:
    """The figures of one day; those that the record has of that day stand beside them."""
    names = [name for name in proposed if name not in ("currency", "replaces")]
    day = proposed.get("observed_on")
    known = {**current, "observed_on": day} if current else {}
    return [
        (_name(name), _figure(name, known), _figure(name, proposed))
        for name in sorted(names, key="observed_on".__ne__)
        if name == "observed_on" or known.get(name) != proposed[name]
    ]


def _figure(name: str, figures: Mapping[str, Any]) -> str:
    value = figures.get(name)
    if name in MONEY and value is not None:
        return money(value, figures.get("currency", ""))
    if name == "observed_on" and not value:
        return _("the day of the import") if figures else EMPTY
    return shown(name, value, Observation)


def _extras(current: Mapping[str, Any], proposed: Mapping[str, Any]) -> list[Side]:
    """Columns without a field that differ."""
    return [
        (header, str(current.get(header) or EMPTY), str(value))
        for header, value in proposed.items()
        if current.get(header) != value
    ]


def _name(name: str) -> str:
    return str(_TITLES.get(name) or LABELS.get(name) or label(name, Observation))


def _plain(name: str, value: Any) -> str:
    return shown(name, value)


def _area(value: int | None) -> str:
    found = Area.objects.filter(pk=value).first() if value else None
    return str(found) if found else ""


def _areas(value: list[int] | None) -> str:
    return "; ".join(map(_area, value or []))


def _activities(value: list[int] | None) -> str:
    return "; ".join(map(str, ActivityCode.objects.filter(pk__in=value or [])))


def _attributes(value: list[list[str]] | None) -> str:
    """The labels of coded attributes; a code that has none stands as it is."""
    terms = {
        (term.vocabulary, term.code): term.label_es if get_language() == "es" else term.label_en
        for term in Term.objects.filter(code__in=[code for _list, code in value or []])
    }
    return "; ".join(terms.get((vocabulary, code), code) for vocabulary, code in value or [])


def _tax_id(value: list[Any] | None) -> str:
    """One number, or those that the record has: (country, type, number, …)."""
    several = value if value and isinstance(value[0], list) else [value] if value else []
    return "; ".join(str(number) for _country, _type, number, *_rest in several)


def _owner(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(filter(None, (value["name"], value["document_number"])))
    return "; ".join(one.title() for one in value or [])


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "area_id": _area, "areas": _areas, "activities": _activities, "attributes": _attributes,
    "tax_id": _tax_id, "owner": _owner,
}  # fmt: skip
_TITLES = {
    "area_id": LABELS["ubigeo"], "areas": LABELS["region"], "activities": LABELS["activity"],
    "attributes": gettext_lazy("Codes of lists"), "owner": LABELS["owner_name"],
    "phone": LABELS["public_phone"], "email": LABELS["public_email"], "private_phone": LABELS["phone"],
    "private_email": LABELS["email"],
}  # fmt: skip

"""By what a table may be grouped, as the address and the selector of its page say it."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.analytics.queries.forms import groupings
from yanapay.analytics.queries.groupings import (
    GROUP_TITLES,
    MACRO_REGION,
    SOURCE_SCHEME,
    schemes,
)
from yanapay.analytics.queries.tables import KEPT, SUFFIX
from yanapay.centres.rules import Scope
from yanapay.web.acting import say

Choice = tuple[str, str]
Grouped = tuple[str, list[Choice]]


class GroupForm(forms.Form):
    """The selector of a table's page; ``macro_region:inei`` names the scheme too."""

    by = forms.ChoiceField(label=_("Group by"))

    def __init__(self, chosen: str, choices: list[Choice | Grouped]) -> None:
        super().__init__({"by": chosen})
        self.fields["by"].choices = choices  # type: ignore[attr-defined]


def choices(name: str, scope: Scope) -> list[Choice | Grouped]:
    """All groupings of a table; none to choose when there is only one."""
    kept = KEPT.get(name)
    if kept is None:
        return _of_form(name, scope)
    if len(kept.groupings) == 1:
        return []
    return [
        choice for code in kept.groupings
        for choice in _kept(code, is_printed=name.endswith(SUFFIX))
    ]  # fmt: skip


def read(by: str) -> tuple[str, str]:
    """Grouping and scheme of an address."""
    group_by, _, scheme = by.partition(":")
    return group_by, scheme


def _kept(code: str, *, is_printed: bool) -> Iterator[Choice]:
    title = say(GROUP_TITLES[code])
    if code != MACRO_REGION:
        yield code, title
        return
    for scheme in schemes():
        if scheme.code == SOURCE_SCHEME or not is_printed:
            yield _scheme(scheme.code, scheme.name)


def _of_form(name: str, scope: Scope) -> list[Choice | Grouped]:
    """Places, then the questions with a list, then all others, told apart by classes or as answered."""
    places, listed, others = list[Choice](), list[Choice](), list[Choice]()
    for code, label, is_closed in groupings(name, scope):
        if code == f"{MACRO_REGION}:":
            places += [
                _scheme(one.code, one.name) for one in schemes() if one.code != SOURCE_SCHEME
            ]
        elif not label:
            places.append((code, say(GROUP_TITLES[code])))
        else:
            (listed if is_closed else others).append((code, label))
    asked = ((gettext("Questions with a list"), listed), (gettext("Other questions"), others))
    return [*places, *(pair for pair in asked if pair[1])]


def _scheme(code: str, name: str) -> Choice:
    return f"{MACRO_REGION}:{code}", gettext("Macro-region: {scheme}").format(scheme=name)

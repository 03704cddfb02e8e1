"""By what a table may be grouped, as the address and the selector of its page say it."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.analytics.queries.forms import groupings
from yanapay.analytics.queries.groupings import MACRO_REGION, SOURCE_SCHEME, schemes
from yanapay.analytics.queries.tables import GROUP_TITLES, KEPT, SUFFIX
from yanapay.centres.rules import Scope
from yanapay.web.acting import say

Choice = tuple[str, str]


class GroupForm(forms.Form):
    """The selector of a table's page; ``macro_region:inei`` names the scheme too."""

    by = forms.ChoiceField(label=_("Group by"))

    def __init__(self, chosen: str, choices: list[Choice]) -> None:
        super().__init__({"by": chosen})
        self.fields["by"].choices = choices  # type: ignore[attr-defined]


def choices(name: str, scope: Scope) -> list[Choice]:
    """All groupings of a table; none to choose when there is only one."""
    kept = KEPT.get(name)
    if kept is None:
        return list(_of_form(name, scope))
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


def _of_form(name: str, scope: Scope) -> Iterator[Choice]:
    for code, label in groupings(name, scope):
        if code == f"{MACRO_REGION}:":
            yield from (
                _scheme(one.code, one.name) for one in schemes() if one.code != SOURCE_SCHEME
            )
        else:
            yield code, label or say(GROUP_TITLES[code])


def _scheme(code: str, name: str) -> Choice:
    return f"{MACRO_REGION}:{code}", gettext("Macro-region: {scheme}").format(scheme=name)

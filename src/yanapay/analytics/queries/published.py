"""The answers to a question as anybody may see them (docs/domains/tables.md, "Small cells")."""

from yanapay.analytics.queries.answers import answer_group, asked, coded, counted
from yanapay.analytics.queries.groupings import (
    DEPARTMENT,
    MACRO_REGION,
    NONE,
    SOURCE_SCHEME,
    Grouping,
    macro_regions,
    terms,
)
from yanapay.analytics.queries.questions import Named, asked_of
from yanapay.analytics.rules.crosstab import Crosstab
from yanapay.analytics.rules.publication import all_together, joined
from yanapay.analytics.rules.suppression import protect
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.places.choices import Level
from yanapay.places.models import AreaGroup

PUBLIC_BY = (NONE, DEPARTMENT, MACRO_REGION)
RELEASES = Message("Answers are added by fives: the last ones wait until five came.")
OFFICE_ONLY = Message(
    "Of this question the public sees no table: only of those answered from a list or coded."
).template


def published(found: Named, group_by: str, scheme: str = "") -> tuple[Crosstab, Grouping | None]:
    """The table of a question for the public: all together, by department, or by macro-regions made of them."""
    if not (found.about.is_closed or found.vocabulary):
        raise RuleBroken(OFFICE_ONLY)
    if group_by not in PUBLIC_BY:
        raise RuleBroken("For the public, answers are grouped by: {names}.", names=", ".join(PUBLIC_BY),
                         field="group_by")  # fmt: skip
    has_place = asked_of(found.instrument, "area") is not None
    if group_by != NONE and not has_place:
        raise RuleBroken("The form {form} does not ask for the place.", form=found.instrument.form_id,
                         field="group_by")  # fmt: skip
    finest = _finest(found, DEPARTMENT if has_place else NONE)
    if group_by == MACRO_REGION:
        place = _of_departments(scheme)
        return joined(finest, place.read, place.labels), place
    return (finest if group_by == DEPARTMENT else all_together(finest)), None


def _finest(found: Named, group_by: str) -> Crosstab:
    """The one table that is protected; all others are made of what it shows."""
    answers = counted(found.instrument, None)
    by = answer_group(found.instrument, group_by, "", answers)
    if not found.vocabulary:
        return protect(asked(answers, found.about, by).tab)
    return protect(coded(answers, found.about, found.vocabulary, terms(found.vocabulary), by))


def _of_departments(scheme: str) -> Grouping:
    """A scheme whose macro-regions are whole departments; others would cut the finest table anew."""
    found = macro_regions(scheme)
    cut = AreaGroup.objects.filter(scheme__code=scheme, members__area__level__gt=Level.FIRST)
    if scheme == SOURCE_SCHEME or cut.exists():
        raise RuleBroken(
            "The form asks for the place: choose a scheme of macro-regions.", field="scheme"
        )
    return found

"""What the filters of the directory leave. Counting it, reading it in pages: ``counting`` and ``paging``."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, OrganisationActivity
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.filters import VOCABULARIES, Filters, in_area
from yanapay.directory.queries.search import having_words
from yanapay.directory.queries.sizing import having_size
from yanapay.directory.queries.tallying import is_narrow
from yanapay.kernel.keys import read_key
from yanapay.places.choices import Revision


def organisations(scope: Scope, filters: Filters) -> OrganisationQuerySet:
    """All organisations that the scope may open and the filters leave, without order."""
    found = Organisation.objects.live().visible_to(scope)
    found = found.filter(**{n: v for n in ("kind", "status") if (v := getattr(filters, n))})
    numbers = {n: read_key(getattr(filters, n)) for n in ("centre", "responsible")}
    found = found.filter(**{n: v for n, v in numbers.items() if v is not None})
    for name, vocabulary in VOCABULARIES.items():
        if value := getattr(filters, name):
            found = found.filter(attributes__vocabulary=vocabulary, attributes__code=value)
    if filters.area:
        found = found.filter(in_area(filters.area))
    if filters.section:
        found = found.filter(pk__in=_active_in(filters.section))
    if filters.q:
        found = having_words(found, filters.q, few=partial(is_narrow, scope, filters))
    return having_size(found, filters.size) if filters.size else found


def exportable(scope: Scope, filters: Filters) -> OrganisationQuerySet:
    """What the filters leave, of the centres where the user may export; in order of name."""
    found = organisations(scope, filters).by_name()
    centres = scope.centres_with("directory.export")
    return found if centres is None else found.filter(centre__in=centres)


def _active_in(section: str) -> "QuerySet[OrganisationActivity, Any]":
    """Who has an activity of a section of ISIC Rev. 4, as organisation numbers."""
    held = OrganisationActivity.objects.filter(
        activity__revision=Revision.REV4, activity__section=section
    )
    return held.values("organisation")

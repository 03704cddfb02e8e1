"""What :class:`Tally` can tell of a list without looking at organisations."""

from django.db.models import QuerySet, Sum

from yanapay.centres.rules import Scope
from yanapay.directory.models import Tally
from yanapay.directory.models.organisations import is_shown_others_files
from yanapay.directory.queries.filters import Filters, in_area
from yanapay.kernel.keys import read_key

NARROW = (
    10_000  # organisations among which a common word is looked for in their texts, not in the index
)


def is_narrow(scope: Scope, filters: Filters) -> bool:
    """Whether centre and place alone leave so few that each may be looked at."""
    return (tally(scope, filters).aggregate(n=Sum("n"))["n"] or 0) <= NARROW


def knows(scope: Scope, filters: Filters) -> bool:
    """Whether the sorts of the tally suffice: it knows neither words and codes nor shared files."""
    return set(filters.given) <= {"kind", "status", "centre", "area"} and not _sees_shared(scope)


def tally(scope: Scope, filters: Filters) -> "QuerySet[Tally]":
    """The tally's rows by centre and area; by kind and status they are told apart."""
    found = Tally.objects.exclude(status="merged")
    centres = scope.centres_with("directory.view")
    if centres is not None:
        found = found.filter(centre__in=centres)
    if (centre := read_key(filters.centre)) is not None:
        found = found.filter(centre=centre)
    return found.filter(in_area(filters.area)) if filters.area else found


def _sees_shared(scope: Scope) -> bool:
    """Whether other centres share files with this scope; the tally does not know of those."""
    centres = scope.centres_with("directory.view")
    return centres is not None and is_shown_others_files(centres)

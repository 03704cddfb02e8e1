"""What the filters of the directory leave. Counting it, reading it in pages: ``counting`` and ``paging``."""

from django.db.models import Exists, OuterRef

from yanapay.base import finding
from yanapay.directory.models import Affiliation, OrganisationActivity
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.filters import VOCABULARIES
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.queries.sizing import having_size
from yanapay.kernel.keys import read_key


def organisations(asked: Selection, *, to_count: bool = False) -> OrganisationQuerySet:
    """All organisations that the scope may open and the filters leave, without order.

    ``to_count`` says that all of them will be looked at, not the first few.
    """
    filters, found = asked.filters, asked.around()
    found = found.filter(**{n: v for n in ("kind", "status") if (v := getattr(filters, n))})
    if (responsible := read_key(filters.responsible)) is not None:
        found = found.filter(responsible=responsible)
    for name, vocabulary in VOCABULARIES.items():
        if value := getattr(filters, name):
            found = found.filter(attributes__vocabulary=vocabulary, attributes__code=value)
    if (network := read_key(filters.network)) is not None:
        members = Affiliation.objects.filter(network=network, until=None)
        found = found.filter(pk__in=members.values("member"))
    if filters.activity:
        found = _active(found, asked, to_count=to_count)
    if filters.q:
        found = _named(found, asked)
    return having_size(found, filters.size) if filters.size else found


def exportable(asked: Selection) -> OrganisationQuerySet:
    """What the filters leave, of the centres where the user may export; in order of name."""
    found = organisations(asked).by_name()
    centres = asked.scope.centres_with("directory.export")
    return found if centres is None else found.filter(centre__in=centres)


def _named(found: OrganisationQuerySet, asked: Selection) -> OrganisationQuerySet:
    if asked.named is None:
        return finding.matching(found, asked.choices)
    return found.filter(pk__in=asked.named)


def _active(
    found: OrganisationQuerySet, asked: Selection, *, to_count: bool
) -> OrganisationQuerySet:
    """Of a common activity each organisation is asked: a list meets one soon enough.

    To count all, SQLite gathers first who has it: ten times faster.
    """
    if asked.active is not None:
        return found.filter(pk__in=asked.active)
    held = OrganisationActivity.objects.filter(activity__in=asked.activities)
    if to_count:
        return found.filter(pk__in=held.values("organisation"))
    return found.filter(Exists(held.filter(organisation=OuterRef("pk"))))

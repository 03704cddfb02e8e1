"""How often each need, strength or opportunity is named in a filtered list."""

from django.db.models import Count

from yanapay.centres.rules import Scope
from yanapay.directory.models import CodedAttribute, OrganisationActivity, Term
from yanapay.directory.queries.listing import (
    VOCABULARIES,
    Facet,
    FacetValue,
    Filters,
    organisations,
)
from yanapay.directory.queries.sizing import count_sizes
from yanapay.places.choices import Revision

SIZES = ("micro", "small", "medium", "large")


def coded(scope: Scope, filters: Filters, name: str) -> Facet:
    """Counts by code of one vocabulary, with the other filters applied."""
    vocabulary, chosen = VOCABULARIES[name], getattr(filters, name)
    among = organisations(scope, filters.without(name)).order_by().values("pk")
    held = CodedAttribute.objects.filter(vocabulary=vocabulary, organisation__in=among)
    rows = held.values_list("code").annotate(n=Count("pk")).order_by("-n", "code")
    return Facet(name, [FacetValue(code, n, code == chosen) for code, n in rows])


def sections(scope: Scope, filters: Filters) -> Facet:
    """Counts by section of ISIC Rev. 4, with the other filters applied."""
    among = organisations(scope, filters.without("section")).order_by().values("pk")
    held = OrganisationActivity.objects.filter(
        activity__revision=Revision.REV4, organisation__in=among
    )
    rows = held.values_list("activity__section").annotate(n=Count("organisation", distinct=True))
    return Facet(
        "section",
        [FacetValue(code, n, code == filters.section) for code, n in rows.order_by("-n")],
    )


def sizes(scope: Scope, filters: Filters) -> Facet:
    """Counts by size under the law of the country, with the other filters applied; the smallest first."""
    counted = count_sizes(organisations(scope, filters.without("size")))
    ordered = sorted(counted.items(), key=lambda item: (_rank(item[0]), item[0]))
    return Facet("size", [FacetValue(value, n, value == filters.size) for value, n in ordered])


def _rank(size: str) -> int:
    return next((n for n, name in enumerate(SIZES) if size.startswith(name)), len(SIZES))


def labels(vocabularies: list[str]) -> dict[tuple[str, str], str]:
    """(vocabulary, code) → label in the reader's language."""
    terms = Term.objects.filter(vocabulary__in=vocabularies)
    return {(term.vocabulary, term.code): term.label for term in terms}

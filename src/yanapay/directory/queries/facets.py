"""How often each need, strength, opportunity, activity or size is met among some organisations."""

from django.db.models import Count

from yanapay.directory.models import CodedAttribute, OrganisationActivity, Term
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.counting import Facet, FacetValue
from yanapay.directory.queries.filters import VOCABULARIES
from yanapay.directory.queries.sizing import count_sizes
from yanapay.places.choices import Revision

SIZES = ("micro", "small", "medium", "large")


def coded(among: OrganisationQuerySet, name: str, chosen: str = "") -> Facet:
    """Counts by code of one vocabulary."""
    held = CodedAttribute.objects.filter(
        vocabulary=VOCABULARIES[name], organisation__in=among.order_by().values("pk")
    )
    rows = held.values_list("code").annotate(n=Count("pk")).order_by("-n", "code")
    return Facet(name, [FacetValue(code, n, code == chosen) for code, n in rows])


def sections(among: OrganisationQuerySet, chosen: str = "") -> Facet:
    """Counts by section of ISIC Rev. 4."""
    held = OrganisationActivity.objects.filter(
        activity__revision=Revision.REV4, organisation__in=among.order_by().values("pk")
    )
    rows = held.values_list("activity__section").annotate(n=Count("organisation", distinct=True))
    return Facet(
        "section", [FacetValue(code, n, code == chosen) for code, n in rows.order_by("-n")]
    )


def sizes(among: OrganisationQuerySet, chosen: str = "") -> Facet:
    """Counts by size under the law of the country; the smallest first. Raises TooMany as ``sizing`` does."""
    ordered = sorted(count_sizes(among).items(), key=lambda item: (_rank(item[0]), item[0]))
    return Facet("size", [FacetValue(value, n, value == chosen) for value, n in ordered])


def _rank(size: str) -> int:
    return next((n for n, name in enumerate(SIZES) if size.startswith(name)), len(SIZES))


def labels(vocabularies: list[str]) -> dict[tuple[str, str], str]:
    """(vocabulary, code) → label in the reader's language."""
    terms = Term.objects.filter(vocabulary__in=vocabularies)
    return {(term.vocabulary, term.code): term.label for term in terms}

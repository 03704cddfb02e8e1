"""How often each need, strength, opportunity, activity, network or size is met among some organisations."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef

from yanapay.directory.models import Affiliation, CodedAttribute, OrganisationActivity, Term
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.counting import Facet, FacetValue
from yanapay.directory.queries.filters import VOCABULARIES
from yanapay.directory.queries.sizing import count_sizes
from yanapay.places.queries import activity_tree

SIZES = ("micro", "small", "medium", "large")


def coded(among: OrganisationQuerySet, name: str, chosen: str = "") -> Facet:
    """Counts by code of one vocabulary."""
    held = CodedAttribute.objects.filter(
        vocabulary=VOCABULARIES[name], organisation__in=among.order_by().values("pk")
    )
    rows = held.values_list("code").annotate(n=Count("pk")).order_by("-n", "code")
    return Facet(name, [FacetValue(code, n, code == chosen) for code, n in rows])


def activities(among: OrganisationQuerySet, chosen: str = "") -> Facet:
    """Counts one level below the chosen activity; the sections of ISIC Rev. 4 when there is none."""
    tree = activity_tree()
    above = tree.path(chosen) if chosen else ()
    held = OrganisationActivity.objects.filter(organisation__in=among.order_by().values("pk"))
    having: defaultdict[str, set[int]] = defaultdict(set)
    for organisation, activity in held.values_list("organisation", "activity"):
        path = tree.place(activity)
        if path[: len(above)] == above and len(path) > len(above):
            having[path[len(above)]].add(organisation)
    counts = sorted(((code, len(who)) for code, who in having.items()), key=_most_first)
    return Facet("activity", [FacetValue(code, n, code == chosen) for code, n in counts])


def uncounted_activities(chosen: str = "") -> Facet:
    """The same of a list that is too long to count them."""
    below = activity_tree().below(chosen)
    return Facet("activity", [FacetValue(code, None, is_chosen=False) for code in below])


def networks(among: OrganisationQuerySet, chosen: str = "") -> Facet:
    """Counts by network: read from the affiliations, which are few beside the organisations of a registry."""
    belonging = Exists(among.order_by().filter(pk=OuterRef("member")))
    held = Affiliation.objects.filter(belonging, until=None).values_list("network")
    rows = held.annotate(n=Count("pk")).order_by()
    counts = sorted(((str(network), n) for network, n in rows), key=_most_first)
    return Facet("network", [FacetValue(key, n, key == chosen) for key, n in counts])


def sizes(among: OrganisationQuerySet, chosen: str = "") -> Facet:
    """Counts by size under the law of the country; the smallest first. Raises TooMany as ``sizing`` does."""
    ordered = sorted(count_sizes(among).items(), key=lambda item: (_rank(item[0]), item[0]))
    return Facet("size", [FacetValue(value, n, value == chosen) for value, n in ordered])


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _rank(size: str) -> int:
    return next((n for n, name in enumerate(SIZES) if size.startswith(name)), len(SIZES))


def labels(vocabularies: list[str]) -> dict[tuple[str, str], str]:
    """(vocabulary, code) → label in the reader's language."""
    terms = Term.objects.filter(vocabulary__in=vocabularies)
    return {(term.vocabulary, term.code): term.label for term in terms}

"""Lists cut by size under the law of each organisation's country. Nothing is stored: a size follows from
the latest figures, so the list must first be short enough to look at the figures of each.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.figures import LatestFigures, figures_among
from yanapay.directory.rules.law import scheme_of
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.sizes import Label, Scheme, scheme
from yanapay.kernel.sizes.columns import labels


class TooMany(RuleBroken):
    """The list is too long to look at the figures of each."""


MANY = 20_000  # more organisations than this are not looked at one by one for a list
SEVERAL = "-"


def having_size(found: OrganisationQuerySet, size: str) -> OrganisationQuerySet:
    """Those of one size (:func:`size_value`). Raises TooMany when there are too many to look at."""
    held = [
        pk
        for figures, law in _by_law(found)
        for pk in figures.organisation[_codes_named(figures, law, size)].tolist()
    ]
    return found.filter(pk__in=held)


def count_sizes(found: OrganisationQuerySet) -> Counter[str]:
    """How many organisations have each size, by :func:`size_value`."""
    counted: Counter[str] = Counter()
    for figures, law in _by_law(found):
        for label, n in figures.population(law).items():
            counted[size_value(label)] += n
    return counted


def size_value(label: Label) -> str:
    """How a size stands in an address: ``micro``, ``micro-small`` (either), ``none``, ``undetermined``."""
    return SEVERAL.join(label.classes) or label.outcome


def read_size(value: str) -> Label:
    """The reverse of :func:`size_value`; what is no size is a class that nobody has."""
    if value in ("none", "undetermined"):
        return Label(value)  # type: ignore[arg-type]
    classes = tuple(value.split(SEVERAL))
    return Label("class" if len(classes) == 1 else "several", classes)


def _by_law(found: OrganisationQuerySet) -> list[tuple[LatestFigures, Scheme]]:
    """The latest figures, apart for each law."""
    keys = list(found.order_by().values_list("pk", flat=True)[: MANY + 1])
    if len(keys) > MANY:
        raise TooMany(
            "Sizes are told for lists of up to {n} organisations. Choose a place or a kind first.",
            n=MANY,
        )
    plain = found.model.objects.filter(pk__in=keys)  # the filters may be dear: they are asked once
    figures = figures_among(plain)
    countries = dict(plain.values_list("pk", "country"))
    laws = np.array(
        [scheme_of(countries[pk]) for pk in figures.organisation.tolist()], dtype=object
    )
    return [(figures.take(np.flatnonzero(laws == law)), scheme(law)) for law in sorted(set(laws))]


def _codes_named(figures: LatestFigures, law: Scheme, size: str) -> NDArray[np.bool_]:
    wanted = [code for code, label in labels(law).items() if size_value(label) == size]
    return np.isin(figures.codes(law), wanted)

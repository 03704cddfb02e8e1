"""What somebody asks of the directory: through whose eyes, cut by what.

A page asks several questions of one list (its rows, its total, its facets). What is dear to look up for them is
looked up once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from django.db.models import Q

from yanapay.base import finding, search
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, OrganisationActivity
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries import tallying
from yanapay.directory.queries.filters import Filters, in_area
from yanapay.kernel.keys import read_key
from yanapay.places.queries import activity_tree, gazetteer

T = TypeVar("T")
COMMON = 5_000  # more organisations than this, of whatever centre, have the words or the activity


@dataclass(frozen=True)
class Selection:
    """A list of organisations that is asked for, before it is read."""

    scope: Scope
    filters: Filters
    _known: dict[tuple[str, ...], object] = field(default_factory=dict, repr=False, compare=False)

    def without(self, name: str) -> "Selection":
        """The same without a filter; what one of the two has looked up the other knows."""
        return replace(self, filters=self.filters.without(name))

    def around(self) -> OrganisationQuerySet:
        """Whom the scope may open of the chosen centre and place, however else the list is cut."""
        found = Organisation.objects.live().visible_to(self.scope)
        if (centre := read_key(self.filters.centre)) is not None:
            found = found.filter(centre=centre)
        return found.filter(self._within) if self.filters.area else found

    @property
    def _within(self) -> Q:
        return self._once("within", lambda: in_area(self.filters.area))

    @property
    def is_of_one_place(self) -> bool:
        """Whether the list is that of a district, of some kinds and states of it perhaps."""
        around = {"centre", "area", "kind", "status"}
        is_plain = bool(self.filters.area) and set(self.filters.given) <= around
        return is_plain and len(gazetteer().under(self.filters.area)) == 1

    @property
    def is_narrow(self) -> bool:
        """Whether centre and place alone leave so few that each may be looked at."""
        return self._once("narrow", lambda: tallying.is_narrow(self.scope, self.filters))

    @property
    def choices(self) -> finding.Choices:
        """What each word of the text may stand for."""
        return self._once("choices", lambda: search.alternatives(self.filters.q))

    @property
    def named(self) -> list[int] | None:
        """Keys of those whose names hold the words, typing errors forgiven; None when too many do."""
        return self._once("named", self._look_for_words)

    @property
    def active(self) -> list[int] | None:
        """Keys of those with the activity, of whatever centre; None when too many have it."""
        return self._once("active", self._look_for_activity)

    def _look_for_words(self) -> list[int] | None:
        keys = finding.first_keys(Organisation, self.choices, COMMON)
        if keys is None and self.is_narrow:
            # the index would name all who have the words: their texts are fewer
            return finding.matching_one_by_one(self.around(), self.choices)
        return keys

    def _look_for_activity(self) -> list[int] | None:
        held = OrganisationActivity.objects.filter(activity__in=self.activities)
        keys = list(held.values_list("organisation", flat=True)[: COMMON + 1])
        return keys if len(keys) <= COMMON else None

    @property
    def activities(self) -> list[int]:
        """The chosen activity and those below it."""
        return activity_tree().under(self.filters.activity)

    def _once(self, name: str, look: Callable[[], T]) -> T:
        asked = self.filters
        key = (name, asked.q, asked.activity, asked.centre, asked.area)
        if key not in self._known:
            self._known[key] = look()
        return cast("T", self._known[key])

"""What making two records one would do: the same plan is shown by the dry run and carried out by the action."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.base import finding, relations
from yanapay.base.relations import Link
from yanapay.centres.rules import Scope
from yanapay.directory.models import Merge, Organisation, Person, PersonMerge, Provenance
from yanapay.directory.models.batches import BatchChange
from yanapay.directory.rules.duplicates import bare_phone, spellings
from yanapay.kernel.text import words

R = TypeVar("R", Organisation, Person)
LOOKED_AT = 50
POINT = ("latitude", "longitude", "precision")
DOCUMENT = ("document_number", "document_type", "document_country")
FIELDS = (
    ("name",), ("trade_name",), ("acronym",), ("kind",), ("legal_form",), ("country",), ("area",),
    ("address",), POINT, ("phone",), ("email",), ("website",), ("private_phone",), ("private_email",),
    ("languages",), ("start_date",), ("start_year",), ("responsible",),
)  # fmt: skip
PERSON_FIELDS = (
    ("name",), ("sex",), ("birth_year",), DOCUMENT, ("phone",), ("email",), ("education",),
    ("languages",), ("self_identification",), ("disability",),
)  # fmt: skip
CHOSEN: Mapping[type[models.Model], tuple[tuple[str, ...], ...]] = {
    Organisation: FIELDS, Person: PERSON_FIELDS,
}  # fmt: skip
TITLES = {
    "directory.Identifier.organisation": _("official numbers"),
    "directory.OrganisationArea.organisation": _("further areas"),
    "directory.OrganisationActivity.organisation": _("activities"),
    "directory.CodedAttribute.organisation": _("needs, strengths and other marks"),
    "directory.Formality.organisation": _("marks of formality"),
    "directory.Note.organisation": _("notes"),
    "directory.FileRecord.organisation": _("files"),
    "directory.Conflict.organisation": _("conflicts of imports"),
    "directory.Observation.organisation": _("dated figures"),
    "directory.PersonRoleRecord.organisation": _("people"),
    "directory.Affiliation.member": _("networks it belongs to"),
    "directory.Affiliation.network": _("members of the network"),
    "directory.Consent.organisation": _("consents"),
    "directory.SharingRequest.organisation": _("requests for sharing"),
    "directory.Share.organisation": _("shares with other centres"),
    "directory.CorrectionRequest.organisation": _("requests for correction"),
    "directory.PersonRoleRecord.person": _("roles in organisations"),
    "directory.Note.person": _("notes"),
    "directory.FileRecord.person": _("files"),
    "directory.Consent.person": _("consents"),
    "directory.CorrectionRequest.person": _("requests for correction"),
    "directory.PersonAccount.person": _("sign-in of the person"),
}
STAYING = frozenset({BatchChange, Merge, Organisation, Person, PersonMerge, Provenance})


def relation_title(field: models.Field[Any, Any]) -> str:
    """What points to a record by this field, for people; of an upper domain by its own name."""
    meta = field.model._meta
    return str(TITLES.get(f"{meta.label}.{field.name}") or meta.verbose_name_plural)


@dataclass(frozen=True)
class Choice:
    """One field (or those that go together) of both records; ``taken``: the dropped one's survives."""

    names: tuple[str, ...]
    label: str
    keep: Any
    drop: Any
    taken: bool

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def differs(self) -> bool:
        return bool(self.keep != self.drop)


@dataclass(frozen=True)
class Relation:
    """Rows of one relation to the dropped record: those that move, and those set aside.

    What is set aside is written down in the merge and comes back when the merge is undone.
    """

    field: Link
    moving: list[Any]
    set_aside: list[Any]

    @property
    def label(self) -> str:
        """``directory.Affiliation.network``: how the merge remembers the relation."""
        return f"{self.field.model._meta.label}.{self.field.name}"

    @property
    def title(self) -> str:
        """The relation in the reader's language."""
        return relation_title(self.field)


@dataclass(frozen=True)
class MergePlan(Generic[R]):
    """All that a merge would change."""

    keep: R
    drop: R
    choices: list[Choice]
    relations: list[Relation]

    @property
    def values(self) -> dict[str, Any]:
        """The fields that the kept record takes over, with their new values."""
        return {
            name: getattr(self.drop, name)
            for choice in self.choices
            if choice.taken and choice.differs
            for name in choice.names
        }


def plan_merge(keep: R, drop: R, take: Collection[str] | None = None) -> MergePlan[R]:
    """What merging ``drop`` into ``keep`` would do.

    ``take`` names the fields that survive from the dropped record; without it, those that are empty in the
    kept one.
    """
    return MergePlan(keep, drop, list(_choices(keep, drop, take)), list(_relations(keep, drop)))


def incoming(model: type[models.Model]) -> Iterator[Link]:
    """Every foreign key to organisations (or people) in the whole installation that a merge moves."""
    return relations.incoming(model, STAYING)


def possibly_the_same(scope: Scope, person: Person, limit: int = 5) -> list[Person]:
    """People the user may see who carry the same document number, or the same name and phone."""
    others = Person.objects.live().visible_to(scope).filter(erased_at=None).exclude(pk=person.pk)
    found: list[Person] = []
    if person.document_number:
        numbered = others.filter(~Q(document_number=""), document_number=person.document_number)
        found += numbered.select_related("centre")[:limit]
    if (phone := bare_phone(person.phone)) and (named := words(person.search_text)):
        reached = others.filter(phone__in=spellings(phone))
        alike = finding.matching(reached, [{word: 1} for word in named]).select_related("centre")
        found += [one for one in alike[:LOOKED_AT] if one.search_text == person.search_text]
    return list(dict.fromkeys(found))[:limit]


def _choices(
    keep: Organisation | Person, drop: Organisation | Person, take: Collection[str] | None
) -> Iterator[Choice]:
    for names in CHOSEN[type(keep)]:
        mine = [getattr(keep, name) for name in names]
        theirs = [getattr(drop, name) for name in names]
        empty = mine[0] in (None, "", []) and theirs[0] not in (None, "", [])
        taken = empty if take is None else names[0] in take
        label = str(keep._meta.get_field(names[0]).verbose_name)  # type: ignore[union-attr]
        yield Choice(names, label, _shown(mine), _shown(theirs), taken)


def _shown(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else tuple(values)


def _relations(keep: Organisation | Person, drop: Organisation | Person) -> Iterator[Relation]:
    for field in incoming(type(keep)):
        moving, set_aside = relations.split_rows(field, keep, drop)
        if moving or set_aside:
            yield Relation(field, moving, set_aside)

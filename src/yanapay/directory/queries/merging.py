"""What making two records one would do: the same plan is shown by the dry run and carried out by the action."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.directory.models import Merge, Organisation, Provenance
from yanapay.directory.models.batches import BatchChange

Row = models.Model
POINT = ("latitude", "longitude", "precision")
FIELDS = (
    ("name",), ("trade_name",), ("acronym",), ("kind",), ("legal_form",), ("country",), ("area",),
    ("address",), POINT, ("phone",), ("email",), ("website",), ("private_phone",), ("private_email",),
    ("languages",), ("start_date",), ("start_year",), ("responsible",),
)  # fmt: skip
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
}
STAYING: frozenset[type[models.Model]] = frozenset({BatchChange, Merge, Organisation, Provenance})


def relation_title(field: models.Field[Any, Any]) -> str:
    """What points to an organisation by this field, for people; of an upper domain by its own name."""
    meta = field.model._meta
    return str(TITLES.get(f"{meta.label}.{field.name}") or meta.verbose_name_plural)


@dataclass(frozen=True)
class Choice:
    """One field (or the three of a point) of both records; ``taken`` says that the dropped one's survives."""

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

    A row is set aside when the kept record already has its equal, or when moving it would join the kept
    record to itself. It is written down in the merge and comes back when the merge is undone.
    """

    field: models.ForeignKey[Any, Any]
    moving: list[Any]
    set_aside: list[Any]

    @property
    def model(self) -> type[models.Model]:
        return self.field.model

    @property
    def label(self) -> str:
        """``directory.Affiliation.network``: how the merge remembers the relation."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def title(self) -> str:
        """The relation in the reader's language."""
        return relation_title(self.field)


@dataclass(frozen=True)
class MergePlan:
    """All that a merge would change."""

    keep: Organisation
    drop: Organisation
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


def plan_merge(
    keep: Organisation, drop: Organisation, take: Collection[str] | None = None
) -> MergePlan:
    """What merging ``drop`` into ``keep`` would do.

    ``take`` names the fields that survive from the dropped record; without it, those that are empty in the
    kept one.
    """
    return MergePlan(keep, drop, list(_choices(keep, drop, take)), list(_relations(keep, drop)))


def incoming() -> Iterator[models.ForeignKey[Any, Any]]:
    """Every foreign key to an organisation in the whole installation that a merge moves.

    Upper domains are found too. A model says ``stays_on_merge = True`` when its rows tell about the record
    itself and must not move.
    """
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if model not in STAYING and not getattr(model, "stays_on_merge", False):
            yield cast("models.ForeignKey[Any, Any]", relation.field)  # type: ignore[union-attr]


def _choices(
    keep: Organisation, drop: Organisation, take: Collection[str] | None
) -> Iterator[Choice]:
    for names in FIELDS:
        mine = [getattr(keep, name) for name in names]
        theirs = [getattr(drop, name) for name in names]
        empty = mine[0] in (None, "", []) and theirs[0] not in (None, "", [])
        taken = empty if take is None else names[0] in take
        label = str(Organisation._meta.get_field(names[0]).verbose_name)  # type: ignore[union-attr]
        yield Choice(names, label, _shown(mine), _shown(theirs), taken)


def _shown(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else tuple(values)


def _relations(keep: Organisation, drop: Organisation) -> Iterator[Relation]:
    for field in incoming():
        rows = list(field.model._default_manager.filter(**{field.name: drop}).order_by("pk"))
        if rows:
            aside = _joining_itself(field, rows, keep) | _already_there(field, keep, drop)
            yield Relation(
                field,
                [row for row in rows if row.pk not in aside],
                [row for row in rows if row.pk in aside],
            )


def _joining_itself(
    field: models.ForeignKey[Any, Any], rows: list[Any], keep: Organisation
) -> set[Any]:
    """Rows whose other end is the kept record: a member of itself would remain."""
    others = [
        other
        for other in field.model._meta.concrete_fields
        if other.related_model is Organisation and other is not field
    ]
    return {row.pk for row in rows for other in others if getattr(row, other.attname) == keep.pk}


def _already_there(
    field: models.ForeignKey[Any, Any], keep: Organisation, drop: Organisation
) -> set[Any]:
    """Rows of the dropped record that would break a uniqueness because the kept one has their equal."""
    found: set[Any] = set()
    for names, condition in _uniqueness(field):
        rows = field.model._default_manager.filter(condition)
        held = set(rows.filter(**{field.name: keep}).values_list(*names)) if names else {()}
        if names:
            mine = rows.filter(**{field.name: drop}).values_list("pk", *names)
            found |= {pk for pk, *values in mine if tuple(values) in held and None not in values}
        elif rows.filter(**{field.name: keep}).exists():
            found |= set(rows.filter(**{field.name: drop}).values_list("pk", flat=True))
    return found


def _uniqueness(field: models.ForeignKey[Any, Any]) -> Iterator[tuple[list[str], Q]]:
    """The other fields of each unique constraint that the foreign key is part of, with its condition."""
    meta = field.model._meta
    if field.unique:
        yield [], Q()
    for together in meta.unique_together:
        if field.name in together:
            yield [name for name in together if name != field.name], Q()
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            rest = [name for name in constraint.fields if name != field.name]
            yield rest, constraint.condition or Q()

"""A network of centres with many cases, copied in bulk from cases that the actions made.

Every table that hangs on a case is copied row by row inside the database: the keys of copy ``k`` are those of
the sample plus ``k`` times a stride, the centre changes, numbers get the copy's number behind them, and
everybody in it becomes one of that centre's people, and
everything else stays as the actions wrote it. Copy 0 is the sample itself: the rows of the loader equal those
of the actions by construction. Audit events are not copied: nobody acted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, models, transaction

from yanapay.accounts.models import User
from yanapay.assistance import models as assistance
from yanapay.centres.models import Centre
from yanapay.directory import models as directory
from yanapay.roster import models as roster

TABLES: tuple[type[models.Model], ...] = (
    directory.Person, directory.Organisation, directory.PersonRoleRecord, directory.Consent,
    directory.Observation, directory.OrganisationActivity, roster.Specialist, assistance.Case,
    assistance.Transition, assistance.Promotion, assistance.Diagnosis, assistance.TreeNode,
    assistance.TreeEdge, assistance.Plan, assistance.PlanAction, assistance.Indicator,
    assistance.BudgetLine, assistance.BudgetShare, assistance.Assignment, assistance.Contract,
    assistance.Milestone, assistance.Task, assistance.Visit, assistance.TechnologyUse,
    assistance.Payment, assistance.Evaluation, assistance.Measurement, assistance.Consultation,
)  # fmt: skip
STRIDE = 1_000_000  # above every key of the sample
SUFFIXED = {"number", "document_number"}


@dataclass(frozen=True)
class Copying:
    """One table: what to select for a copy, given the columns that move."""

    table: str
    columns: Sequence[str]
    moving: frozenset[str]
    renamed: frozenset[str]
    centre: str | None
    people: frozenset[str]

    def statement(self) -> str:
        """``INSERT … SELECT``; parameters: ``shift``, ``suffix``, ``centre`` and ``person``."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        values = ", ".join(self._value(name) for name in self.columns)
        rows = f'FROM "{self.table}" WHERE id < {STRIDE}'
        return f'INSERT INTO "{self.table}" ({names}) SELECT {values} {rows}'

    def _value(self, name: str) -> str:
        if name in self.moving:
            return f'"{name}" + %(shift)s'
        if name == self.centre:
            return "%(centre)s"
        if name in self.people:
            return f'CASE WHEN "{name}" IS NULL THEN NULL ELSE %(person)s END'
        if name in self.renamed:
            return f"""CASE WHEN "{name}" = '' THEN '' ELSE "{name}" || %(suffix)s END"""
        return f'"{name}"'


def copyings() -> Iterator[Copying]:
    """The tables in an order that foreign keys allow."""
    copied = set(TABLES)
    for model in TABLES:
        fields = model._meta.concrete_fields
        moving = {str(f.column) for f in fields if f.primary_key or f.related_model in copied}
        centre = next((f.column for f in fields if f.related_model is Centre), None)
        renamed = {
            str(f.column) for f in fields if f.name in SUFFIXED and isinstance(f, models.CharField)
        }
        columns = [str(f.column) for f in fields]
        people = {str(f.column) for f in fields if f.related_model is User}
        yield Copying(
            model._meta.db_table, columns, frozenset(moving), frozenset(renamed), centre,
            frozenset(people),
        )  # fmt: skip


def copy(centres: Sequence[Centre], people: Mapping[int, Sequence[User]], copies: int) -> None:
    """Add ``copies`` copies of everything, each to the next centre and there to the next of its people.

    One transaction per copy.
    """
    for k in range(1, copies + 1):
        turn, at = divmod(k, len(centres))
        staff = people[centres[at].pk]
        values: dict[str, int | str] = {
            "shift": k * STRIDE, "suffix": f"-{k}", "centre": centres[at].pk,
            "person": staff[turn % len(staff)].pk,
        }  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            for copying in copyings():
                cursor.execute(copying.statement(), values)

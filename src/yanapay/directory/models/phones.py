"""The second number of a telephone cell ("964123456 / 064231234") in SQL, for an index and whoever reads it.

The separator stands in the SQL itself: a database uses an index over an expression where it reads the same.
"""

from typing import Any

from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import In

_AT = {"sqlite": "instr(%(expressions)s, ' / ')", "postgresql": "strpos(%(expressions)s, ' / ')"}


class _OfTwo(Func):
    """A template with the place where the second number begins; each database has its word for it."""

    around: str

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        template = self.around.format(at=_AT[connection.vendor])
        return super().as_sql(compiler, connection, template=template, **context)


class HasSecond(_OfTwo):
    """Whether a cell holds two numbers."""

    around = "({at} > 0)"
    output_field = models.BooleanField()


class Second(_OfTwo):
    """What follows the first number; of a cell with one number it says nothing."""

    around = "substr(%(expressions)s, {at} + 3)"
    output_field = models.CharField()


def has_second(field: str) -> Q:
    return Q(HasSecond(field))


def has_second_in(field: str, numbers: set[str]) -> Q:
    """The condition that the index of :func:`second_number` answers."""
    return Q(HasSecond(field)) & Q(In(Second(field), sorted(numbers)))


def second_number(field: str, name: str) -> models.Index:
    """An index over the second numbers of a field; rows with one number are not in it."""
    return models.Index(Second(field), name=name, condition=Q(HasSecond(field)))

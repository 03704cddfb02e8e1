"""Organisations told apart in two ways at once, counted in the database."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, FilteredRelation, QuerySet, Value

from yanapay.analytics.queries.groupings import Grouping, Register
from yanapay.analytics.rules.crosstab import Counts, Crosstab, cross

ONCE = Count("pk")
"""Whatever tells organisations apart, each stands once under each code: constraints of the tables say so."""


def organisations_by(register: Register, of: Grouping, by: Grouping) -> Crosstab:
    """How many organisations of each group of ``by`` hold each code of ``of``."""
    return cross(_counts(register, of, by), by.labels, of.labels, is_single=of.are_parts)


def _counts(register: Register, of: Grouping, by: Grouping) -> Counts:
    counts = Counts()
    units = register.model._default_manager.filter(pk__in=register.units.order_by().values("pk"))
    answered, stand = _joined(units, of, "answer"), _joined(units, by, "stand")
    both = _joined(answered, by, "stand").order_by().values_list("stand_code", "answer_code")
    for group, code, n in both.annotate(n=ONCE):
        counts.cells[by.read(group), of.read(code)] += n
    for group, n in stand.order_by().values_list("stand_code").annotate(n=ONCE):
        counts.sizes[by.read(group)] += n
    counts.size = sum(counts.sizes.values()) if by.are_parts else units.order_by().count()
    if counts.size != sum(counts.sizes.values()):  # somebody stands in several groups
        whole = answered.order_by().values_list("answer_code").annotate(n=ONCE)
        counts.whole = Counter()
        for code, n in whole:
            counts.whole[of.read(code)] += n
    return counts


def _joined(units: "QuerySet[Any]", way: Grouping, alias: str) -> "QuerySet[Any]":
    """The units with what tells them apart as ``<alias>_code``."""
    if not way.column:
        code: Any = Value("")
    elif way.relation:
        name, condition = way.relation
        units = units.annotate(**{alias: FilteredRelation(name, condition=condition)})
        code = F(f"{alias}__{way.column}")
    else:
        code = F(way.column)
    told: QuerySet[Any] = units.annotate(**{f"{alias}_code": code})
    return told

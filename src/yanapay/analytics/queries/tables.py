"""The tables by their names: codes of the mapping, cooperatives, networks, questions of a form.

``table(name, group_by, scheme, scope=…)`` for the office, ``table(…, scope=None)`` for the public: then only
published entries are counted, and of answers no small cell is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from yanapay.analytics.queries.census import cooperative_census
from yanapay.analytics.queries.forms import form_table, support
from yanapay.analytics.queries.groupings import (
    DEPARTMENT,
    GROUP_TITLES,
    KIND,
    MACRO_REGION,
    NETWORK,
    NONE,
    SOURCE_SCHEME,
    by_codes,
    grouping,
    mapped,
    terms,
)
from yanapay.analytics.queries.networks import networks
from yanapay.analytics.queries.organisations import organisations_by
from yanapay.analytics.rules import mapping_source as source
from yanapay.analytics.rules.tables import OVERLAP, Table
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.kernel.messages import Message

DIRECTORY = Message("Directory: organisations of the mapping that you may see.")
PUBLISHED = Message("Public directory: organisations that agreed to be shown, after review.")
ORGANISATIONS = Message("organisations")
BY = (MACRO_REGION, DEPARTMENT, KIND, NETWORK, NONE)
PRINTED_BY = (MACRO_REGION, KIND, NONE)


@dataclass(frozen=True)
class Kept:
    """A table of the product: what it is, what one learns from it, by what it may be grouped."""

    name: str
    title: Message
    definition: Message
    groupings: tuple[str, ...]
    make: Callable[["Kept", str, str, Scope | None], Table]
    vocabulary: str = ""

    @property
    def default(self) -> str:
        return self.groupings[0]


def table(name: str, group_by: str = "", scheme: str = "", *, scope: Scope | None) -> Table:
    """The table of that name as the scope sees it (None: the public), by a grouping or its own."""
    kept = KEPT.get(name)
    if kept is None:
        if "." in name:
            return form_table(name, group_by or NONE, scheme, scope)
        raise NotFound("There is no table «{name}».", name=name)
    chosen = group_by or kept.default
    if chosen not in kept.groupings:
        raise RuleBroken("«{name}» is no grouping of this table. There are: {names}.", field="group_by",
                         name=chosen, names=", ".join(kept.groupings))  # fmt: skip
    return kept.make(kept, chosen, scheme, scope)


def _coded(kept: Kept, group_by: str, scheme: str, scope: Scope | None) -> Table:
    register = mapped(scope)
    by = grouping(register, group_by, scheme)
    tab = organisations_by(register, by_codes(register, kept.vocabulary), by)
    overlap = (OVERLAP,) if sum(group.base or 0 for group in tab.groups) > (tab.base or 0) else ()
    of_source = source.NOTES.get(kept.name, ()) if by.scheme == SOURCE_SCHEME else ()
    return Table(
        kept.name, kept.title, kept.definition, DIRECTORY if scope else PUBLISHED, ORGANISATIONS, tab,
        group_by, GROUP_TITLES[group_by], by.scheme, by.scheme_name, (SEVERAL, *overlap, *of_source),
    )  # fmt: skip


def _printed(kept: Kept, group_by: str, scheme: str, _: Scope | None) -> Table:
    if scheme not in {"", SOURCE_SCHEME}:
        raise RuleBroken("The source has its own macro-regions only.", field="scheme")
    column = {MACRO_REGION: "macro_region", KIND: "kind", NONE: ""}[group_by]
    groups = terms(column) if column else []
    tab = source.printed_table(kept.vocabulary, column, groups, terms(kept.vocabulary))
    return Table(
        kept.name, kept.title, kept.definition, source.SOURCE, ORGANISATIONS, tab, group_by,
        GROUP_TITLES[group_by], SOURCE_SCHEME if group_by == MACRO_REGION else "",
        notes=(SEVERAL, *source.NOTES[kept.name.removesuffix(SUFFIX)]),
    )  # fmt: skip


def _networks(kept: Kept, group_by: str, scheme: str, scope: Scope | None) -> Table:
    return networks(kept.title, kept.definition, GROUP_TITLES[group_by], group_by, scheme, scope)


def _census(kept: Kept, _: str, scheme: str, scope: Scope | None) -> Table:
    del scheme
    return cooperative_census(kept.title, kept.definition, scope)


def _support(kept: Kept, _: str, scheme: str, scope: Scope | None) -> Table:
    del scheme
    return support(kept.title, kept.definition, scope)


SUFFIX = "-2018"
SEVERAL = Message(
    "An organisation may name several: shares are of those that named any, and add to more than 100 %."
)
LESSONS = {
    "needs": Message(
        "What organisations lack, and of whom they ask it: the first matters of an advocacy plan."
    ),
    "strengths": Message("What organisations can already do, and others could learn from them."),
    "opportunities": Message("What helps from outside: markets, rules, allies."),
    "activities": Message("What organisations do, by line of activity."),
}
MAPPING_TABLES = (
    ("needs", Message("Needs"), Message("Needs as printed in 2018"), "need_codes"),
    ("strengths", Message("Strengths"), Message("Strengths as printed in 2018"), "strength_codes"),
    ("opportunities", Message("Opportunities"), Message("Opportunities as printed in 2018"),
     "opportunity_codes"),
)  # fmt: skip
KEPT: dict[str, Kept] = {
    kept.name: kept
    for kept in (
        *(Kept(name, title, LESSONS[name], BY, _coded, codes) for name, title, _, codes in MAPPING_TABLES),
        Kept("activities", Message("Lines of activity"), LESSONS["activities"], BY, _coded, "activity_lines"),
        *(Kept(name + SUFFIX, printed, LESSONS[name], PRINTED_BY, _printed, codes)
          for name, _, printed, codes in MAPPING_TABLES),
        Kept("support", Message("Support needed, by addressee"),
             Message("What is asked of the State, the municipalities, NGOs, consumers and the church."),
             (NONE,), _support),
        Kept("networks", Message("Networks"),
             Message("Organisations by the networks they belong to today; one may belong to several."),
             (NONE, MACRO_REGION, DEPARTMENT, KIND), _networks),
        Kept("cooperative-census", Message("Cooperatives"),
             Message("Cooperatives by type and region as the source prints them, and those of the directory."),
             (NONE,), _census),
    )
}  # fmt: skip

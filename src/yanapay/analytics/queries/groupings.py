"""By what organisations are grouped in tables: kind, place, macro-region of a named scheme, network."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from yanapay.analytics.rules.crosstab import OPEN, Label
from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind
from yanapay.directory.models import Affiliation, CodedAttribute, Organisation, Term
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.kernel.messages import Message
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Entry, EntryCode
from yanapay.mapping.rules.fields import CODES
from yanapay.places.choices import Level
from yanapay.places.models import Area, AreaScheme
from yanapay.places.queries import group_by_area

SOURCE_SCHEME = "ess_2018"
"""The five macro-regions of the mapping, given to organisations and not to areas."""
NONE = "none"
NOBODY = ""  # no network: a list of none would leave no organisation at all
MACRO_REGION, DEPARTMENT, KIND, NETWORK = "macro_region", "department", "kind", "network"

GROUP_TITLES = {
    MACRO_REGION: Message("Macro-region"), DEPARTMENT: Message("Department"),
    KIND: Message("Kind of organisation"), NETWORK: Message("Network"), NONE: Message("All together"),
}  # fmt: skip


@dataclass(frozen=True)
class Register:
    """Where organisations are read: the directory as a scope sees it, or what is published."""

    units: QuerySet[Any]
    codes: str
    is_public: bool

    @property
    def model(self) -> type[Model]:
        return self.units.model


@dataclass(frozen=True)
class Grouping:
    """A way of telling organisations apart: by it a table has its columns, or its rows.

    ``column`` is a field of the unit or, with ``relation``, of what is joined under a condition.
    ``place`` turns what stands in the column into a code; None leaves it as it is. ``are_parts``: each unit
    has one code at most.
    """

    code: str
    scheme: str = ""
    scheme_name: str = ""
    column: str = ""
    relation: tuple[str, Q] | None = None
    labels: list[Label] = field(default_factory=list)
    place: Callable[[Any], str] | None = None
    are_parts: bool = True

    def read(self, value: Any) -> str:
        found = self.place(value) if self.place else value
        return OPEN if found is None else str(found)


def mapped(scope: Scope | None) -> Register:
    """Organisations of the mapping: those with a code of its vocabularies; None reads what is published."""
    if scope is None:
        return Register(Entry.objects.filter(state=EntryState.PUBLISHED), "codes", is_public=True)
    coded = CodedAttribute.objects.filter(vocabulary__in=CODES).values("organisation")
    units = Organisation.objects.live().visible_to(scope).filter(pk__in=coded)
    return Register(units, "attributes", is_public=False)


def networked(scope: Scope | None) -> Register:
    """Organisations of the mapping and whoever belongs to a network; None reads what is published."""
    if scope is None:
        return registered(None)
    current = Affiliation.objects.filter(until=None)
    coded = CodedAttribute.objects.filter(vocabulary__in=CODES).values("organisation")
    units = Organisation.objects.live().visible_to(scope).filter(
        Q(pk__in=coded) | Q(pk__in=current.values("member")) | Q(pk__in=current.values("network"))
    )  # fmt: skip
    return Register(units, "attributes", is_public=False)


def registered(scope: Scope | None) -> Register:
    """All organisations that the scope sees; None reads all that the public sees."""
    if scope is None:
        return Register(Entry.objects.public(), "codes", is_public=True)
    return Register(Organisation.objects.live().visible_to(scope), "attributes", is_public=False)


def grouping(register: Register, group_by: str, scheme: str = "") -> Grouping:
    """The grouping of that name; a sentence when there is none."""
    if group_by not in GROUPINGS:
        raise RuleBroken(
            "«{name}» is no grouping of this table. There are: {names}.",
            field="group_by", name=group_by, names=", ".join(GROUPINGS),
        )  # fmt: skip
    if scheme and group_by != MACRO_REGION:
        raise RuleBroken("A scheme is chosen for macro-regions only.", field="scheme")
    return (
        _macro_region(register, scheme)
        if group_by == MACRO_REGION
        else GROUPINGS[group_by](register)
    )


def terms(vocabulary: str) -> list[Label]:
    """The codes of a vocabulary with their labels, in the order of the source."""
    return [
        (term.code, term.label)
        for term in Term.objects.filter(vocabulary=vocabulary).order_by("pk")
    ]


def schemes() -> list[AreaScheme]:
    """The macro-region schemes there are, that of the mapping first."""
    return sorted(AreaScheme.objects.all(), key=lambda one: (one.code != SOURCE_SCHEME, one.code))


def departments() -> Grouping:
    """Areas by the first level above them, under the code of the area."""
    names = dict(Area.objects.filter(level=Level.FIRST).values_list("code", "name"))
    return by_area(DEPARTMENT, {code: (code, name) for code, name in names.items()})


def macro_regions(scheme: str) -> Grouping:
    """Areas by a scheme of macro-regions, under the code of the area."""
    found = _scheme(scheme)
    groups = group_by_area(scheme)
    return by_area(MACRO_REGION, {code: (group.code, group.name) for code, group in groups.items()},
                   found)  # fmt: skip


def by_area(code: str, named: dict[str, Label], scheme: AreaScheme | None = None) -> Grouping:
    """Areas by the nearest one above that is named."""
    held = {area: _nearest(path, named) for area, path in Area.objects.values_list("code", "path")}
    return Grouping(
        code, scheme.code if scheme else "", scheme.name if scheme else "", column="area__code",
        labels=sorted(set(named.values()), key=lambda label: label[1]), place=lambda area: held.get(area, OPEN),
    )  # fmt: skip


def _nearest(path: str, named: dict[str, Label]) -> str:
    return next((named[code][0] for code in reversed(path.split("/")) if code in named), OPEN)


def _scheme(code: str) -> AreaScheme:
    found = AreaScheme.objects.filter(code=code).first()
    if not found:
        raise NotFound("There is no macro-region scheme «{code}».", code=code)
    return found


def _macro_region(register: Register, scheme: str) -> Grouping:
    found = _scheme(scheme or SOURCE_SCHEME)
    if found.groups.filter(members__isnull=False).exists():
        return macro_regions(found.code)
    return Grouping(
        MACRO_REGION, found.code, found.name, "code", _in_vocabulary(register, "macro_region"),
        terms("macro_region"), are_parts=False,
    )  # fmt: skip


def by_network(register: Register) -> Grouping:
    """By network; who is in several counts in each, who is in none that is seen stands apart."""
    if register.is_public:
        slugs = EntryCode.objects.filter(vocabulary=NETWORK).values("code")
        shown = Entry.objects.public().filter(slug__in=slugs)
        published = dict(shown.values_list("slug", "name"))
        name, held = _in_vocabulary(register, NETWORK)
        return _network(name, held & Q(codes__code__in=[*published, NOBODY]), "code", published)
    current = Affiliation.objects.filter(
        until=None, network__in=register.units.order_by().values("pk")
    )
    names = dict(current.values_list("network", "network__name").distinct())
    held = Q(affiliations__until=None, affiliations__network__in=[*names, 0])
    return _network("affiliations", held, "network", names)


def _network(name: str, held: Q, column: str, names: Mapping[Any, str]) -> Grouping:
    labels = _by_name((str(key), label) for key, label in names.items())
    return Grouping(NETWORK, column=column, relation=(name, held), labels=labels, are_parts=False)


def by_codes(register: Register, vocabulary: str) -> Grouping:
    """By the codes of a vocabulary, of which an organisation may have several."""
    held = _in_vocabulary(register, vocabulary)
    return Grouping(
        vocabulary, column="code", relation=held, labels=terms(vocabulary), are_parts=False
    )


def _in_vocabulary(register: Register, vocabulary: str) -> tuple[str, Q]:
    return register.codes, Q(**{f"{register.codes}__vocabulary": vocabulary})


def _by_name(labels: Iterable[Label]) -> list[Label]:
    return sorted(labels, key=lambda label: label[1])


def _kind(_: Register) -> Grouping:
    labels = [(code, str(label)) for code, label in Kind.choices]
    return Grouping(KIND, column="kind", labels=labels)


GROUPINGS: dict[str, Callable[[Register], Grouping]] = {
    MACRO_REGION: lambda register: _macro_region(register, ""),
    DEPARTMENT: lambda _: departments(),
    KIND: _kind,
    NETWORK: by_network,
    NONE: lambda _: Grouping(NONE),
}

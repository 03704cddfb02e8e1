"""Networks: members, overlap, who is central, who belongs to none."""

from typing import Any

from django.db.models import F

from yanapay.analytics.queries.groupings import (
    NONE,
    Register,
    by_network,
    grouping,
    networked,
)
from yanapay.analytics.queries.organisations import organisations_by
from yanapay.analytics.rules import mapping_source as source
from yanapay.analytics.rules.network_graph import Network, network
from yanapay.analytics.rules.tables import OVERLAP, Table
from yanapay.centres.rules import Scope
from yanapay.directory.models import Affiliation
from yanapay.kernel.messages import Message
from yanapay.mapping.models import Entry, EntryCode

AFFILIATIONS = Message("Affiliations that hold today, from the records of the directory.")
STATED = Message("Networks that the published organisations state.")
IN_NONE = Message("Missing are the organisations that belong to no network, as far as is recorded.")
ESTIMATED = Message("With so many organisations, how central each is was estimated from a sample.")


def networks(
    title: Message, definition: Message, group_title: Message, group_by: str, scheme: str,
    scope: Scope | None,
) -> Table:  # fmt: skip
    """How many organisations belong to each network; those in none are missing."""
    register = networked(scope)
    by = grouping(register, group_by, scheme)
    tab = organisations_by(register, by_network(register), by)
    found = network_graph(scope)
    notes = (
        IN_NONE,
        OVERLAP,
        *source.NOTES["networks"],
        *((ESTIMATED,) if found.is_estimated else ()),
    )
    return Table(
        "networks", title, definition, AFFILIATIONS if scope else STATED, Message("organisations"), tab,
        group_by, group_title if group_by != NONE else Message("All together"), by.scheme, by.scheme_name,
        notes, _details(found, tab.missing),
    )  # fmt: skip


def network_graph(scope: Scope | None) -> Network:
    """The graph of who belongs where, as the scope sees it; None reads what is published."""
    return _public_graph() if scope is None else _graph(networked(scope))


def _graph(register: Register) -> Network:
    seen = register.units.order_by().values("pk")
    held = Affiliation.objects.filter(until=None, member__in=seen, network__in=seen)
    edges = [(str(a), str(b)) for a, b in held.values_list("member", "network")]
    involved = {int(key) for edge in edges for key in edge}
    rows = register.model._default_manager.filter(pk__in=involved).values_list(
        "pk", "name", "acronym"
    )
    return network({str(pk): (name, acronym or name) for pk, name, acronym in rows}, edges)


def _public_graph() -> Network:
    """Entries state networks by the address of the network's own entry; those without one are not drawn."""
    shown = Entry.objects.public()
    held = EntryCode.objects.filter(vocabulary="network", entry__in=shown.values("pk"))
    stated = held.annotate(slug=F("entry__slug")).values_list("slug", "code")
    slugs = {slug for edge in stated for slug in edge}
    names = {
        slug: (name, acronym or name)
        for slug, name, acronym in shown.filter(slug__in=slugs).values_list(
            "slug", "name", "acronym"
        )
    }
    return network(
        names, [edge for edge in stated if set(edge) <= names.keys() and edge[0] != edge[1]]
    )


def _details(found: Network, unaffiliated: int | None) -> dict[str, Any]:
    return {
        "unaffiliated": unaffiliated,
        "centrality": [
            {"code": node.key, "label": node.name, "members": node.members, "degree": node.links,
             "betweenness": node.betweenness}
            for node in found.nodes
        ],
        "overlaps": [{"networks": [each.one, each.other], "n": each.n} for each in found.overlaps],
    }  # fmt: skip

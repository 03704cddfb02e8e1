"""The graph of networks."""

from hypothesis import given, settings, strategies as st

from yanapay.analytics.rules.network_graph import DRAWN, WIDTH, Network, drawing, network

EDGES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda edge: edge[0] != edge[1])
)


def graph(edges: list[tuple[str, str]]) -> Network:
    names = {key: (f"Organización {key}", key) for edge in edges for key in edge}
    return network(names, edges)


def test_who_joins_two_networks_stands_between_their_members() -> None:
    found = graph([("a", "R"), ("both", "R"), ("both", "S"), ("b", "S")])
    between = {node.key: node.betweenness for node in found.nodes}
    assert max(between, key=lambda key: between[key]) == "both"
    assert between["a"] == 0
    assert [(one.one, one.other, one.n) for one in found.overlaps] == [("R", "S", 1)]
    assert {node.key: node.members for node in found.networks} == {"R": 2, "S": 2}


@given(EDGES)
@settings(max_examples=40)
def test_every_organisation_has_one_place_inside_the_picture(edges: list[tuple[int, int]]) -> None:
    found = graph([(str(a), str(b)) for a, b in edges])
    drawn = drawing(found)
    assert sorted(place.node.key for place in drawn.places) == sorted(n.key for n in found.nodes)
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= drawn.height for p in drawn.places)
    assert len({(p.x, p.y) for p in drawn.places}) == len(drawn.places)


def test_the_same_members_give_the_same_picture() -> None:
    edges = [(f"m{n}", f"R{n % 3}") for n in range(20)]
    assert drawing(graph(edges)) == drawing(graph(list(reversed(edges))))


def test_a_large_graph_draws_networks_only() -> None:
    edges = [(f"m{n}", "R") for n in range(DRAWN)] + [("m1", "S")]
    drawn = drawing(graph(edges))
    assert drawn.only_networks
    assert {place.node.key for place in drawn.places} == {"R", "S"}
    assert len(drawn.lines) == 1


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing(graph([])).places == ()

"""The problem tree as plain values: no loops, no overlaps, no empty objectives, roots before branches."""

from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from yanapay.assistance.rules.tree import CAUSE, CENTRAL, EFFECT, Node, Tree
from yanapay.assistance.rules.tree.layout import lay_out
from yanapay.assistance.rules.tree.outline import Outline, read_lines, read_outline, write_outline
from yanapay.assistance.rules.tree.ranking import rank
from yanapay.assistance.rules.tree.wishes import positive, wishes
from yanapay.kernel.errors import RuleBroken

LONG = "El personal del turno de noche no registra la temperatura del horno porque nadie le enseñó a leerla"
TEXTS = st.sampled_from(
    ["Merma", "Falta de capital", LONG, "Hornosinmantenimientoprogramadodesdehacemuchotiempo" * 2]
)


def bakery() -> Tree:
    """Bread is lost: two causes with a common root, one effect."""
    return read_outline(
        Outline(
            "Alta merma en el horno",
            "Temperatura irregular\n  Falta de mantenimiento *\nMasa mal pesada\n  Falta de mantenimiento *",
            "Costos altos",
        )
    )


def key_of(tree: Tree, text: str) -> int:
    return next(node.key for node in tree.nodes if node.text == text)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """What a clumsy editor makes of a tree by any sequence of commands, refused ones included."""
    tree = Tree((Node(0, CENTRAL, draw(TEXTS)),))
    for key in range(1, draw(st.integers(1, 30))):
        keys = sorted(tree.by_key)
        one, other = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
        command = draw(
            st.sampled_from(["add", "add", "add", "link", "link", "unlink", "remove", "move"])
        )
        role = tree.by_key[one].role
        branch, marked = draw(st.booleans()), draw(st.booleans())
        side = draw(st.sampled_from([CAUSE, EFFECT])) if role == CENTRAL else role
        node = Node(key, side, draw(TEXTS), weight=draw(st.integers(1, 5)), position=key,
                    evidence=draw(st.sampled_from(["", "visto"])), is_addressable=marked)  # fmt: skip
        try:
            after = {
                "add": lambda t, n=node, u=one: t.added(n, u),
                "link": lambda t, a=one, b=other: t.linked(a, b),
                "unlink": lambda t, a=one, b=other: t.unlinked(a, b),
                "remove": lambda t, a=one, b=branch: t.without(a, branch=b),
                "move": lambda t, a=one: t.moved(a, -1),
            }[command](tree)
        except RuleBroken:
            continue
        tree = after if after.nodes else tree
    return tree


@given(trees())
def test_no_sequence_of_commands_makes_a_loop_or_an_orphan(tree: Tree) -> None:
    for node in tree.nodes:
        assert node.key not in tree.reached(node.key)
        if node.role == CAUSE:
            assert tree.path(node.key, 0)
        if node.role == EFFECT:
            assert tree.path(0, node.key)


@given(trees())
def test_boxes_never_overlap_and_stay_inside(tree: Tree) -> None:
    layout = lay_out(tree, {node.key: node.text for node in tree.nodes})
    assert {box.key for box in layout.boxes} == set(tree.by_key)
    for one, other in combinations(layout.boxes, 2):
        apart = (
            one.x + one.width <= other.x or other.x + other.width <= one.x
            or one.y + one.height <= other.y or other.y + other.height <= one.y
        )  # fmt: skip
        assert apart, (one, other)
    for box in layout.boxes:
        assert box.x >= 0
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height
    for line in layout.lines:
        ys = [y for _, y in line.points]
        assert ys == sorted(ys, reverse=True), "an edge runs upwards only"
    assert lay_out(tree, {node.key: node.text for node in tree.nodes}) == layout


@given(trees())
def test_a_cause_outranks_what_it_alone_leads_to(tree: Tree) -> None:
    score = {one.node.key: one for one in rank(tree)}
    assert [one.place for one in score.values()] == list(range(1, len(score) + 1))
    for key, one in score.items():
        for effect in tree.effects_of(key):
            if effect in score and one.has_evidence == score[effect].has_evidence:
                assert (one.load, one.reach) > (score[effect].load, score[effect].reach)


@given(trees())
def test_an_outline_reads_back_as_the_same_tree(tree: Tree) -> None:
    names = {node.key: f"{node.text} {node.key}" for node in tree.nodes}
    named = Tree(
        tuple(Node(n.key, n.role, names[n.key], position=n.position, evidence=n.evidence,
                   is_addressable=n.is_addressable and n.role != CENTRAL) for n in tree.nodes),
        tree.edges,
    )  # fmt: skip
    again = read_outline(write_outline(named), named)
    assert {(n.key, n.text, n.evidence, n.is_addressable) for n in again.nodes} == {
        (n.key, n.text, n.evidence, n.is_addressable) for n in named.nodes
    }
    assert again.edges == named.edges


@given(st.text(min_size=1).filter(str.strip))
def test_every_problem_has_an_objective(text: str) -> None:
    (wish,) = wishes(Tree((Node(1, CENTRAL, text),)), "¿Qué se lograría?").values()
    assert wish.text.strip()


def test_a_loop_is_refused_by_its_name() -> None:
    tree = read_outline(Outline("C", "a\n  b\n    c"))
    with pytest.raises(RuleBroken) as refused:
        tree.linked(key_of(tree, "a"), key_of(tree, "c"))
    assert "«c» → «b» → «a» → «c»" in str(refused.value)
    with pytest.raises(RuleBroken, match="circle"):
        read_outline(Outline("C", "a\n  b\n    a"))


def test_an_effect_causes_no_cause() -> None:
    tree = bakery()
    with pytest.raises(RuleBroken, match="A cause leads to"):
        tree.linked(key_of(tree, "Costos altos"), key_of(tree, "Masa mal pesada"))


def test_a_repeated_line_is_one_cause_of_two() -> None:
    tree = bakery()
    root = key_of(tree, "Falta de mantenimiento")
    assert len(tree.nodes) == 5
    assert [tree.by_key[one].text for one in tree.effects_of(root)] == [
        "Temperatura irregular",
        "Masa mal pesada",
    ]
    (first,) = rank(tree)
    assert (first.node.key, first.ways, first.load, first.reach) == (root, 2, 12, 4)
    assert first.score == 8, "half, because nothing proves it"


def test_what_hung_on_a_removed_cause_moves_up_or_goes_with_it() -> None:
    tree = bakery()
    heat, root = key_of(tree, "Temperatura irregular"), key_of(tree, "Falta de mantenimiento")
    moved = tree.without(heat)
    assert (root, 0) in moved.edges
    assert root in tree.without(heat, branch=True).by_key, "it also hangs on the other"
    both = tree.without(heat, branch=True).without(key_of(tree, "Masa mal pesada"), branch=True)
    assert root not in both.by_key
    with pytest.raises(RuleBroken, match="holds the tree"):
        tree.without(0)


def test_a_pasted_list_keeps_its_shape() -> None:
    pasted = "1. Uno\n\t- Dos *\n\t\t• Tres\n\n   - Cuatro\n* Cinco"
    assert [(line.depth, line.text, line.is_addressable) for line in read_lines(pasted)] == [
        (0, "Uno", False), (1, "Dos", True), (2, "Tres", False), (1, "Cuatro", False), (0, "Cinco", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "objective"),
    [
        ("Falta de capital de trabajo", "Capital de trabajo suficiente"),
        ("Falta de registros de costos.", "Registros de costos suficientes"),
        ("Bajo rendimiento de la harina", "Mayor rendimiento de la harina"),
        ("Baja de las ventas", "Aumento de las ventas"),
        ("Costos altos de energía", "Costos más bajos de energía"),
        ("Temperatura muy alta", "Temperatura más baja"),
        ("Malas prácticas de manufactura", "Buenas prácticas de manufactura"),
        ("Producto de mala calidad", "Producto de buena calidad"),
        ("No llevan ningún control de inventario", "Llevan control de inventario"),
        ("Sin marca registrada", "Con marca registrada"),
        ("Personal poco capacitado", "Personal más capacitado"),
        ("Lack of records", "Enough records"),
        ("Trabajo bajo pedido", ""),
        ("El pan se quema", ""),
    ],
)
def test_problems_turn_into_objectives(problem: str, objective: str) -> None:
    assert positive(problem) == objective

"""What the page of a tree shows: picture, outline, ranking, and the panel of the problem that is open."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yanapay.assistance.access import can_edit_case
from yanapay.assistance.choices import Stage
from yanapay.assistance.exchange.tree_svg import Kind, draw
from yanapay.assistance.models import Case
from yanapay.assistance.queries.diagnosis import (
    common_causes,
    diagnosis_of,
    objectives_of,
    tree_of,
)
from yanapay.assistance.rules.tree import CAUSE, CENTRAL, EFFECT, Node, Tree
from yanapay.assistance.rules.tree.graph import Told, outwards
from yanapay.assistance.rules.tree.ranking import Ranked, rank
from yanapay.assistance.rules.tree.wishes import Wish
from yanapay.kernel.keys import read_key
from yanapay.web.assistance.diagnosis.forms import AddForm, NodeForm, OutlineForm
from yanapay.web.conflicts import Difference
from yanapay.web.http import Request


@dataclass(frozen=True)
class Branch:
    """A line of the outline and what hangs on it."""

    node: Node
    text: str
    place: int | None = None
    is_repeat: bool = False
    children: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Workbench:
    """A tree as one reader sees it, with what was typed or refused."""

    case: Case
    tree: Tree
    version: int
    may_edit: bool
    kind: Kind
    chosen: Node | None
    then: str = ""
    form: NodeForm | None = None
    adder: tuple[str, AddForm] | None = None
    conflicts: list[Difference] | None = None
    refusal: str = ""

    @classmethod
    def of(cls, request: Request, case: Case, chosen: int | None = None) -> "Workbench":
        diagnosis = diagnosis_of(case)
        tree = tree_of(diagnosis)
        key = chosen if chosen is not None else read_key(request.GET.get("node", ""))
        kind: Kind = "objectives" if request.GET.get("view") == "objectives" else "problems"
        return cls(
            case, tree, diagnosis.tree_version if diagnosis else 1, can_edit_case(request.scope, case),
            kind, tree.by_key.get(key) if key is not None else None, request.GET.get("then", ""),
        )  # fmt: skip

    def editing(self, form: NodeForm, conflicts: list[Difference] | None) -> "Workbench":
        return replace(self, form=form, conflicts=conflicts)

    def adding(self, side: str, form: AddForm) -> "Workbench":
        return replace(self, adder=(side, form))

    def refused(self, sentence: str) -> "Workbench":
        return replace(self, refusal=sentence)

    @property
    def wish(self) -> str:
        """What the objective of the open problem says when nobody writes it."""
        if self.chosen is None:
            return ""
        bare = replace(self.chosen, objective="")
        return objectives_of(Tree((bare,)))[bare.key].text

    @property
    def anchors(self) -> list[Node]:
        """What the open problem hangs on."""
        keys = self.tree.anchors_of(self.chosen.key) if self.chosen else []
        return [self.tree.by_key[key] for key in keys]

    def context(self) -> dict[str, Any]:
        ranked = rank(self.tree)
        return {
            "case": self.case, "may_edit": self.may_edit, "kind": self.kind, "version": self.version,
            "central": self.tree.central, "picture": self._picture(), "ranked": ranked,
            "causes": self._branches(CAUSE, ranked), "effects": self._branches(EFFECT, ranked),
            "top": self._top(), "count": len(self.tree.nodes),
            "chosen": self.chosen, "wish": self.wish, "refusal": self.refusal, "conflicts": self.conflicts,
            "begin": OutlineForm.of(self.tree, self.version), "then": self.then,
            "plan_url": self._plan_url(),
            **self._panel(),
        }  # fmt: skip

    def _plan_url(self) -> str:
        """Where the plan is made from these causes, once the case has come that far."""
        if self.case.stage < Stage.PROPOSAL:
            return ""
        return f"{reverse('assistance:case', args=[self.case.pk])}#plan"

    def _panel(self) -> dict[str, Any]:
        """The commands on the open problem."""
        if self.chosen is None or not self.may_edit:
            return {"form": None, "adders": [], "suggestions": [], "anchors": self.anchors, "others": [],
                    "below": [], "may_move": False}  # fmt: skip
        key, tree = self.chosen.key, self.tree
        below = [] if self.chosen.role == CENTRAL else tree.hanging_on(key)
        return {
            "form": self.form or NodeForm(node=self.chosen, wish=self.wish, version=self.version),
            "adders": self._adders(self.chosen),
            "suggestions": common_causes(self.case, tree) if self.chosen.role != EFFECT else [],
            "anchors": self.anchors,
            "others": [tree.by_key[one] for one in tree.may_hang_on(key)],
            "below": [tree.by_key[one] for one in below],
            "may_move": len(tree.siblings_of(key)) > 1,
        }

    def _adders(self, chosen: Node) -> list[tuple[str, AddForm]]:
        """One line for a cause, one for an effect; the refused one keeps what was typed."""
        labels = {
            CAUSE: _("Add a cause: why does this happen?"),
            EFFECT: _("Add an effect: what follows from this?"),
        }
        sides = [CAUSE, EFFECT] if chosen.role == CENTRAL else [chosen.role]
        made = []
        for side in sides:
            start = {"under": chosen.key, "side": side, "version": self.version}
            form = AddForm(label=labels[side], initial=start, auto_id=f"add_{side}_%s")
            if self.adder and (self.adder[0] == side or len(sides) == 1):
                form = self.adder[1]
                form.auto_id = f"add_{side}_%s"
                form.fields["text"].label = labels[side]
            made.append((side, form))
        return made

    def _picture(self) -> SafeString:
        """The SVG; what people wrote is escaped by its maker."""

        def link(key: int) -> dict[str, str]:
            address = self._address(key)
            return {"href": address, "hx-get": address, "hx-target": "#tree", "hx-swap": "outerHTML",
                    "hx-push-url": "true", "data-box": str(key)}  # fmt: skip

        if self.tree.central is None:
            return SafeString()
        return mark_safe(draw(self.tree, self.kind, link, self.chosen.key if self.chosen else None))  # noqa: S308

    def _address(self, key: int) -> str:
        view = "&view=objectives" if self.kind == "objectives" else ""
        return f"{reverse('assistance:tree', args=[self.case.pk])}?node={key}{view}"

    def _texts(self) -> dict[int, str]:
        if self.kind == "objectives":
            wishes: dict[int, Wish] = objectives_of(self.tree)
            return {key: wish.text for key, wish in wishes.items()}
        return {node.key: node.text for node in self.tree.nodes}

    def _top(self) -> Branch | None:
        centre = self.tree.central
        return Branch(centre, self._texts()[centre.key]) if centre else None

    def _branches(self, side: str, ranked: list[Ranked]) -> list[Branch]:
        """The outline of a side as nested lists."""
        texts, places = self._texts(), {one.node.key: one.place for one in ranked}
        root: list[Branch] = []
        levels = [root]
        for told in outwards(self.tree, side):
            branch = self._branch(told, texts, places)
            del levels[told.depth :]
            levels[-1].append(branch)
            levels.append(branch.children)
        return root

    def _branch(self, told: Told, texts: dict[int, str], places: dict[int, int]) -> Branch:
        node = self.tree.by_key[told.key]
        return Branch(node, texts[told.key], places.get(told.key), told.is_repeat)

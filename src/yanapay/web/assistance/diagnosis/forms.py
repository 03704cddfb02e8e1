"""Forms of the diagnosis and of its tree."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from yanapay.assistance.models import Diagnosis
from yanapay.assistance.rules.questionnaire import AreaQuestions, Questionnaire
from yanapay.assistance.rules.tree import CAUSE, CENTRAL, Node, Tree
from yanapay.assistance.rules.tree.outline import LONGEST, Outline, write_outline
from yanapay.directory.models import Observation
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.web.acting import say
from yanapay.web.conflicts import Difference
from yanapay.web.directory.forms.fields import CURRENCIES, day
from yanapay.web.templatetags.ui import money

FIGURES = ("workers_women", "workers_men", "annual_sales", "currency")
WEIGHTS = [(1, _("1: hardly")), (2, _("2: a little")), (3, _("3: clearly")), (4, _("4: much")),
           (5, _("5: decisively"))]  # fmt: skip


def _text(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class DiagnosisForm(forms.Form):
    """Day, baseline, one answer per question, what is strong and what follows."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    done_on = day(label=_("Day of the diagnosis"))
    baseline = forms.ChoiceField(
        label=_("Figures of the enterprise on that day"), required=False, widget=forms.RadioSelect
    )
    workers_women = forms.IntegerField(label=_("Women workers"), required=False, min_value=0)
    workers_men = forms.IntegerField(label=_("Men workers"), required=False, min_value=0)
    annual_sales = forms.CharField(
        label=_("Annual sales"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "0.00"}),
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=CURRENCIES, initial="PEN"
    )
    strengths = forms.CharField(
        label=_("Strengths"), required=False, widget=_text(3),
        help_text=_("What works well and should be kept."),
    )  # fmt: skip
    conclusions = forms.CharField(label=_("Conclusions"), required=False, widget=_text(4))

    def __init__(
        self, *args: Any, asked: Questionnaire, known: list[Observation], diagnosis: Diagnosis | None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.asked = asked
        self.known = {str(one.pk): one for one in known}
        baseline = self.fields["baseline"]
        baseline.choices = [  # type: ignore[attr-defined]
            *((key, figures_in_words(one)) for key, one in self.known.items()),
            ("", gettext("New figures, written below")),
        ]
        for area in asked.areas:
            for question in area.questions:
                self.fields[question.code] = self._question(question.text, question.levels)
        if diagnosis:
            self.initial.update(_as_written(diagnosis))

    def areas(self) -> Iterator[tuple[AreaQuestions, list[forms.BoundField]]]:
        """Each area with its questions."""
        for area in self.asked.areas:
            yield area, [self[question.code] for question in area.questions]

    def new_figures(self) -> list[forms.BoundField]:
        return [self[name] for name in FIGURES]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        written, currency = given.get("annual_sales") or "", given.get("currency") or "PEN"
        try:
            given["annual_sales"] = Money.parse(written, currency).amount_minor if written else None
        except RuleBroken as error:
            self.add_error("annual_sales", say(error.message))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "on": given["done_on"],
            "answers": {code: given[code] for code in self.asked.codes if given[code] is not None},
            "strengths": given["strengths"],
            "conclusions": given["conclusions"],
            "baseline": self.known.get(given["baseline"]),
            "figures": None if given["baseline"] else self._figures(),
            "version": given["version"],
            "asked": self.asked.version,
        }

    def differences(self, current: Diagnosis) -> list[Difference]:
        """What was typed beside what stands; the form then carries the newer version."""
        there = _as_written(current)
        found = [
            Difference(str(self.fields[name].label), self._said(name, self.cleaned_data.get(name)),
                       self._said(name, there.get(name)))
            for name in ("done_on", *self.asked.codes, "strengths", "conclusions")
            if (self.cleaned_data.get(name) or None) != (there.get(name) or None)
        ]  # fmt: skip
        self.data = {**self.data.dict(), "version": current.version}  # type: ignore[attr-defined]
        return found

    def _said(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        if isinstance(field, forms.TypedChoiceField):
            return dict(field.choices).get("" if value is None else value)  # type: ignore[arg-type]
        return value

    def _figures(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        figures = {name: given[name] for name in FIGURES if given.get(name) not in (None, "")}
        if "annual_sales" not in figures:
            figures.pop("currency", None)
        counted = [figures[name] for name in FIGURES[:2] if name in figures]
        return {**figures, "workers": sum(counted)} if counted else figures or None

    @staticmethod
    def _question(text: str, levels: tuple[str, ...]) -> forms.Field:
        return forms.TypedChoiceField(
            label=text, required=False, coerce=int, empty_value=None, widget=forms.RadioSelect,
            choices=[*enumerate(levels), ("", gettext("Not answered"))],
        )  # fmt: skip


def figures_in_words(one: Observation) -> str:
    """«12 March 2026 · 4 workers · S/ 36,000.00»."""
    said = [date_format(one.observed_on)]
    if one.workers is not None:
        said.append(ngettext("%d worker", "%d workers", one.workers) % one.workers)
    if one.annual_sales is not None:
        said.append(gettext("sales %s") % money(one.annual_sales, one.currency))
    return " · ".join(said)


def _as_written(diagnosis: Diagnosis) -> dict[str, Any]:
    return {
        **diagnosis.answers, "version": diagnosis.version, "done_on": diagnosis.done_on,
        "baseline": str(diagnosis.baseline_id or ""), "strengths": diagnosis.strengths,
        "conclusions": diagnosis.conclusions,
    }  # fmt: skip


class NodeForm(forms.Form):
    """What is known of one problem."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Problem"), max_length=LONGEST, widget=_text(2))
    is_addressable = forms.BooleanField(
        label=_("The enterprise can do something about it"), required=False
    )
    weight = forms.TypedChoiceField(label=_("How much it matters"), coerce=int, choices=WEIGHTS)
    evidence = forms.CharField(
        label=_("Evidence"), required=False, widget=_text(2),
        help_text=_("How it is known: what was seen, measured, counted or told, and when."),
    )  # fmt: skip
    objective = forms.CharField(label=_("Objective"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, node: Node, wish: str, version: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.node = node
        self.initial.update(_of_node(node), version=version)
        self.fields["objective"].help_text = gettext("If left empty: «%s»") % wish
        if node.role != CAUSE:
            del self.fields["is_addressable"], self.fields["weight"]
        if node.role == CENTRAL:
            self.fields["text"].label = _("Central problem")

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def differences(self, current: Node, version: int) -> list[Difference]:
        """What was typed beside what stands; the form then carries the newer version."""
        there = _of_node(current)
        found = [
            Difference(str(self.fields[name].label), _said(typed), _said(there[name]))
            for name, typed in self.values.items() if typed != there[name]
        ]  # fmt: skip
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]
        return found


def _of_node(node: Node) -> dict[str, Any]:
    return {
        "text": node.text, "is_addressable": node.is_addressable, "weight": node.weight,
        "evidence": node.evidence, "objective": node.objective,
    }  # fmt: skip


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return value


class AddForm(forms.Form):
    """A new problem, hung on another by one line."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    under = forms.IntegerField(required=False, widget=forms.HiddenInput)
    side = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, label: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = label

    def renew(self, version: int) -> None:
        """Carry the newer version, so that sending again decides."""
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]


class OutlineForm(forms.Form):
    """A whole tree as indented lines."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    central = forms.CharField(
        label=_("Central problem"), max_length=LONGEST,
        help_text=_("One sentence: what is wrong, not what is missing to solve it."),
    )  # fmt: skip
    causes = forms.CharField(
        label=_("Causes"), required=False, widget=_text(9, spellcheck="true"),
        help_text=_(
            "Ask “why?”. One per line; indent the cause of a cause below it. A star (*) at the end marks what "
            "the enterprise can do something about. A line that comes twice is one cause of two problems."
        ),
    )  # fmt: skip
    effects = forms.CharField(
        label=_("Effects"), required=False, widget=_text(5, spellcheck="true"),
        help_text=_("Ask “and what follows?”. One per line; indent the effect of an effect below it."),
    )  # fmt: skip

    @classmethod
    def of(cls, tree: Tree, version: int) -> "OutlineForm":
        """The tree as it stands."""
        return cls(initial={**_of_tree(tree), "version": version})

    def clean_causes(self) -> str:
        return str(self.data.get("causes", ""))  # the indent of the first line counts too

    def clean_effects(self) -> str:
        return str(self.data.get("effects", ""))

    @property
    def outline(self) -> Outline:
        given = self.cleaned_data
        return Outline(given["central"], given["causes"], given["effects"])

    def differences(self, tree: Tree, version: int) -> list[Difference]:
        """What was typed beside what stands; the form then carries the newer version."""
        there = _of_tree(tree)
        found = [
            Difference(str(self.fields[name].label), self.cleaned_data[name], there[name])
            for name in there if self.cleaned_data[name].splitlines() != there[name].splitlines()
        ]  # fmt: skip
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]
        return found


def _of_tree(tree: Tree) -> dict[str, str]:
    outline = write_outline(tree)
    return {"central": outline.central, "causes": outline.causes, "effects": outline.effects}

"""A form in words, for pages and paper: what a question is called, what it awaits, when it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy as _

Tree = Mapping[str, Any]
TYPES = {
    "text": _("Text"), "integer": _("Whole number"), "decimal": _("Number"), "range": _("Number"),
    "select_one": _("One answer"), "select_multiple": _("Several answers"), "rank": _("Order"),
    "date": _("Date"), "time": _("Time"), "dateTime": _("Date and time"), "datetime": _("Date and time"),
    "geopoint": _("Point on the map"), "geotrace": _("Line on the map"),
    "geoshape": _("Area on the map"), "image": _("Photograph"), "audio": _("Sound"), "video": _("Video"),
    "file": _("File"), "barcode": _("Code to scan"), "calculate": _("Calculated"),
    "acknowledge": _("Confirmation"),
}  # fmt: skip
_COMPARED = {
    "=": _("{left} is {right}"), "!=": _("{left} is not {right}"), ">": _("{left} is more than {right}"),
    "<": _("{left} is less than {right}"), ">=": _("{left} is at least {right}"),
    "<=": _("{left} is at most {right}"),
}  # fmt: skip
_BARE: Mapping[str, Any] = {
    "hints": {}, "notes": [], "section": {}, "section_logic": None, "logic": None, "required": False,
    "appearance": "", "row": 0,
}  # fmt: skip


class Form:
    """A version's questions and lists, spoken in one language (the first one where it is missing)."""

    def __init__(
        self, schema: Sequence[Mapping[str, Any]], choices: Mapping[str, Any], language: str = ""
    ) -> None:
        self.language = language or (get_language() or "es")[:2]
        self.questions = {one["name"]: {**_BARE, **one} for one in schema}
        self.choices = choices
        self.called: dict[str, str] = {}  # how conditions call a question, if not by what it asks

    def text(self, labels: Mapping[str, str]) -> str:
        """The text in this language, else in the first that has it; references as three dots."""
        return labels.get(self.language) or next(iter(labels.values()), "")

    def label(self, name: str) -> str:
        """What a question asks; its name when it asks nothing."""
        asked = self.questions.get(name)
        return (self.text(asked["labels"]) if asked else "") or name

    def choice(self, name: str, code: object) -> str:
        """What an answer of a question is called."""
        listed = self.choices.get(self.questions.get(name, {}).get("list", ""), [])
        found = next((one for one in listed if one["code"] == str(code)), None)
        return (self.text(found["labels"]) if found else "") or str(code)

    def when(self, logic: Tree | None, source: str = "") -> str:
        """«If …»; "" when always; the expression itself where it has no plain words."""
        if not logic:
            return gettext("If {condition}").format(condition=source) if source else ""
        said = self._said(logic)
        return gettext("If {condition}").format(condition=said or source) if said or source else ""

    def _said(self, logic: Tree) -> str:
        op, parts = logic.get("op", ""), list(logic.get("of", []))
        if op in ("and", "or"):
            return self._joined(op, parts)
        if op in _COMPARED:
            return self._compared(op, *parts)
        if op == "selected":
            return self._pair(gettext("{left} includes {right}"), *parts)
        if op == "not" and (inner := self._said(parts[0])):
            return gettext("not: {condition}").format(condition=inner)
        return ""

    def _joined(self, op: str, parts: Sequence[Tree]) -> str:
        said = [self._said(part) for part in parts]
        joint = gettext("{left} and {right}") if op == "and" else gettext("{left} or {right}")
        return joint.format(left=said[0], right=said[1]) if all(said) else ""

    def _compared(self, op: str, left: Tree, right: Tree) -> str:
        if right.get("value") == "" and "name" in left:
            said = gettext("{left} has no answer") if op == "=" else gettext("{left} has an answer")
            return said.format(left=self._quoted(left["name"]))
        return self._pair(str(_COMPARED[op]), left, right)

    def _pair(self, template: str, left: Tree, right: Tree) -> str:
        if "name" not in left or not ({"value", "name"} & set(right)):
            return ""
        named = self._quoted(right["name"]) if "name" in right else ""
        value = named or f"«{self.choice(left['name'], right['value'])}»"
        return template.format(left=self._quoted(left["name"]), right=value)

    def _quoted(self, name: str) -> str:
        return self.called.get(name) or f"«{self.label(name).strip('¿?')}»"


def type_words(kind: str) -> str:
    """What a question awaits; the technical word when it is a rare one."""
    return str(TYPES.get(kind, kind))

"""Choosing, field by field, what survives a merge."""

from typing import Any

from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.merging import Choice, MergePlan
from yanapay.web.directory.words import shown
from yanapay.web.http import Request


def taken(request: Request) -> list[str] | None:
    """Fields chosen from the record that goes; None before anybody chose."""
    if request.method != "POST":
        return None
    chosen = ((name, side) for name, side in request.POST.items() if name.startswith("take-"))
    return [name.removeprefix("take-") for name, side in chosen if side == "drop"]


def different(plan: "MergePlan[Any]") -> list[dict[str, Any]]:
    """The fields to decide on, both values in words: those that read differently."""
    model = type(plan.keep)
    lines = [
        {"choice": one, "keep": _words(one, one.keep, model), "drop": _words(one, one.drop, model)}
        for one in plan.choices
        if one.differs
    ]
    return [line for line in lines if line["keep"] != line["drop"]]


def _words(choice: Choice, value: Any, model: type[Organisation] | type[Person]) -> str:
    """A value, or those of fields that go together, as people read them; "" when nothing is there."""
    parts = (
        zip(choice.names, value, strict=True) if len(choice.names) > 1 else [(choice.name, value)]
    )
    return ", ".join(shown(name, one, model) for name, one in parts if one not in (None, "", []))

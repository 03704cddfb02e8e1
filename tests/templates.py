"""A template that names an unknown variable fails its test."""

import sys
from pathlib import Path

import yanapay

OURS = str(Path(yanapay.__file__).parent)


class UnknownVariable(str):
    """Stands in for ``string_if_invalid``: raises in our templates, stays empty in those of others."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return _template_in_use().startswith(OURS)

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"Unknown template variable {name} in {_template_in_use()}")


def _template_in_use() -> str:
    """The file of the node that Django is rendering, found by the frame that renders it."""
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if frame.f_code.co_name in {"render", "render_annotated"} and origin:
            return str(origin.name)
    return ""

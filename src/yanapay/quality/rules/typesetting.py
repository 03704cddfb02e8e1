"""A template of Typst and values become a PDF. Values in, bytes out; nothing is fetched.

A template is named by its package and file: ``assistance/diagnosis`` is ``assistance/typst/diagnosis.typ``.
Values reach it as JSON text, never as source: whatever a name holds is printed as it stands.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from yanapay.kernel.errors import RuleBroken

PACKAGE = Path(__file__).parents[2]
_PAGES = re.compile(rb"/Type ?/Pages ?/Count ([0-9]+)")
_one_at_a_time = Lock()  # the compiler refuses to be borrowed twice


@dataclass(frozen=True)
class Sheet:
    """A finished PDF."""

    pdf: bytes
    pages: int


def typeset(template: str, data: Mapping[str, Any]) -> Sheet:
    """The PDF of a template with these values. Raises RuleBroken when there is none or it is broken."""
    pdf = compiled(template, data)
    return Sheet(pdf, _count_pages(pdf))


def compiled(template: str, data: Mapping[str, Any], form: str = "pdf") -> Any:
    """The PDF as bytes, or the pages as pictures ("png": a list of bytes, bytes when there is one)."""
    values = {"data": json.dumps(data, ensure_ascii=False)}
    source = source_of(template)
    try:
        with _one_at_a_time:
            return _compiler().compile(source, format=form, ppi=70, sys_inputs=values)  # type: ignore[arg-type]
    except typst.TypstError as error:
        raise RuleBroken(
            "The template «{template}» of this document is broken: {why}. Tell whoever keeps the formats.",
            template=template,
            why=error.message,
        ) from error


def source_of(template: str) -> Path:
    """The file of a template; RuleBroken when this release has none of that name."""
    package, _, name = template.partition("/")
    path = PACKAGE / package / "typst" / f"{name}.typ"
    if not (package.isidentifier() and name.replace("-", "_").isidentifier() and path.is_file()):
        raise RuleBroken(
            "This release has no template «{template}». Tell whoever keeps the formats.",
            template=template,
        )
    return path


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the process: what it has read and laid out before, it need not do again."""
    return typst.Compiler(root=str(PACKAGE), ignore_system_fonts=True)


def _count_pages(pdf: bytes) -> int:
    """Typst writes its page tree in the clear."""
    return max(int(count) for count in _PAGES.findall(pdf))

"""The documents section of the case page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from yanapay.assistance.access import can_issue_document, can_open_document
from yanapay.assistance.choices import Stage
from yanapay.assistance.exchange.documents import Printable, printables
from yanapay.assistance.models import Case
from yanapay.quality.models import Document
from yanapay.web.assistance.parts import Part
from yanapay.web.http import Request


@dataclass(frozen=True)
class Row:
    """One thing that can be printed, with what was issued of it so far (the newest first)."""

    printable: Printable
    issued: list[Document]
    may_issue: bool


def _documents(request: Request, case: Case) -> dict[str, Any]:
    scope = request.scope
    found = Document.objects.about("case", case.pk).select_related(
        "version__format", "centre", "corrects"
    )
    documents = [one for one in found.order_by("-pk") if can_open_document(scope, one)]
    by_kind: dict[tuple[str, str], list[Document]] = {}
    for one in documents:
        by_kind.setdefault((one.version.format.code, one.about), []).append(one)
    rights = {flag: can_issue_document(scope, case, by_specialist=flag) for flag in (True, False)}
    rows = [
        Row(
            one,
            [] if one.kind.is_form else by_kind.get((one.kind.code, one.about), []),
            one.may_issue,
        )
        for one in printables(case)
        if rights[one.kind.by_specialist]
    ]
    papers = [row for row in rows if not row.printable.kind.is_form]
    listed = {document.pk for row in rows for document in row.issued}
    return {
        "others": [one for one in documents if one.pk not in listed],
        "forms": [row for row in rows if row.printable.kind.is_form],
        "rows": [row for row in papers if row.printable.kind.key != "visit"],
        "visits": [row for row in papers if row.printable.kind.key == "visit"],
    }


PARTS: tuple[Part, ...] = (
    Part("documents", Stage.PROMOTION, _("Documents"), "file-text", "assistance/documents/section.html",
         _documents),
)  # fmt: skip

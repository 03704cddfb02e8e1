"""The page of one case."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.assistance.access import can_edit_case, can_note_work
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.gates import lacking
from yanapay.web.assistance.cases.parts import PARTS
from yanapay.web.http import Request


def show(request: Request, pk: int) -> HttpResponse:
    """The story of a case, stage by stage, with what its stage still lacks."""
    case = open_case(request.scope, pk)
    shown = [part for part in PARTS if part.stage <= case.stage]
    context = {
        "case": case,
        "may_edit": can_edit_case(request.scope, case),
        "may_note": can_note_work(request.scope, case),
        "lacking": lacking(case),
        "parts": [(part, part.context(request, case)) for part in shown],
    }
    return render(request, "assistance/case.html", context)

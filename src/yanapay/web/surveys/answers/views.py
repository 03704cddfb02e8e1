"""Answers that arrived: the list, one answer with its edits, its files, and what the office thinks of it."""

import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from yanapay.accounts.choices import Permission
from yanapay.analytics.queries.behind import Behind, Cell, behind
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.access import can_review
from yanapay.surveys.actions.reviewing import review_answers
from yanapay.surveys.actions.rows import derive
from yanapay.surveys.exchange.answers import FORMATS, ending, export_answers
from yanapay.surveys.models import Attachment, Instrument, Submission
from yanapay.surveys.queries.answers import (
    differences,
    edits,
    form_of,
    labelled,
    listed,
    open_answer,
    sections,
    story,
    turns,
)
from yanapay.surveys.queries.days import answered_on
from yanapay.surveys.queries.files import SHELF
from yanapay.web.acting import actor, attempt
from yanapay.web.heads import Head, Words, downloads
from yanapay.web.http import Request, page_of
from yanapay.web.surveys.answers.forms import AnswerFilter, ReviewForm

PER_PAGE = 50
DOWNLOADS: dict[str, Words] = {
    "xlsx": gettext_lazy("Excel (XLSX)"), "csv": gettext_lazy("CSV"),
    "csv-labels": gettext_lazy("CSV with labels"),
    "csv-zip": gettext_lazy("CSV with repeats (ZIP)"), "json": "JSON",
    "zip": gettext_lazy("Originals with photos (ZIP)"),
}  # fmt: skip
SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif"}
"""Pictures that a browser may show on our own pages; everything else is a download."""


def index(request: Request) -> HttpResponse:
    """The last edit of each answer that the user may see, newest first."""
    _require_reader(request)
    form = AnswerFilter(request.GET, request.scope)
    filters = form.filters()
    counted = _counted(request)
    answers = listed(request.scope, filters)
    if counted:
        answers = answers.filter(pk__in=counted.answers.order_by().values("pk"))
    page = page_of(request, answers, PER_PAGE)
    context = {
        "page": page, "query": request.GET.urlencode(), "head": _head(request, form, page),
        "is_filtered": counted is not None or any(form.cleaned_data.values()), "counted": counted,
        "cell": Cell.read(request.GET).given, "review_form": ReviewForm(),
        "may_review": request.scope.may(Permission.SURVEYS_REVIEW),
    }  # fmt: skip
    return render(request, "surveys/answers/list.html", context)


def _head(request: Request, form: AnswerFilter, page: Any) -> Head:
    """Filters and downloads; these are of one form, because each form has columns of its own."""
    chosen, cell = form.cleaned_data.get("form", ""), Cell.read(request.GET).given
    addresses = [
        (label, reverse("surveys:answers_export", args=[chosen, kind]))
        for kind, label in DOWNLOADS.items() if chosen
    ]  # fmt: skip
    return Head(
        reverse("surveys:answers"), page.paginator.count, bool(cell) or any(form.cleaned_data.values()), form,
        kept=cell, downloads=downloads(addresses, request.GET.urlencode()),
        note="" if chosen else _("Choose a form to export its answers."),
    )  # fmt: skip


def _counted(request: Request) -> Behind | None:
    """The number of a table that led here; None when no table did, 404 when there is no such table."""
    cell = Cell.read(request.GET)
    if not cell.table:
        return None
    request.scope.require(Permission.SURVEYS_VIEW)
    try:
        return behind(cell, request.scope)
    except RuleBroken as error:
        raise Http404 from error


def show(request: Request, pk: int) -> HttpResponse:
    """One answer in the words of its form, with its files, its edits and its story."""
    return _page(request, open_answer(request.scope, pk), ReviewForm())


@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    """Give one answer a state and a note."""
    answer = open_answer(request.scope, pk)
    request.scope.require(Permission.SURVEYS_REVIEW, answer.centre_id)
    form = ReviewForm(request.POST)
    if form.is_valid() and attempt(form, lambda: _review(request, [answer], form)):
        messages.success(request, _("The review is saved."))
        return redirect("surveys:answer", pk)
    return _page(request, answer, form)


@require_POST
def review_several(request: Request) -> HttpResponse:
    """Give the answers that were ticked one state and one note."""
    keys = [int(key) for key in request.POST.getlist("answer") if key.isdecimal()][:PER_PAGE]
    found = Submission.objects.visible_to(request.scope).filter(pk__in=keys).defer("xml")
    answers = [one for one in found if can_review(request.scope, one)]
    form = ReviewForm(request.POST)
    if not answers:
        messages.warning(request, _("Tick the answers first."))
    elif form.is_valid() and attempt(form, lambda: _review(request, answers, form)):
        said = ngettext("{n} answer reviewed.", "{n} answers reviewed.", len(answers))
        messages.success(request, said.format(n=len(answers)))
    else:
        for told in form.errors.values():
            messages.error(request, " ".join(map(str, told)))
    return redirect(f"{request.path.removesuffix('review/')}?{request.POST.get('query', '')}")


@require_POST
def derive_again(request: Request, pk: int) -> HttpResponse:
    """Once more, for an answer that could not be read."""
    answer = open_answer(request.scope, pk)
    request.scope.require(Permission.SURVEYS_REVIEW, answer.centre_id)
    derive(by=actor(request, answer), submission=answer)
    return redirect("surveys:answer", pk)


def original(request: Request, pk: int) -> HttpResponse:
    """The XML as it arrived."""
    answer = open_answer(request.scope, pk)
    response = HttpResponse(bytes(answer.xml), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="answer-{answer.pk}.xml"'
    return response


def file(request: Request, pk: int, file_pk: int) -> HttpResponseBase:
    """A file that came with an answer: pictures are shown, everything else is a download."""
    answer = open_answer(request.scope, pk)
    found = answer.attachments.filter(pk=file_pk).first()
    if found is None or not SHELF.place(found.sha256).exists():
        raise Http404
    kind = found.content_type if found.content_type in SHOWN else "application/octet-stream"
    stream = SHELF.place(found.sha256).open("rb")
    response = FileResponse(
        stream, as_attachment=kind not in SHOWN, filename=found.name, content_type=kind
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response


def export(request: Request, form_id: str, kind: str) -> HttpResponseBase:
    """The answers to one form that fit the filters of the address."""
    _require_reader(request)
    instrument = Instrument.objects.filter(form_id=form_id).first()
    if instrument is None or kind not in FORMATS:
        raise Http404
    filters = AnswerFilter(request.GET, request.scope).filters()
    answers = listed(request.scope, filters).filter(instrument=instrument)
    if counted := _counted(request):
        answers = answers.filter(pk__in=counted.answers.order_by().values("pk"))
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    export_answers(instrument, answers, kind, stream)
    stream.seek(0)
    name = f"{form_id}-{timezone.localdate():%Y-%m-%d}.{ending(kind)}"
    return FileResponse(stream, as_attachment=True, filename=name)


def _page(request: Request, answer: Submission, form: ReviewForm) -> HttpResponse:
    language = get_language() or "es"
    every, asked = list(edits(answer)), form_of(answer)
    before = next((one for one in reversed(every) if one.pk < answer.pk), None)
    context: dict[str, Any] = {
        "answer": answer, "form": form,
        "sections": sections(labelled(answer, language), asked, language),
        "turns": turns(answer, asked, language), "edits": every,
        "differences": differences(before, answer, language) if before else [],
        "files": _files(answer), "story": story(answer), "day": answered_on(answer),
        "missing": sorted(set(answer.expected) - {one.name for one in answer.attachments.all()}),
        "may_review": can_review(request.scope, answer) and answer.is_current and not answer.erased_at,
        "may_edit": answer.is_current and not answer.erased_at and request.scope.may(Permission.SURVEYS_SUBMIT),
    }  # fmt: skip
    return render(request, "surveys/answers/answer.html", context)


def _files(answer: Submission) -> list[tuple[Attachment, bool]]:
    return [(one, one.content_type in SHOWN) for one in answer.attachments.order_by("name")]


def _review(request: Request, answers: list[Submission], form: ReviewForm) -> int:
    told = form.cleaned_data
    by = actor(request, answers[0])
    return review_answers(by=by, submissions=answers, review=told["review"], note=told["note"])


def _require_reader(request: Request) -> None:
    """Whoever reads the answers of a centre, and whoever sends and sees the own ones."""
    if not request.scope.may(Permission.SURVEYS_SUBMIT):
        request.scope.require(Permission.SURVEYS_VIEW)

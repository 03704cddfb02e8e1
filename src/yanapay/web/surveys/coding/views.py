"""Coding open answers one after another, and how far two coders agree."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanapay.accounts.models import User
from yanapay.kernel.errors import NotAllowed
from yanapay.kernel.keys import read_key
from yanapay.surveys.access import can_code, can_review
from yanapay.surveys.actions.coding import code_answer, decide_codes
from yanapay.surveys.models import Instrument, Submission
from yanapay.surveys.queries.coding import (
    Comparison,
    Task,
    coders,
    comparison,
    open_questions,
    vocabularies,
)
from yanapay.web.acting import actor, attempt, show_form
from yanapay.web.directory.forms.details import VOCABULARIES
from yanapay.web.http import Request
from yanapay.web.surveys.coding.forms import CodesForm, TaskForm
from yanapay.web.surveys.coding.words import Row, agreement_rows, named, single_words

SHOWN = 50


@dataclass(frozen=True)
class Place:
    """Where a page of coding stands: its task, the addresses, how far the user is."""

    task: Task
    label: str
    total: int
    left: int

    @property
    def done(self) -> int:
        return self.total - self.left

    @property
    def codes(self) -> str:
        """What the list of codes is called."""
        return str(VOCABULARIES.get(self.task.vocabulary, self.task.vocabulary))

    @property
    def args(self) -> list[str]:
        return [self.task.instrument.form_id, self.task.question, self.task.vocabulary]

    @property
    def url(self) -> str:
        return reverse("surveys:code", args=self.args)

    @property
    def agreement_url(self) -> str:
        return reverse("surveys:agreement", args=self.args)


def index(request: Request) -> HttpResponse:
    """Forms with open questions; choosing one of them and a list leads to its answers."""
    request.scope.require("surveys.view")
    form_id = request.GET.get("form")
    if form_id:
        found = get_object_or_404(_instruments(request), form_id=form_id)
        form = TaskForm(request.GET, found)
        if form.is_valid():
            given = form.cleaned_data
            return redirect("surveys:code", form_id, given["question"], given["vocabulary"])
    asked = request.GET.get("question", "")
    forms = [
        (one, TaskForm(None, one, asked)) for one in _instruments(request) if open_questions(one)
    ]
    forms.sort(key=lambda pair: pair[0].form_id != form_id)
    return render(request, "surveys/coding/index.html", {"forms": forms})


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request, form_id: str, question: str, vocabulary: str) -> HttpResponse:
    """The next answer that the user has not coded; what others gave it is not shown."""
    place = _place(request, form_id, question, vocabulary)
    answers = place.task.answers()
    at = read_key(request.GET.get("at", ""))
    here = (
        answers.filter(submission=at).first() if at else place.task.waiting(request.user.pk).first()
    )
    if at and here is None:
        raise Http404
    own = (
        place.task.by(request.user.pk).filter(submission=here.submission_id).first()
        if here
        else None
    )
    form = CodesForm(_sent(request), place.task, own.codes if own else None)
    if here and request.method == "POST" and _coded(request, place.task, here.submission, form):
        return redirect(place.url)
    before = place.task.by(request.user.pk).order_by("-coded_at", "-pk").first()
    context = {"place": place, "answer": here, "form": form, "own": own, "before": before}
    return show_form(request, "surveys/coding/code.html", context)


def agreement(request: Request, form_id: str, question: str, vocabulary: str) -> HttpResponse:
    """How far two coders agree, code by code, and where they differ; for whoever coded or reviews."""
    place = _place(request, form_id, question, vocabulary)
    people = coders(place.task)
    _require_part(request, [user for user, _ in people])
    pair = _pair(request, [user for user, _ in people])
    found = comparison(place.task, *pair) if pair else None
    context = {
        "place": place, "people": people, "found": found, "shown": SHOWN,
        "rows": agreement_rows(found) if found else [], "single": single_words(found) if found else "",
        "differences": _differences(request, place.task, found) if found else [],
    }  # fmt: skip
    return render(request, "surveys/coding/agreement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, form_id: str, question: str, vocabulary: str, pk: int) -> HttpResponse:
    """Settle one answer on which coders differ."""
    place = _place(request, form_id, question, vocabulary)
    here = get_object_or_404(place.task.answers(), submission=pk)
    if not can_review(request.scope, here.submission):
        raise NotAllowed("Only reviewers decide between coders.")
    told = place.task.codings().filter(submission=pk).select_related("coder")
    held = told.filter(is_adjudicated=True).first()
    given = [(one.coder, named(place.task, one.codes)) for one in told if not one.is_adjudicated]
    form = CodesForm(_sent(request), place.task, held.codes if held else None)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: decide_codes(codes=form.cleaned_data["codes"], judge=request.user,
                                   **_signed(request, place.task, here.submission))
    ):  # fmt: skip
        messages.success(request, _("The codes of this answer are settled."))
        return redirect(place.agreement_url)
    context = {"place": place, "answer": here, "form": form, "given": given}
    return show_form(request, "surveys/coding/decide.html", context)


def _sent(request: Request) -> Any:
    """What was ticked, also nothing; None when nothing was sent."""
    return request.POST if request.method == "POST" else None


def _coded(request: Request, task: Task, submission: Submission, form: CodesForm) -> bool:
    if not can_code(request.scope, submission):
        raise NotAllowed("You read your own answers only; others code them.")
    return form.is_valid() and attempt(
        form, lambda: code_answer(codes=form.cleaned_data["codes"], coder=request.user,
                                  **_signed(request, task, submission))
    )  # fmt: skip


def _signed(request: Request, task: Task, submission: Submission) -> dict[str, Any]:
    return {
        "by": actor(request, submission), "submission": submission,
        "question": task.question, "vocabulary": task.vocabulary,
    }  # fmt: skip


def _place(request: Request, form_id: str, question: str, vocabulary: str) -> Place:
    request.scope.require("surveys.view")
    instrument = get_object_or_404(_instruments(request), form_id=form_id)
    label = dict(open_questions(instrument)).get(question)
    if label is None or vocabulary not in vocabularies():
        raise Http404
    task = Task(instrument, question, vocabulary, request.scope)
    return Place(task, label, task.answers().count(), task.waiting(request.user.pk).count())


def _require_part(request: Request, people: list[User]) -> None:
    if request.user not in people and not request.scope.may("surveys.review"):
        raise NotAllowed("Coders are blind to each other: code the answers first, then compare.")


def _pair(request: Request, people: list[User]) -> tuple[User, User] | None:
    """The two asked for, else the two who coded most."""
    known = {str(user.pk): user for user in people}
    asked = [known[pk] for name in ("a", "b") if (pk := request.GET.get(name, "")) in known]
    chosen = asked if len(set(asked)) == 2 else people[:2]
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


def _differences(request: Request, task: Task, found: Comparison) -> list[Row]:
    may = request.scope.may("surveys.review")
    return [Row(one, task, may=may) for one in found.differences[:SHOWN]]


def _instruments(request: Request) -> "QuerySet[Instrument]":
    found = Instrument.objects.visible_to(request.scope).exclude(current=None)
    return found.select_related("current")

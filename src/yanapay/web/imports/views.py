"""The import wizard: upload, columns, check, load, result. Each step can be left and found again."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.centres.models import Centre
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import (
    checked_file,
    discard,
    forget,
    inspect,
    notes,
    stage,
    today_at,
    undo,
)  # fmt: skip
from yanapay.directory.models import ImportBatch
from yanapay.directory.tasks import load_later
from yanapay.kernel.errors import NotFound, RuleBroken, UnreadableFile
from yanapay.kernel.keys import read_key
from yanapay.kernel.messages import Message
from yanapay.places.rules.gazetteer import Codes
from yanapay.web.acting import actor, attempt, done, made, say, show_form
from yanapay.web.http import Request
from yanapay.web.imports.forms import MappingForm, UploadForm
from yanapay.web.imports.uploads import LIMIT_MB, drop, keep, path_of

RUNNING = {BatchState.QUEUED, BatchState.LOADING}
SHOWN = 100


def index(request: Request) -> HttpResponse:
    """All imports of the user's centres, newest first."""
    request.scope.require("directory.import")
    rows = _visible(request).select_related("centre", "created_by").order_by("-created_at")[:100]
    return render(request, "imports/list.html", {"batches": rows})


def new(request: Request) -> HttpResponse:
    """First step: the file."""
    request.scope.require("directory.import")
    form = UploadForm(request.POST or None, request.FILES or None, scope=request.scope)
    if form.is_valid():
        token = keep(form.cleaned_data["file"], request.user.pk)
        if attempt(
            form, lambda: _look(path_of(token, request.user.pk), form.cleaned_data["centre"])
        ):
            query = f"?centre={form.cleaned_data['centre'].pk}&codes={form.cleaned_data['codes']}"
            return redirect(reverse("imports:mapping", args=[token]) + query)
        drop(token, request.user.pk)
    context = {"form": form, "steps": steps("file"), "limit": LIMIT_MB}
    return show_form(request, "imports/new.html", context)


def mapping(request: Request, token: str) -> HttpResponse:
    """Second step: what each column means. Checking writes nothing into the directory."""
    path = path_of(token, request.user.pk)
    codes: Codes = "reniec" if request.GET.get("codes") == "reniec" else "inei"
    centre = _centre(request)
    form = MappingForm(request.POST or None, inspection=inspect(path, centre))
    if checked := _checked(request, form, path, path.name, centre, codes):
        drop(token, request.user.pk)
        return redirect("imports:batch", checked.pk)
    return _columns_page(request, form, path.name, centre)


def columns(request: Request, pk: int) -> HttpResponse:
    """The second step again, from a checked file: its columns mean something else."""
    found = open_batch(request, pk)
    centre = found.centre
    try:
        path = checked_file(found)
    except RuleBroken as error:
        messages.error(request, say(error.message))
        return redirect("imports:batch", pk)
    form = MappingForm(request.POST or None, inspection=inspect(path, centre), chosen=found.mapping)
    codes: Codes = found.options["codes"]
    if checked := _checked(request, form, path, found.file_name, centre, codes):
        forget(found)
        return redirect("imports:batch", checked.pk)
    return _columns_page(request, form, found.file_name, centre)


def _checked(
    request: Request, form: MappingForm, path: Path, name: str, centre: Centre, codes: Codes
) -> ImportBatch | None:
    """The file checked by the columns of the form; None when the form must be mended first."""
    if not form.is_valid():
        return None
    by, today = request.scope.actor(centre.pk), today_at(centre)
    return made(
        form,
        lambda: stage(path, centre=centre, by=by, today=today, mapping=form.mapping, codes=codes,
                      file_name=name),
    )  # fmt: skip


def _columns_page(
    request: Request, form: MappingForm, file_name: str, centre: Centre
) -> HttpResponse:
    context = {
        "form": form, "steps": steps("columns"), "file_name": file_name, "centre": centre,
        "inspection": form.inspection,
    }  # fmt: skip
    return show_form(request, "imports/mapping.html", context)


def batch(request: Request, pk: int) -> HttpResponse:
    """Third step and result: what the file would do, is doing, or has done."""
    found = open_batch(request, pk)
    rejects = [
        {"row_no": one.row_no, "problems": [(p["column"], p["value"], _why(p)) for p in one.problems]}
        for one in found.rejects.order_by("row_no")[:SHOWN]
    ]  # fmt: skip
    context = {
        "batch": found,
        "counts": found.counts,
        "rejects": rejects,
        "shown": SHOWN,
        "remarks": [say(one) for one in notes(found)],
        "unmapped": found.options.get("unmapped", []),
        "suspects": [
            {**one, "reason": say(Message(one["reason"]["template"], **one["reason"]["values"]))}
            for one in found.options.get("suspects", [])
        ],
        "pending": found.conflicts.filter(state="pending").count(),
        "is_running": found.state in RUNNING,
        "to_load": sum(found.counts.get(name, 0) for name in ("created", "changed", "conflicts")),
        "steps": steps("result" if found.state in {*RUNNING, BatchState.PUBLISHED} else "check"),
    }
    return render(request, "imports/batch.html", context)


def progress(request: Request, pk: int) -> HttpResponse:
    """How far the load has come; when it is over, the page is asked anew."""
    found = open_batch(request, pk)
    response = render(request, "imports/progress.html", {"batch": found})
    if found.state not in RUNNING:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Load in the background."""
    found = open_batch(request, pk)
    load_later(found, actor(request, found))
    return redirect("imports:batch", pk)


@require_POST
def throw_away(request: Request, pk: int) -> HttpResponse:
    """Discard a batch that is not published."""
    found = open_batch(request, pk)
    done(request, lambda: discard(found), _("The file was thrown away; nothing was loaded."))
    return redirect("imports:batch", pk)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Remove what a published batch created."""
    found = open_batch(request, pk)
    by = actor(request, found)
    done(request, lambda: undo(found, by=by), _("The import is undone."))
    return redirect("imports:batch", pk)


def steps(current: str) -> list[dict[str, Any]]:
    """The steps of the wizard for its bar."""
    names = {"file": _("File"), "columns": _("Columns"), "check": _("Check"), "result": _("Result")}
    at = list(names).index(current)
    return [
        {"label": label, "url": "", "state": "done" if n < at else "current" if n == at else "todo"}
        for n, label in enumerate(names.values())
    ]


def _why(problem: dict[str, Any]) -> str:
    """The sentence alone: the column stands beside it."""
    return say(Message(problem["template"], **problem["values"]))


def _look(path: Path, centre: Centre) -> bool:
    try:
        if not inspect(path, centre).sample:
            raise UnreadableFile("The file has a header and no rows below it.")
    except UnreadableFile as error:
        error.field = "file"
        raise
    return True


def _visible(request: Request) -> Any:
    centres = request.scope.centres_with("directory.import")
    found = ImportBatch.objects.all()
    return found if centres is None else found.filter(centre__in=centres)


def open_batch(request: Request, pk: int) -> ImportBatch:
    """The import, if it belongs to a centre where the user imports; else NotFound."""
    found: ImportBatch | None = (
        _visible(request).select_related("centre", "created_by").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound("There is no such import.")
    return found


def _centre(request: Request) -> Centre:
    number = read_key(request.GET.get("centre", ""))
    found = None if number is None else Centre.objects.filter(pk=number).first()
    if found is None or not request.scope.may("directory.import", found.pk):
        raise NotFound("There is no such centre.")
    return found

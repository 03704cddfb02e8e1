"""Import jobs: a file is checked on arrival, loaded when told to, and thrown away or kept whole."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from django.conf import settings
from django.utils.translation import gettext
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError

from yanapay.api.access import READ, WRITE, Request, centre_for
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import BIGGEST, Key, Limit
from yanapay.centres.rules import Scope
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import discard, message, notes, stage, today_at
from yanapay.directory.models import ImportBatch
from yanapay.directory.tasks import load_later
from yanapay.kernel.errors import NotFound, RuleBroken

router = Router(tags=["imports"])
Before = Annotated[int, Query(0, ge=0, le=BIGGEST, description="`next` of the page before")]


class ImportOptions(Schema):
    """``mapping`` is a JSON object {header: field}; without it the columns are recognised by name."""

    centre: Annotated[int, Form(ge=1, le=BIGGEST)] | None = None
    codes: Literal["inei", "reniec"] = "inei"
    mapping: Annotated[str, Form(max_length=100_000)] = ""


class ImportOut(Schema):
    """``counts`` are those of the dry run until the batch is published."""

    id: int
    centre: int
    file_name: str
    sha256: str
    state: str
    counts: dict[str, int]
    progress: int
    total: int
    problem: str
    notes: list[str]
    unmapped: list[str]
    created_at: datetime
    finished_at: datetime | None

    @staticmethod
    def resolve_centre(batch: ImportBatch) -> int:
        return batch.centre_id

    @staticmethod
    def resolve_notes(batch: ImportBatch) -> list[str]:
        return [note.render(gettext) for note in notes(batch)]

    @staticmethod
    def resolve_unmapped(batch: ImportBatch) -> list[str]:
        return list(batch.options.get("unmapped", []))


class ImportPage(Schema):
    items: list[ImportOut]
    next: int


class RejectOut(Schema):
    row_no: int
    row: list[str]
    problems: list[str]


class RejectPage(Schema):
    items: list[RejectOut]
    next: int


@router.get("", auth=READ, response={200: ImportPage, **PROBLEMS})
def list_imports(request: Request, before: Before, limit: Limit) -> dict[str, Any]:
    """Imports of your centres, newest first."""
    request.auth.require("directory.import")
    rows = _visible(request.auth).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: limit + 1])
    return {"items": found[:limit], "next": found[limit - 1].pk if len(found) > limit else 0}


@router.post("", auth=WRITE, response={201: ImportOut, **PROBLEMS})
def stage_import(
    request: Request, file: File[UploadedFile], options: Form[ImportOptions]
) -> Status[ImportBatch]:
    """Send a CSV, XLSX or Parquet file. It is checked now and waits, staged, for ``load``."""
    centre = centre_for(request.auth, "directory.import", options.centre)
    if (file.size or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise HttpError(413, gettext("The file is too large for the API; ask the operator."))
    mapping = _mapping(options.mapping)
    name = Path(file.name or "file").name or "file"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(name).suffix[:10]}"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        batch = stage(
            path, centre=centre, by=request.auth.actor(centre.pk), today=today_at(centre),
            mapping=mapping, codes=options.codes, file_name=name,
        )  # fmt: skip
    return Status(201, batch)


@router.get("/{pk}", auth=READ, response={200: ImportOut, **PROBLEMS})
def get_import(request: Request, pk: Key) -> ImportBatch:
    """State, counts and progress of an import."""
    return _batch(request.auth, pk)


@router.get("/{pk}/rejects", auth=READ, response={200: RejectPage, **PROBLEMS})
def list_rejects(request: Request, pk: Key, after: Before, limit: Limit) -> dict[str, Any]:
    """Rows that cannot be taken, as they stood, with what is wrong."""
    rows = _batch(request.auth, pk).rejects.filter(row_no__gt=after).order_by("row_no")
    found = list(rows[: limit + 1])
    items = [
        {
            "row_no": one.row_no,
            "row": [str(cell) for cell in one.row],
            "problems": [message(problem).render(gettext) for problem in one.problems],
        }
        for one in found[:limit]
    ]
    return {"items": items, "next": found[limit - 1].row_no if len(found) > limit else 0}


@router.post("/{pk}/load", auth=WRITE, response={202: ImportOut, **PROBLEMS})
def load_import(request: Request, pk: Key) -> Status[ImportBatch]:
    """Load a staged batch in the background; ask for it again to see how far it is."""
    batch = _batch(request.auth, pk)
    if batch.state in {BatchState.PUBLISHED, BatchState.DISCARDED, BatchState.UNDONE}:
        raise RuleBroken("This import is finished.")
    load_later(batch, request.auth.actor(batch.centre_id))
    batch.refresh_from_db()
    return Status(202, batch)


@router.delete("/{pk}", auth=WRITE, response={200: ImportOut, **PROBLEMS})
def discard_import(request: Request, pk: Key) -> ImportBatch:
    """Throw away a batch that is not published."""
    return discard(_batch(request.auth, pk))


def _visible(scope: Scope) -> Any:
    centres = scope.centres_with("directory.import")
    found = ImportBatch.objects.all()
    return found if centres is None else found.filter(centre__in=centres)


def _batch(scope: Scope, pk: int) -> ImportBatch:
    found: ImportBatch | None = _visible(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found


def _mapping(given: str) -> dict[str, str] | None:
    if not given:
        return None
    try:
        mapping = json.loads(given)
    except (ValueError, RecursionError):
        mapping = None
    if not isinstance(mapping, dict) or not all(isinstance(v, str) for v in mapping.values()):
        raise RuleBroken("The mapping is a JSON object {{header: field}}.", field="mapping")
    return mapping

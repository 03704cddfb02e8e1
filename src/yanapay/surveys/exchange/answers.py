"""Answers written out: as a table with a row each, as JSON with everything, or as the files that came."""

import json
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.exchange.central import cell, write_central
from yanapay.surveys.exchange.labelled import write_labelled
from yanapay.surveys.models import Instrument, Record, Submission, Version
from yanapay.surveys.queries.answers import answers_of
from yanapay.surveys.queries.files import SHELF
from yanapay.surveys.rules.rows import Plan, plan
from yanapay.tabular.writing import write_sheets, write_table

Answers = QuerySet[Submission]
_AT_ONCE = 500
FIXED = ("instanceID", "form", "version", "received", "device", "user", "state")


def export_answers(instrument: Instrument, answers: Answers, format: str, stream: BinaryIO) -> int:  # noqa: A002
    """Write the answers to one form; how many. Tables hold the last edit of each, json and zip every edit.

    ``csv`` holds the answers themselves, ``csv-labels`` the same in words of the language that is active,
    ``xlsx`` a sheet more for each repeat, ``csv-zip`` a file for each with the keys of ODK Central.
    """
    if format not in FORMATS:
        raise RuleBroken("There is no export to {format}.", format=format)
    return FORMATS[format](instrument, answers, stream)


def _json(instrument: Instrument, answers: Answers, stream: BinaryIO) -> int:
    plans = _plans(instrument)
    count = 0
    for answer in _read(answers):
        told = {**_told(answer), "xml": bytes(answer.xml).decode("utf-8", "replace"),
                "current": answer.is_current, "deprecatedID": answer.deprecated_id,
                "attachments": [{"name": f.name, "size": f.size, "sha256": f.sha256}
                                for f in answer.attachments.all()],
                "answers": answers_of(answer, plans[answer.version_id])}  # fmt: skip
        stream.write(b",\n" if count else b"[\n")
        stream.write(json.dumps(told, ensure_ascii=False).encode())
        count += 1
    stream.write(b"\n]\n" if count else b"[]\n")
    return count


def _zip(instrument: Instrument, answers: Answers, stream: BinaryIO) -> int:
    """A folder per answer, named by its key, because an instanceID may hold anything."""
    count = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for answer in _read(answers):
            folder = f"{instrument.form_id}/{answer.pk}"
            archive.writestr(f"{folder}/submission.xml", bytes(answer.xml))
            for file in answer.attachments.all():
                name = PurePosixPath(file.name).name
                archive.write(SHELF.place(file.sha256), f"{folder}/{name}", zipfile.ZIP_STORED)
            count += 1
    return count


def _csv(instrument: Instrument, answers: Answers, stream: BinaryIO) -> int:
    names = _questions(instrument).get("", [])
    return write_table("csv", stream, [*FIXED, *names], _main(answers, names))


def _csv_labels(instrument: Instrument, answers: Answers, stream: BinaryIO) -> int:
    current = _read(answers.current())  # type: ignore[attr-defined]
    return write_labelled(stream, instrument, current, get_language() or settings.LANGUAGE_CODE)


def _xlsx(instrument: Instrument, answers: Answers, stream: BinaryIO) -> int:
    questions, answers = _questions(instrument), answers.current()  # type: ignore[attr-defined]
    names = questions.pop("", [])
    repeats = (
        (repeat, ["instanceID", "parent", "position", *asked], _turns(answers, repeat, asked))
        for repeat, asked in questions.items()
    )
    write_sheets(stream, [(instrument.form_id, [*FIXED, *names], _main(answers, names)), *repeats])
    return answers.count()


def _csv_zip(instrument: Instrument, answers: Answers, stream: BinaryIO) -> int:
    current = answers.current()  # type: ignore[attr-defined]
    return write_central(
        stream,
        instrument.form_id,
        _questions(instrument),
        lambda: _read(current),
        _plans(instrument),
    )


def _main(answers: Answers, names: list[str]) -> Iterator[list[Any]]:
    for answer in _read(answers.current()):  # type: ignore[attr-defined]
        main: dict[str, Any] = next(
            (one.values for one in answer.records.all() if not one.repeat), {}
        )
        yield [*_told(answer).values(), *(cell(main.get(name)) for name in names)]


def _turns(answers: Answers, repeat: str, names: list[str]) -> Iterator[list[Any]]:
    found = Record.objects.filter(submission__in=answers.order_by().values("pk"), repeat=repeat)
    fields = ("submission__instance_id", "parent_position", "position", "values")
    for instance, parent, position, values in found.order_by("submission", "position").values_list(
        *fields
    ):
        yield [instance, parent, position, *(cell(values.get(name)) for name in names)]


def _told(answer: Submission) -> dict[str, str]:
    device, user = answer.device, answer.user
    return {
        "instanceID": answer.instance_id, "form": answer.instrument.form_id, "version": answer.version.number,
        "received": answer.received_at.isoformat(),
        "device": (device.label or f"device {device.pk}") if device else "",
        "user": user.username if user else answer.user_name, "state": answer.review,
    }  # fmt: skip


def _read(answers: Answers) -> Iterator[Submission]:
    """With what each needs, some hundred at a time."""
    keys = iter(answers.order_by("pk").values_list("pk", flat=True).iterator(50_000))
    ready = Submission.objects.select_related("instrument", "version", "device", "user").defer(
        *(f"version__{name}" for name in ("workbook", "xform", "schema", "choices", "findings"))
    )
    ready = ready.prefetch_related("records", "attachments").order_by("pk")
    while part := list(islice(keys, _AT_ONCE)):
        yield from ready.filter(pk__in=part)


def _questions(instrument: Instrument) -> dict[str, list[str]]:
    """Names of all questions that any version asked, by repeat, in the order of the newest."""
    found: dict[str, dict[str, None]] = {"": {}}
    for schema in instrument.versions.order_by("-pk").values_list("schema", flat=True):
        for asked in schema:
            found.setdefault(asked.get("repeat", ""), {})[asked["name"]] = None
    return {repeat: list(names) for repeat, names in found.items()}


def _plans(instrument: Instrument) -> dict[int, Plan]:
    versions = Version.objects.filter(instrument=instrument)
    return {pk: plan(schema) for pk, schema in versions.values_list("pk", "schema")}


FORMATS: dict[str, Callable[[Instrument, Answers, BinaryIO], int]] = {
    "csv": _csv, "csv-labels": _csv_labels, "csv-zip": _csv_zip, "xlsx": _xlsx, "json": _json, "zip": _zip,
}  # fmt: skip


def ending(format: str) -> str:  # noqa: A002
    """How the name of such a file ends."""
    return {"csv-labels": "labels.csv", "csv-zip": "csv.zip"}.get(format, format)

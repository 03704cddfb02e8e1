"""The child process that examines workbooks: a JSON list of jobs on standard input, of results on output."""

import base64
import json
import re
import resource
import sys
from collections.abc import Mapping
from typing import Any

from yanapay.surveys.rules.xlsform.book import Book, Unreadable, read
from yanapay.surveys.rules.xlsform.columns import check_choices, check_columns, check_settings
from yanapay.surveys.rules.xlsform.conversion import to_xform
from yanapay.surveys.rules.xlsform.findings import ERROR, Finding, arranged
from yanapay.surveys.rules.xlsform.languages import code_of, fill, spoken, texts
from yanapay.surveys.rules.xlsform.logic import check_logic
from yanapay.surveys.rules.xlsform.questions import choices, schema

MEMORY, SECONDS = 1 << 30, 60
_MEDIA = re.compile(r"jr://[\w-]+/([^\"'<>]+)")


def examine(content: bytes, number: str, media: Mapping[str, bytes]) -> dict[str, Any]:
    """A workbook as form, or the findings that say why not."""
    try:
        book, found = read(content)
    except Unreadable as error:
        return {"findings": [error.finding.plain()]}
    languages = spoken(book)
    main = languages[0]
    found += [
        *check_columns(book),
        *check_settings(book),
        *check_choices(book),
        *check_logic(book, main),
    ]
    asked, lists = schema(book, main), choices(book, main, media)
    found += fill(book, languages)
    title = _title(book, main)
    number = book.settings.get("version") or number
    xform, refused = to_xform(book, number, next(iter(title.values())))
    told = arranged([*found, *_new(refused, found)])
    return {
        "findings": [one.plain() for one in told], "form_id": book.settings.get("form_id", ""), "title": title,
        "number": number, "xform": xform.decode(), "languages": [code_of(one) or "es" for one in languages],
        "schema": asked, "choices": lists, "media": sorted(set(_MEDIA.findall(xform.decode()))),
    }  # fmt: skip


def _new(refused: list[Finding], found: list[Finding]) -> list[Finding]:
    """What pyxform says besides what was found already in the same row."""
    rows = {(one.sheet, one.row) for one in found if one.severity == ERROR}
    return [one for one in refused if (one.sheet, one.row) not in rows]


def _title(book: Book, main: str) -> dict[str, str]:
    settings = book.settings
    said = texts({k.replace("form_title", "label"): v for k, v in settings.items()}, "label", main)
    return said or {code_of(main) or "es": settings.get("form_id", "") or "—"}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def answer(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Examine each job; nothing of one reaches another."""
    return [
        examine(_bytes(job["content"]), job["number"], {n: _bytes(c) for n, c in job["media"].items()})
        for job in jobs
    ]  # fmt: skip


if __name__ == "__main__":
    _limit()
    json.dump(answer(json.load(sys.stdin)), sys.stdout)

"""Answers as ODK Central exports them: a ZIP with one CSV for the answers and one for each repeat.

Rows are joined by KEY and PARENT_KEY; questions are called by their names, without the groups around them.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from yanapay.surveys.choices import Review
from yanapay.surveys.models import Record, Submission
from yanapay.surveys.rules.keys import Turn, keys_of
from yanapay.surveys.rules.rows import Plan
from yanapay.tabular.writing import write_table

BEFORE = ("SubmissionDate",)
AFTER = ("KEY", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "ReviewState", "DeviceID",
         "FormVersion")  # fmt: skip
REVIEWS = {Review.ISSUES: "hasIssues", Review.APPROVED: "approved", Review.REJECTED: "rejected"}
Answers = Callable[[], Iterable[Submission]]


def write_central(
    stream: BinaryIO, name: str, questions: Mapping[str, Sequence[str]], answers: Answers,
    plans: Mapping[int, Plan],
) -> int:  # fmt: skip
    """Write the archive; how many answers. ``answers`` gives them anew for each file, with their rows."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        main = questions.get("", ())
        rows = _main(answers(), main)
        count = _write(archive, name, [*BEFORE, *main, *AFTER], rows)
        for repeat, asked in questions.items():
            if repeat:
                turns = _turns(answers(), repeat, asked, plans)
                _write(archive, f"{name}-{repeat}", [*asked, "PARENT_KEY", "KEY"], turns)
    return count


def cell(value: Any) -> str:
    """What was answered, as codes."""
    return " ".join(value) if isinstance(value, list) else value or ""


def _write(
    archive: zipfile.ZipFile, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    with archive.open(f"{name}.csv", "w", force_zip64=True) as part:
        return write_table("csv", part, headers, rows)  # type: ignore[arg-type]


def _main(answers: Iterable[Submission], names: Sequence[str]) -> Iterator[list[Any]]:
    for answer in answers:
        values: dict[str, Any] = next(
            (row.values for row in answer.records.all() if not row.repeat), {}
        )
        device, user = answer.device, answer.user
        yield [
            answer.received_at.isoformat(), *(cell(values.get(name)) for name in names), answer.instance_id,
            user.username if user else answer.user_name, len(answer.attachments.all()), len(answer.expected),
            REVIEWS.get(Review(answer.review), ""), device.label if device else "", answer.version.number,
        ]  # fmt: skip


def _turns(
    answers: Iterable[Submission], repeat: str, names: Sequence[str], plans: Mapping[int, Plan]
) -> Iterator[list[Any]]:
    for answer in answers:
        found = {_turn(row): row for row in answer.records.all() if row.repeat}
        keys = keys_of(answer.instance_id, found, plans[answer.version_id])
        for turn, row in sorted(found.items()):
            if turn.repeat == repeat:
                yield [*(cell(row.values.get(name)) for name in names), *keys[turn]]


def _turn(row: Record) -> Turn:
    return Turn(row.repeat, row.position, row.parent_position)

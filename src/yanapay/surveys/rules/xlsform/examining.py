"""The parent's side: hand workbooks to the child, take what it found."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.findings import Examined, Place, arranged, finding
from yanapay.surveys.rules.xlsform.validation import validate

LARGEST = 20 << 20
SECONDS = 120


@dataclass(frozen=True)
class Job:
    """A workbook to examine. ``number`` is its version when the workbook names none."""

    content: bytes
    number: str
    media: Mapping[str, bytes] = field(default_factory=dict)


def examine(content: bytes, number: str, media: Mapping[str, bytes] | None = None) -> Examined:
    """The form in a workbook, all checks done. Never raises for what the file holds."""
    if len(content) > LARGEST:
        return Examined(
            [Place("").error("too_large", Message("The workbook is too large to be a form."))]
        )
    examined = examine_all([Job(content, number, media or {})])[0]
    if not examined.is_usable:
        return examined
    validated_by, found = validate(examined.xform, examined.schema, media or {})
    return replace(
        examined, findings=arranged([*examined.findings, *found]), validated_by=validated_by
    )


def examine_all(jobs: Sequence[Job]) -> list[Examined]:
    """Several workbooks in one child, without ODK Validate: those that we ship were validated before."""
    given = [
        {"content": _text(job.content), "number": job.number,
         "media": {name: _text(content) for name, content in job.media.items()}}
        for job in jobs
    ]  # fmt: skip
    try:
        return [_examined(plain) for plain in ask_child(given)]
    except subprocess.SubprocessError:
        return [_given_up()] * len(jobs)


def ask_child(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of :func:`child.answer`, from a process of its own. Raises SubprocessError when it dies."""
    command = [sys.executable, "-m", "yanapay.surveys.rules.xlsform.child"]
    done = subprocess.run(  # noqa: S603  our own module, no shell
        command,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _examined(plain: dict[str, Any]) -> Examined:
    found = [finding(one) for one in plain.pop("findings")]
    return Examined(found, **{**plain, "xform": plain.get("xform", "").encode()})


def _given_up() -> Examined:
    return Examined([
        Place("").error(
            "given_up",
            Message("The workbook could not be read with the memory and time that a form needs. "
            "Copy its sheets into a new workbook and try again."),
        )
    ])  # fmt: skip


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()

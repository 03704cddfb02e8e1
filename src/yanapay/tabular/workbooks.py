"""Excel workbooks, read in a child process: a hostile or damaged one may take only that down."""

import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from yanapay.kernel.errors import UnreadableFile

MEMORY = 3 << 30
SECONDS = 600
_LARGEST_UNPACKED = 2 << 30


class Workbook:
    """The first sheet of a workbook that looks like a table. Formulas count as the values they showed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows_estimate = max(0, path.stat().st_size // 60)
        _refuse_bomb(path)

    def rows(self) -> Iterator[list[str]]:
        command = [sys.executable, "-m", "yanapay.tabular.workbook_child", str(self.path)]
        with subprocess.Popen(  # noqa: S603  our own module, no shell
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as child:
            if child.stdout is None or child.stderr is None:
                raise UnreadableFile("The workbook cannot be read.")
            try:
                yield from map(json.loads, child.stdout)
                problem = child.stderr.read()
            except GeneratorExit:
                child.kill()
                raise
        if child.returncode:
            raise _explained(child.returncode, problem)


def limit_this_process() -> None:
    """For the child: no more memory and time than any honest workbook needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            is_workbook = "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(
            "The workbook is damaged. Open it in Excel and save it again."
        ) from error
    if not is_workbook:
        raise UnreadableFile("This is a ZIP archive, not a workbook. Unpack it first.")
    if unpacked > _LARGEST_UNPACKED:
        raise UnreadableFile("The workbook is too large to be read safely. Save it as CSV.")


def _explained(status: int, problem: str) -> UnreadableFile:
    if status == 3:
        return UnreadableFile("The workbook is protected by a password. Save it without one.")
    if status == 4:
        return UnreadableFile("The workbook has no sheet with any content.")
    if status < 0:  # the reader ran out of memory or time and was ended
        return UnreadableFile(
            "The sheet reaches far beyond its data, as with a stray cell in its last row. "
            "Copy the data into a new sheet, or save it as CSV."
        )  # fmt: skip
    last = problem.strip().splitlines()[-1][:200] if problem.strip() else str(status)
    return UnreadableFile("The workbook cannot be read ({problem}). Save it as CSV.", problem=last)

"""The child process that reads a workbook: one JSON array per row on standard output."""

import json
import sys

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from yanapay.tabular.cells import as_text
from yanapay.tabular.workbooks import limit_this_process

PASSWORD, NOTHING, BROKEN = 3, 4, 5


def main(path: str) -> int:
    """Print the rows of the first sheet that has any; the exit status tells what went wrong."""
    limit_this_process()
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in rows):
                for row in rows:
                    sys.stdout.write(
                        json.dumps([as_text(cell) for cell in row], ensure_ascii=False) + "\n"
                    )
                return 0
    except PasswordError:
        return PASSWORD
    except (CalamineError, MemoryError) as error:
        sys.stderr.write(str(error))
        return BROKEN
    return NOTHING


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1]))

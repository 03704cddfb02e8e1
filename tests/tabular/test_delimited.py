"""Text files that are not what they seem."""

from pathlib import Path

import pytest

from yanapay.kernel.errors import UnreadableFile
from yanapay.tabular.delimited import Delimited


def test_a_file_cut_off_within_a_letter_is_told_before_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "file.gif"
    path.write_bytes(
        b"GIF87a\1\0\1\0\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\x08\4\0\1\4\4\0;"
    )
    with pytest.raises(UnreadableFile, match="cut off"):
        Delimited(path)

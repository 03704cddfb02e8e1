"""What a file is, told by its first bytes and not by its name."""

from pathlib import Path

from yanapay.kernel.errors import UnreadableFile

_REFUSED = {
    b"%PDF": "This is a PDF, not a table. Ask for the spreadsheet that it was made from.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel file (.xls). Save it as .xlsx or CSV.",
    b"\x89PNG": "This is a picture, not a table.",
    b"\xff\xd8\xff": "This is a picture, not a table.",
    b"\x1f\x8b": "This file is compressed. Unpack it first.",
}


def sniff(path: Path) -> str:
    """``csv``, ``xlsx`` or ``parquet``; UnreadableFile with the reason for anything else."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise UnreadableFile("The file is empty.")
    for magic, sentence in _REFUSED.items():
        if start.startswith(magic):
            raise UnreadableFile(sentence)
    if start.startswith(b"PAR1"):
        return "parquet"
    return "xlsx" if start.startswith(b"PK\x03\x04") else "csv"

"""What a file is, told by its first bytes and not by its name."""

from pathlib import Path

from yanapay.kernel.errors import UnreadableFile
from yanapay.kernel.messages import Message

_REFUSED = {
    b"%PDF": Message(
        "This is a PDF, not a table. Ask for the spreadsheet that it was made from."
    ).template,
    b"\xd0\xcf\x11\xe0": Message(
        "This is an old Excel file (.xls). Save it as .xlsx or CSV."
    ).template,
    b"\x89PNG": Message("This is a picture, not a table.").template,
    b"\xff\xd8\xff": Message("This is a picture, not a table.").template,
    b"\x1f\x8b": Message("This file is compressed. Unpack it first.").template,
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

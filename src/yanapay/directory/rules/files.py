"""Which files may be kept. Pure."""

from yanapay.kernel.errors import RuleBroken

ALLOWED = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg .jpeg", "image/png": ".png", "text/plain": ".txt",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
MEGABYTE = 1024 * 1024


def check_file(name: str, content_type: str, size: int, limit: int) -> None:
    """Raise RuleBroken for a file of another type or of more than ``limit`` bytes."""
    endings = ALLOWED.get(content_type, "").split()
    if not any(name.lower().endswith(ending) for ending in endings):
        raise RuleBroken(
            "Only PDF, pictures, text, CSV, XLSX and DOCX files can be kept.", field="file"
        )
    if size > limit:
        raise RuleBroken(
            "The file is larger than {limit} MB.", field="file", limit=limit // MEGABYTE
        )

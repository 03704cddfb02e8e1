"""A first look at a file: what its columns are and what they seem to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yanapay.centres.models import Centre
from yanapay.directory.choices import BatchState
from yanapay.directory.models import ImportBatch
from yanapay.directory.rules import columns
from yanapay.tabular.tables import Table, open_table


@dataclass(frozen=True)
class Inspection:
    """What the mapping page shows. ``mapping`` is header → field, for the columns that are known."""

    headers: tuple[str, ...]
    sample: list[list[str]]
    mapping: dict[str, str]
    unmapped: list[str]
    description: Mapping[str, str]
    rows_estimate: int


def open_file(path: Path) -> Table:
    """The file as a table whose header row is the one with the most known names."""
    return open_table(path, columns.recognised)


def inspect(path: Path, centre: Centre | None = None) -> Inspection:
    """Headers, first rows and a proposed mapping: as the centre last mapped such a file, else by name.

    Raises UnreadableFile when it is no table.
    """
    table = open_file(path)
    mapping = remembered(table.headers, centre) or columns.propose(table.headers)
    unmapped = [header for header in table.headers if header not in mapping]
    description = {
        name: str(value) for name, value in vars(table.source).items() if isinstance(value, str)
    }
    return Inspection(
        table.headers, table.sample(), mapping, unmapped, description, table.rows_estimate
    )


def remembered(headers: Sequence[str], centre: Centre | None) -> dict[str, str]:
    """The mapping by which the centre last took in a file with these headers; {} if it never did."""
    if centre is None:
        return {}
    taken = ImportBatch.objects.filter(
        centre=centre, state=BatchState.PUBLISHED, header_signature=columns.signature(headers)
    )
    last = taken.order_by("-pk").first()
    mapping: dict[str, str] = last.mapping if last else {}
    return {header: field for header, field in mapping.items() if header in headers}

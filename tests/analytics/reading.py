"""Reading a table as a test does: its numbers by group and code, its bases by group."""

from yanapay.analytics.rules.tables import Table


def numbers(found: Table) -> dict[tuple[str, str], int | None]:
    return {(row.group, row.code): row.n for row in found.rows}


def bases(found: Table) -> dict[str, tuple[int | None, int | None]]:
    return {group.code: (group.base, group.missing) for group in found.tab.groups}

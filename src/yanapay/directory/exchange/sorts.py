"""What a file adds to the tally, or takes from it: how many organisations of each sort."""

from collections.abc import Mapping

from yanapay.directory.exchange.tables import insert
from yanapay.directory.models import Organisation, Tally

Sort = tuple[str, str, int | None]  # kind, status, area


def sort_of(organisation: Organisation) -> Sort:
    """What the tally counts by, within a centre."""
    return organisation.kind, organisation.status, organisation.area_id


def count_sorts(centre_id: int, sorts: Mapping[Sort, int]) -> None:
    """Note how many came of each sort (below zero: went). As objects they take longer than a small file."""
    rows = ((centre_id, *sort, n) for sort, n in sorts.items() if n)
    insert(Tally._meta.db_table, ("centre_id", "kind", "status", "area_id", "n"), rows)

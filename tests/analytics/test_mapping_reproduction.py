"""The tables of the mapping of 2018, taken in by the importer, beside a count of the rows by hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.factories.directory import BY, make_centre

import yanapay.directory
from yanapay.analytics.queries.tables import table
from yanapay.analytics.rules.tables import Table
from yanapay.centres.queries import OPERATOR
from yanapay.cli.site import _take
from yanapay.directory.actions.attributes import load_terms
from yanapay.places.actions import load_reference

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_imported")]
FILE = Path(yanapay.directory.__file__).parent / "data/ess_organisations.csv"
ROWS = list(csv.DictReader(FILE.read_text("utf-8").splitlines()))
COLUMNS = {
    "needs": "need_codes",
    "strengths": "strength_codes",
    "opportunities": "opportunity_codes",
}
Numbers = dict[tuple[str, str], int | None]


def by_hand(column: str, by: str) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for row in ROWS:
        pairs.update((row[by], code) for code in row[column].split(";") if code)
    return pairs


def numbers(found: Table) -> Numbers:
    return {(row.group, row.code): row.n for row in found.rows}


@pytest.fixture
def _imported(transactional_db: None) -> None:
    load_reference(by=BY)
    load_terms(by=BY)
    _take(FILE, make_centre("ess"))


def test_the_ninety_eight_organisations_by_macro_region_and_kind() -> None:
    for name, column in COLUMNS.items():
        empty = sum(1 for row in ROWS if not row[column])
        for by in ("macro_region", "kind"):
            found = table(name, by, scope=OPERATOR)
            assert numbers(found) == by_hand(column, by), (name, by)
            assert (found.base, found.missing) == (98 - empty, empty)
            assert numbers(table(f"{name}-2018", by, scope=None)) == numbers(found)
        regions = [group.code for group in table(name, scope=OPERATOR).tab.groups]
        assert regions == ["Lima Centro", "Lima Nacional", "Nor Oriente", "Centro", "Sur"]


def test_the_most_named_needs_come_first() -> None:
    ranked = [(row.code, row.n, row.rank) for row in table("needs", "none", scope=OPERATOR).rows]
    assert ranked[:3] == [
        ("politicas_publicas", 41, 1),
        ("inclusion_social", 16, 2),
        ("apoyo_municipal", 14, 3),
    ]
    assert table("needs", scope=OPERATOR).missing == 2

"""What a specialist lacks on a day: pure rules, and the shipped requirements."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from yanapay.roster.rules.accreditation import (
    Demand,
    Paper,
    is_accredited,
    lacks,
    last_good_day,
    standings,
)

DAY = date(2026, 3, 12)
DEGREE = Demand("degree", "Título", True, date(1999, 1, 1))
TAX = Demand("tax", "RUC activo", True, date(1999, 1, 1))
INSURANCE = Demand("insurance", "Seguro", False, date(2012, 8, 1))


def states(*papers: Paper, on: date = DAY) -> dict[str, str]:
    return {s.demand.code: s.state for s in standings([DEGREE, TAX, INSURANCE], papers, on)}


def test_nothing_shown_means_everything_is_missing_and_mandatory_comes_first() -> None:
    found = standings([INSURANCE, TAX, DEGREE], [], DAY)
    assert [s.demand.code for s in found] == ["degree", "tax", "insurance"]
    assert [s.demand.code for s in lacks(found)] == ["degree", "tax"]
    assert {s.state for s in found} == {"missing"}


def test_a_paper_expires_is_about_to_and_is_renewed() -> None:
    old = Paper("tax", date(2025, 1, 1), date(2026, 1, 1))
    assert states(old)["tax"] == "expired"
    assert states(old, Paper("tax", date(2026, 1, 5), date(2026, 4, 1)))["tax"] == "expiring"
    assert states(old, Paper("tax", date(2026, 1, 5), date(2027, 1, 5)))["tax"] == "valid"


def test_a_paper_holds_through_its_last_day() -> None:
    paper = Paper("tax", date(2025, 3, 12), DAY)
    assert states(paper)["tax"] == "expiring"
    assert states(paper, on=DAY + timedelta(days=1))["tax"] == "expired"


def test_a_requirement_is_asked_only_while_it_holds() -> None:
    assert "insurance" not in states(on=date(2005, 1, 1))


def test_optional_papers_do_not_keep_anybody_out() -> None:
    papers = [Paper("degree", DAY), Paper("tax", DAY)]
    assert is_accredited(standings([DEGREE, TAX, INSURANCE], papers, DAY))


@pytest.mark.parametrize(
    ("obtained", "months", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 10, 31), 4, date(2026, 2, 28)),
        (date(2025, 1, 1), None, None),
    ],
)
def test_how_long_a_paper_is_good(obtained: date, months: int | None, last: date | None) -> None:
    assert last_good_day(obtained, months) == last


@given(
    st.lists(st.builds(Paper, st.sampled_from(["degree", "tax"]), st.dates(date(2000, 1, 1), DAY))),
    st.builds(Paper, st.sampled_from(["degree", "tax"]), st.dates(date(2000, 1, 1), DAY)),
)
def test_a_further_paper_never_makes_anybody_lack_more(papers: list[Paper], more: Paper) -> None:
    demands = [DEGREE, TAX]
    before = {s.demand.code for s in lacks(standings(demands, papers, DAY))}
    assert {s.demand.code for s in lacks(standings(demands, [*papers, more], DAY))} <= before

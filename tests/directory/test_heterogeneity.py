"""The heterogeneity profile: positions with reasons, or a plain "not enough data"."""

from datetime import date

from hypothesis import given, strategies as st

from yanapay.directory.rules.heterogeneity import Evidence, profile, proposal
from yanapay.kernel.money import Money

DAY = date(2016, 6, 30)


def axis(name: str, evidence: Evidence) -> tuple[float | None, str]:
    found = {each.axis: each for each in profile(evidence)}[name]
    return found.position, str(found.label)


def test_the_cut_points_are_a_working_proposal_in_the_data() -> None:
    assert proposal()["status"] == "working proposal"


def test_without_figures_every_axis_says_what_it_needs() -> None:
    found = profile(Evidence(DAY))
    assert [each.axis for each in found] == [
        "capitalisation", "technology", "labour", "insertion", "survival",
    ]  # fmt: skip
    assert {each.position for each in found} == {None}
    assert {str(each.label) for each in found} == {"not enough data"}
    assert all("needed" in str(each.reason) for each in found)


def test_capital_is_measured_per_worker_in_tax_units_of_the_year() -> None:
    three_units_each = Money(10 * 3 * 395_000, "PEN")
    evidence = Evidence(DAY, workers=10, assets=three_units_each)
    assert axis("capitalisation", evidence) == (0.5, "some capital")
    assert axis("technology", evidence)[0] is None


def test_capital_in_another_currency_is_not_guessed() -> None:
    evidence = Evidence(DAY, workers=10, assets=Money(10, "USD"))
    assert axis("capitalisation", evidence)[0] is None


def test_a_workshop_that_sells_to_one_buyer_is_at_the_dependent_end() -> None:
    assert axis("insertion", Evidence(DAY, main_buyer_percent=100)) == (0, "depends on one buyer")
    assert axis("insertion", Evidence(DAY, main_buyer_percent=10)) == (1, "open market")


def test_work_is_placed_by_the_share_with_benefits() -> None:
    assert axis("labour", Evidence(DAY, workers=4, workers_with_benefits=2)) == (0.5, "mixed work")


def test_growth_needs_two_counts_a_year_apart() -> None:
    grown = Evidence(DAY, workers=12, earlier=(date(2015, 7, 1), 10))
    assert axis("survival", grown) == (1, "grows")
    too_soon = Evidence(DAY, workers=12, earlier=(date(2016, 1, 1), 10))
    assert axis("survival", too_soon)[0] is None


def test_years_of_activity_alone_show_survival_never_growth() -> None:
    assert axis("survival", Evidence(DAY, started=date(1990, 1, 1))) == (0.5, "survives")
    assert axis("survival", Evidence(DAY, started=date(2016, 1, 1))) == (0, "at risk")


@given(
    st.builds(
        Evidence,
        on=st.dates(date(2003, 1, 1), date(2026, 12, 31)),
        workers=st.none() | st.integers(0, 10**6),
        workers_with_benefits=st.none() | st.integers(0, 10**6),
        assets=st.none() | st.builds(Money, st.integers(0, 10**14), st.just("PEN")),
        equipment=st.none() | st.builds(Money, st.integers(0, 10**14), st.just("PEN")),
        main_buyer_percent=st.none() | st.integers(0, 100),
        started=st.none() | st.dates(),
        earlier=st.none() | st.tuples(st.dates(), st.integers(0, 10**6)),
    )
)
def test_a_position_lies_between_0_and_1(evidence: Evidence) -> None:
    assert all(each.position is None or 0 <= each.position <= 1 for each in profile(evidence))

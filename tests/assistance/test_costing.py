"""Costs add up to the last cent; own income is set against them month by month."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from tests.factories.assistance import make_case
from tests.factories.assistance_centre import (
    MARCH,
    make_entry,
    make_milestone,
    make_payment,
    make_rate,
    make_visit,
    soles,
)
from tests.factories.directory import BY, make_centre, make_organisation, make_scope, make_user

from yanapay.assistance.actions.centre import note_entry, set_rate, void_entry
from yanapay.assistance.models import Payment, Plan
from yanapay.assistance.queries.costing import (
    cost_of,
    cost_structure,
    costed_centre,
    costs_of,
    months,
)
from yanapay.assistance.rules.costing import (
    PARTS,
    Cost,
    Month,
    Rate,
    Ratio,
    Work,
    case_cost,
    mean,
    months_of,
    together,
)
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.kernel.money import Money

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
amounts = st.integers(0, 10**9)
rates = st.lists(
    st.builds(Rate, days, amounts, amounts, st.integers(0, 200)), unique_by=lambda r: r.since
)
works = st.lists(st.builds(Work, days, st.integers(1, 1440), st.booleans()))
dated = st.lists(st.tuples(days, amounts))


@given(works, rates, dated, dated)
def test_a_cost_is_the_sum_of_its_parts(
    work: list[Work], rates: list[Rate], paid: list[tuple[date, int]], noted: list[tuple[date, int]]
) -> None:
    cost = case_cost(work, rates, paid, noted)
    assert cost.total == sum(getattr(cost, part) for part in PARTS)
    assert cost.specialists == sum(amount for _, amount in paid)
    assert cost.entries == sum(amount for _, amount in noted)
    assert all(getattr(cost, part) >= 0 for part in PARTS)
    direct = cost.total - cost.overhead
    most = max((rate.overhead_percent for rate in rates), default=0)
    assert cost.overhead <= direct * most / 100 + len(rates)


@given(st.lists(works, max_size=5), rates)
def test_apart_and_together_cases_cost_the_same_but_for_the_rounding_of_overhead(
    cases: list[list[Work]], rates: list[Rate]
) -> None:
    apart = sum((case_cost(work, rates) for work in cases), Cost())
    at_once = case_cost([visit for work in cases for visit in work], rates)
    assert (apart.staff, apart.travel) == (at_once.staff, at_once.travel)
    assert abs(apart.overhead - at_once.overhead) <= len(cases) * max(len(rates), 1)


@given(st.lists(st.builds(Cost, amounts, amounts, amounts, amounts, amounts), min_size=1))
def test_the_parts_of_an_average_add_up_and_lie_near_it(costs: list[Cost]) -> None:
    average = mean(costs)
    assert average.total == sum(getattr(average, part) for part in PARTS)
    assert abs(average.total * len(costs) - sum(cost.total for cost in costs)) <= 3 * len(costs)


@given(days, st.integers(0, 800), st.dictionaries(days.map(lambda d: d.replace(day=1)), amounts))
def test_no_month_is_left_out_and_none_counted_twice(
    start: date, length: int, own: dict[date, int]
) -> None:
    end = start + timedelta(days=length)
    found = months_of(start, end, own, {}, {})
    firsts = [month.first for month in found]
    assert firsts == sorted(set(firsts))
    assert firsts[0] == start.replace(day=1)
    assert firsts[-1] == end.replace(day=1)
    assert together(found).income == sum(v for d, v in own.items() if firsts[0] <= d <= end)


def test_nothing_spent_has_no_ratio() -> None:
    assert Ratio(500, 0).value is None
    assert together([Month(MARCH, 30, 0, 60), Month(MARCH, 10, 0, 20)]).value == 0.5


@pytest.mark.django_db
def test_a_case_costs_what_staff_travel_specialists_and_entries_cost_with_overhead() -> None:
    make_rate()
    case, ana = make_case(), make_user()
    make_visit(case, 90, visitor=ana)
    make_visit(case, 60)
    make_visit(case, 60, on=None, visitor=ana)
    make_milestone(case, 200)
    make_milestone(case, 900, accepted_on=None)
    make_entry("materials", 20, case=case)
    make_entry("courses", 99, case=case)
    Plan.objects.create(case=case, number=1, state="accepted", currency="PEN", cost=25_000)
    found = cost_of(case)
    assert found.cost == Cost(
        staff=4_500, travel=2_400, specialists=20_000, entries=2_000, overhead=2_890
    )
    assert (found.planned, found.visits, found.minutes) == (25_000, 2, 90)


@pytest.mark.django_db
def test_each_day_is_priced_with_its_rate_and_what_cannot_be_priced_is_told() -> None:
    make_rate(hour=30, travel=0, overhead=0)
    make_rate(since=date(2026, 4, 1), hour=60, travel=0, overhead=0)
    case, ana = make_case(on=date(2026, 2, 1)), make_user()
    for on in (date(2026, 2, 10), date(2026, 3, 31), date(2026, 4, 1)):
        make_visit(case, 60, on=on, visitor=ana)
    make_milestone(case, 50, currency="USD")
    found = cost_of(case)
    assert found.cost.total == 9_000
    assert (found.unpriced, found.elsewhere) == (1, {"USD": 5_000})


@pytest.mark.django_db
def test_costs_of_many_cases_take_as_many_queries_as_of_one(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    make_rate()
    cases = [make_case() for _ in range(3)]
    for case in cases:
        make_visit(case, 60, visitor=make_user())
    with django_assert_num_queries(5):  # type: ignore[operator]
        costs_of(cases[0].centre, [case.pk for case in cases])


@pytest.mark.django_db
def test_the_structure_averages_what_ended_in_the_period() -> None:
    make_rate(overhead=0, travel=0)
    for minutes in (60, 120):
        case = make_case(ended_on=date(2026, 3, 30))
        make_visit(case, minutes, visitor=make_user())
    make_case()
    (service,) = cost_structure(make_centre(), MARCH, date(2026, 3, 31))
    assert (service.line, service.subsector, service.n) == ("tecnico_productiva", "panaderia", 2)
    assert (service.mean.staff, service.n_planned) == (4_500, 0)


@pytest.mark.django_db
def test_a_month_sets_own_income_against_cost_and_subsidies_apart() -> None:
    case = make_case()
    make_payment(case, 100)
    make_payment(case, 300, payer="voucher")
    make_payment(case, 70, payer="centre")
    wrong = make_payment(case, 999)
    Payment.objects.filter(pk=wrong.pk).update(voided_on=MARCH, void_reason="doble")
    make_entry("courses", 50)
    make_entry("grant", 1000)
    make_entry("salaries", 200)
    void_entry(by=BY, entry=make_entry("premises", 888), on=MARCH, reason="era de otro mes")
    make_milestone(case, 100)
    make_milestone(make_case(centre=make_centre("ayacucho"), organisation=make_organisation()), 500)
    feb, march = months(make_centre(), date(2026, 2, 15), date(2026, 3, 31))
    assert feb == Month(date(2026, 2, 1))
    assert march == Month(MARCH, 15_000, 130_000, 30_000)
    assert march.ratio == Ratio(15_000, 30_000)


@pytest.mark.django_db
def test_money_of_another_currency_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleBroken) as refused:
        note_entry(by=BY, centre=make_centre(), on=MARCH, kind="grant", amount=Money(1, "USD"))
    assert "PEN" in str(refused.value)
    with pytest.raises(RuleBroken):
        set_rate(by=BY, centre=make_centre(), since=MARCH, staff_hour=Money(1, "USD"),
                 visit_travel=soles(1), overhead_percent=1)  # fmt: skip


@pytest.mark.django_db
def test_an_entry_is_voided_once_with_a_reason() -> None:
    entry = make_entry("travel", 30)
    with pytest.raises(RuleBroken):
        void_entry(by=BY, entry=entry, on=MARCH, reason=" ")
    void_entry(by=BY, entry=entry, on=MARCH, reason="mal escrito")
    with pytest.raises(RuleBroken):
        void_entry(by=BY, entry=entry, on=MARCH, reason="otra vez")


@pytest.mark.django_db
def test_a_case_of_another_centre_is_not_charged_here() -> None:
    foreign = make_case(centre=make_centre("ayacucho"))
    with pytest.raises(RuleBroken):
        note_entry(
            by=BY, centre=make_centre(), on=MARCH, kind="travel", amount=soles(1), case=foreign
        )


@pytest.mark.django_db
def test_costs_are_seen_by_who_may_and_only_of_their_centre() -> None:
    here = make_centre()
    assert costed_centre(make_scope("coordinator"), here.pk) == here
    for scope in (make_scope("promoter"), make_scope("coordinator", make_centre("ayacucho"))):
        with pytest.raises(NotFound):
            costed_centre(scope, here.pk)

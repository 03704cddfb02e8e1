"""Population by size: the same answer as case by case, whatever the order of entry."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.directory import (
    BY,
    make_centre,
    make_observation,
    make_organisation,
    make_scope,
)

from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.observations import correct_observation
from yanapay.directory.choices import BatchState
from yanapay.directory.models import ImportBatch, Observation, Organisation
from yanapay.directory.queries import figures
from yanapay.directory.queries.figures import (
    cross_population,
    latest_figures,
    organisations_in,
    organisations_in_both,
    population,
    sizes_of,
)
from yanapay.kernel import sizes
from yanapay.kernel.sizes import Label

pytestmark = pytest.mark.django_db
CEPAL = sizes.scheme("cepal")
MICRO, SMALL = Label("class", ("micro",)), Label("class", ("small",))
UNDETERMINED = Label("undetermined")


def test_the_newest_standing_observation_counts() -> None:
    enterprise = make_organisation()
    make_observation(enterprise, date(2018, 1, 1), workers=40)
    wrong = make_observation(enterprise, date(2020, 1, 1), workers=5)
    make_observation(enterprise, date(2016, 1, 1), workers=3)
    assert population(OPERATOR, CEPAL) == {MICRO: 1}
    right = {"observed_on": date(2020, 1, 1), "workers": 50}
    correct_observation(by=BY, observation=wrong, figures=right, reason="counted again")
    assert population(OPERATOR, CEPAL) == {SMALL: 1}


def test_on_a_day_the_figures_known_by_then_count_else_the_first_after() -> None:
    enterprise = make_organisation()
    make_observation(enterprise, date(2018, 1, 1), workers=40)
    make_observation(enterprise, date(2016, 1, 1), workers=3)
    workers = {
        year: latest_figures(OPERATOR, date(year, 6, 1)).workers.tolist()
        for year in (2010, 2017, 2020)
    }
    assert workers == {2010: [3], 2017: [3], 2020: [40]}
    assert [sizes_of(enterprise, date(y, 6, 1))[0].classes[0] for y in workers] == [
        "micro", "micro", "small",
    ]  # fmt: skip


def test_without_figures_it_is_undetermined_with_a_sentence() -> None:
    enterprise = make_organisation()
    assert population(OPERATOR, CEPAL) == {UNDETERMINED: 1}
    assert {each.outcome for each in sizes_of(enterprise)} == {"undetermined"}
    assert sizes_of(enterprise)[0].reason.render() == "The number of workers is not known."


def test_the_sales_are_measured_in_the_unit_of_the_day_asked_for() -> None:
    """UIT 3 850 in 2015, 3 950 in 2016: 150 UIT of 2016 are more than 150 UIT of 2015."""
    scheme = sizes.scheme("oit_t3_pe")
    enterprise = make_organisation()
    make_observation(enterprise, date(2016, 1, 1), annual_sales=59_250_000)
    assert population(OPERATOR, scheme) == {Label("several", ("micro", "small")): 1}
    assert population(OPERATOR, scheme, date(2015, 12, 31)) == {SMALL: 1}


def test_a_scope_counts_its_own_clients_only() -> None:
    for code, workers in (("huancayo", 4), ("puno", 30)):
        enterprise = make_organisation(f"Tejidos {code}", centre=make_centre(code))
        make_observation(enterprise, workers=workers)
    assert population(make_scope(centre=make_centre("puno")), CEPAL) == {SMALL: 1}
    assert population(OPERATOR, CEPAL) == {MICRO: 1, SMALL: 1}


def test_a_batch_that_is_still_loading_is_not_counted() -> None:
    enterprise = make_organisation()
    make_observation(enterprise, date(2015, 1, 1), workers=3)
    loading = ImportBatch.objects.create(
        centre=enterprise.centre, file_name="a.csv", state=BatchState.LOADING
    )
    late = make_observation(enterprise, date(2019, 1, 1), workers=30)
    Observation.objects.filter(pk=late.pk).update(batch=loading)
    newcomer = make_organisation("Recién llegada")
    Organisation.objects.filter(pk=newcomer.pk).update(batch=loading)
    assert population(OPERATOR, CEPAL) == {MICRO: 1}
    assert sizes_of(enterprise)[0].classes == ("micro",)


def test_the_numbers_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind each count stand exactly its organisations, read by look-up or by scan."""
    made = {}
    for workers in (5, 10, 11, 50, 60, 700):
        made[workers] = make_organisation(f"Taller {workers}").pk
        make_observation(Organisation.objects.get(pk=made[workers]), workers=workers)
    senai = sizes.scheme("senai_br")
    for few in (50_000, 0):
        monkeypatch.setattr(figures, "FEW", few)
        assert organisations_in(OPERATOR, CEPAL, SMALL) == [made[11], made[50]]
        table = cross_population(OPERATOR, CEPAL, senai)
        assert sum(table.values()) == 6
        for (a, b), n in table.items():
            assert len(organisations_in_both(OPERATOR, (CEPAL, a), (senai, b))) == n


def _label(
    enterprise: Organisation, scheme: sizes.Scheme, on: date | None
) -> tuple[sizes.Outcome, tuple[str, ...]]:
    one = next(each for each in sizes_of(enterprise, on) if each.scheme == scheme.id)
    return one.outcome, one.classes


class ByColumnsOrByCase(TestCase):
    @settings(max_examples=25)
    @given(
        series=st.lists(
            st.lists(
                st.tuples(
                    st.integers(0, 4000), st.none() | st.integers(0, 600),
                    st.none() | st.integers(0, 10**10), st.sampled_from(["PEN", "USD"]),
                ),
                max_size=3,
            ),
            max_size=4,
        ),
        on=st.none() | st.dates(date(2010, 1, 1), date(2021, 12, 31)),
    )  # fmt: skip
    def test_columns_say_what_each_case_says(self, series: list, on: date | None) -> None:
        enterprises = [make_organisation(f"Empresa {at}") for at, _ in enumerate(series)]
        for enterprise, entries in zip(enterprises, series, strict=True):
            for days, workers, sales, currency in entries:
                day = date(2010, 1, 1) + timedelta(days=days)
                amounts = {} if sales is None else {"annual_sales": sales, "currency": currency}
                make_observation(enterprise, day, workers=workers, **amounts)
        for scheme in sizes.schemes().values():
            one_by_one = [Label(*_label(enterprise, scheme, on)) for enterprise in enterprises]
            found = population(OPERATOR, scheme, on)
            assert {label: n for label, n in found.items() if n} == {
                label: one_by_one.count(label) for label in set(one_by_one)
            }

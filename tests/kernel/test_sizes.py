"""The eleven size schemes: every gap and overlap that their sources print."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.kernel.sizes import (
    Classification,
    Figures,
    classify,
    classify_all,
    scheme,
    schemes,
)


def sized(
    scheme_id: str, workers: int | None = None, sales: str | None = None, on: int = 2016
) -> Classification:
    money = None if sales is None else Money.parse(sales, "PEN")
    return classify(scheme(scheme_id), Figures(workers, money, date(on, 6, 30)))


def short(found: Classification) -> str:
    """``micro``, ``micro+small``, ``none`` or ``undetermined``."""
    return "+".join(found.classes) or found.outcome


BOUNDARIES = [
    ("cepal", {1: "micro", 10: "micro", 11: "small", 50: "small", 51: "medium", 100: "medium",
               101: "none"}),
    ("senai_br", {1: "small", 99: "small", 100: "small+medium", 101: "medium", 499: "medium",
                  500: "none", 501: "large", 10**6: "large"}),
    ("villaran_pe", {0: "none", 1: "micro", 4: "micro", 5: "small", 19: "small", 20: "medium",
                     199: "medium", 200: "none", 201: "large"}),
    ("gallart", {1: "micro", 5: "micro", 6: "small", 50: "small", 51: "none"}),
    ("oit_t3_bo", {1: "micro", 10: "micro", 11: "small", 19: "small", 20: "medium", 49: "medium",
                   50: "none"}),
    ("oit_t3_ec", {1: "micro", 9: "micro", 10: "small", 49: "small", 50: "medium", 199: "medium",
                   200: "none"}),
]  # fmt: skip


@pytest.mark.parametrize(("scheme_id", "expected"), BOUNDARIES)
def test_bounds_of_workers_are_inclusive(scheme_id: str, expected: dict[int, str]) -> None:
    assert {count: short(sized(scheme_id, count)) for count in expected} == expected


@pytest.mark.parametrize(
    "scheme_id",
    ["cepal", "senai_br", "gallart", "oit_t3_bo", "oit_t3_co", "oit_t3_ec", "oit_t3_ve"],
)
def test_nobody_working_there_cannot_be_placed_where_the_source_gives_no_start(
    scheme_id: str,
) -> None:
    found = sized(scheme_id, 0)
    assert found.outcome == "undetermined"
    assert "does not say with how many workers" in str(found.reason)


@pytest.mark.parametrize("scheme_id", ["villaran_pe", "ley_28015_pe"])
def test_nobody_working_there_is_no_class_where_the_source_starts_at_one(scheme_id: str) -> None:
    assert short(sized(scheme_id, 0)) == "none"


def test_senai_places_100_workers_twice_and_says_so() -> None:
    found = sized("senai_br", 100)
    assert found.outcome == "several"
    assert str(found.reason) == (
        "100 workers: the bounds overlap, so it fits more than one class: "
        "small (up to 100 workers); medium (100 to 499 workers)."
    )


def test_senai_has_no_micro_class() -> None:
    assert "micro" not in {size.name for size in scheme("senai_br").classes}


def test_a_gap_names_the_classes_around_it() -> None:
    assert "medium (20 to 199 workers); large (201 workers or more)" in str(
        sized("villaran_pe", 200).reason
    )


def test_a_lower_bound_that_is_our_reading_is_said_to_be_one() -> None:
    assert "prints only upper limits" in str(sized("cepal", 12).reason)
    assert "prints only upper limits" not in str(sized("cepal", 8).reason)
    assert "prints only upper limits" not in str(sized("gallart", 12).reason)


@pytest.mark.parametrize(
    ("workers", "sales", "expected"),
    [
        (8, "500000", "micro"),
        (8, "592500", "micro"),  # 150 UIT of 2016 exactly: by sales both, by workers micro
        (30, "592500", "small"),
        (30, "592500.01", "small"),
        (30, "3357500", "small"),
        (30, "3357500.01", "none"),
        (8, "592500.01", "none"),  # few workers, large sales
        (30, "592499.99", "none"),  # many workers, small sales
        (10, "592500", "micro"),
        (11, "592500", "small"),
        (51, "100", "none"),
        (8, None, "undetermined"),
        (None, "500000", "undetermined"),
        (None, None, "undetermined"),
        (60, None, "none"),  # whatever the sales are
        (None, "3357500.01", "none"),  # however many work there
    ],
)
def test_under_ley_28015_workers_and_sales_must_both_hold(
    workers: int | None, sales: str | None, expected: str
) -> None:
    assert short(sized("ley_28015_pe", workers, sales)) == expected


def test_ley_28015_says_what_each_criterion_gives() -> None:
    reason = str(sized("ley_28015_pe", 12, "500000").reason).replace("\u00a0", " ")
    assert reason == (
        "12 workers: small (11 to 50 workers). "
        "Annual sales of PEN 500 000: micro (up to 150 UIT = PEN 592 500). "
        "The UIT of 2016 is PEN 3950. Both criteria must hold, and no class has both."
    )


@pytest.mark.parametrize("year", [2003, 2016, 2026])
def test_ley_28015_goes_on_after_it_was_replaced_with_the_unit_of_the_year(year: int) -> None:
    assert short(sized("ley_28015_pe", 8, "400000", year)) == "micro"


@pytest.mark.parametrize(
    ("sales", "expected"),
    [
        ("0", "micro"),
        ("592499.99", "micro"),
        ("592500", "micro+small"),
        ("592500.01", "small"),
        ("6714999.99", "small"),
        ("6715000", "small+medium"),
        ("6715000.01", "medium"),
        ("9085000", "medium"),
        ("9085000.01", "none"),
    ],
)
def test_oit_peru_goes_by_sales_only_and_its_bounds_touch(sales: str, expected: str) -> None:
    assert short(sized("oit_t3_pe", None, sales)) == expected
    assert short(sized("oit_t3_pe", 5000, sales)) == expected


def test_the_tax_unit_is_that_of_the_year_and_the_sentence_says_so() -> None:
    assert short(sized("oit_t3_pe", None, "600000", 2016)) == "small"
    found = sized("oit_t3_pe", None, "600000", 2024)
    assert short(found) == "micro"
    reason = str(found.reason).replace("\u00a0", " ")
    assert "up to 150 UIT = PEN 772 500" in reason
    assert "The UIT of 2024 is PEN 5150 (the source prints PEN 3950 without its year)." in reason


@pytest.mark.parametrize("year", [2002, 2027])
def test_outside_the_table_of_tax_units_it_cannot_be_told(year: int) -> None:
    found = sized("oit_t3_pe", None, "600000", year)
    assert found.outcome == "undetermined"
    assert "from 2003 to 2026" in str(found.reason)


def test_another_currency_cannot_be_compared() -> None:
    figures = Figures(8, Money.parse("100", "USD"), date(2016, 1, 1))
    for scheme_id in ("oit_t3_pe", "ley_28015_pe"):
        found = classify(scheme(scheme_id), figures)
        assert found.outcome == "undetermined"
        assert "no dated exchange rate to PEN" in str(found.reason)


@pytest.mark.parametrize(
    ("scheme_id", "year"),
    [("villaran_pe", 1991), ("gallart", 1993), ("ley_28015_pe", 2003), ("oit_t3_ec", 2013)],
)
def test_before_its_stated_year_a_scheme_says_nothing(scheme_id: str, year: int) -> None:
    assert sized(scheme_id, 3, "100", year - 1).outcome == "undetermined"
    assert sized(scheme_id, 3, "100", max(year, 2003)).outcome == "class"
    assert str(year) in str(sized(scheme_id, 3, "100", year - 1).reason)


@pytest.mark.parametrize("workers", [None, 0, 1, 40, 10**9])
def test_mitinci_is_only_mentioned(workers: int | None) -> None:
    found = sized("mitinci_pe", workers, "1000")
    assert found.outcome == "undetermined"
    assert "no thresholds" in str(found.reason)


@pytest.mark.parametrize(
    ("workers", "said"), [(10, "micro"), (50, "small"), (51, "medium"), (200, "medium")]
)
def test_colombia_lacks_its_asset_limits(workers: int, said: str) -> None:
    found = sized("oit_t3_co", workers)
    assert (found.outcome, found.classes) == ("undetermined", ())
    assert f"by workers it would be {said}." in str(found.reason)
    assert "asset limits are not in the source" in str(found.reason)


@pytest.mark.parametrize(
    ("workers", "said"), [(49, "micro or small"), (50, "small or medium"), (250, "small or medium")]
)
def test_venezuela_has_two_readings(workers: int, said: str) -> None:
    found = sized("oit_t3_ve", workers)
    assert (found.outcome, found.classes) == ("undetermined", ())
    assert f"by workers it would be {said}." in str(found.reason)


@pytest.mark.parametrize("scheme_id", ["oit_t3_co", "oit_t3_ve"])
def test_above_every_printed_limit_it_still_cannot_be_told(scheme_id: str) -> None:
    found = sized(scheme_id, 300)
    assert found.outcome == "undetermined"
    assert "above every limit" in str(found.reason)


def test_the_same_enterprise_differs_from_scheme_to_scheme() -> None:
    """Which is the point of source 000."""
    found = classify_all(Figures(8, Money.parse("500000", "PEN"), date(2016, 1, 1)))
    assert {one.scheme: short(one) for one in found} == {
        "cepal": "micro", "senai_br": "small", "villaran_pe": "small", "gallart": "small",
        "ley_28015_pe": "micro", "mitinci_pe": "undetermined", "oit_t3_bo": "micro",
        "oit_t3_co": "undetermined", "oit_t3_pe": "micro", "oit_t3_ec": "micro",
        "oit_t3_ve": "undetermined",
    }  # fmt: skip


def test_an_unknown_scheme_names_the_known_ones() -> None:
    with pytest.raises(RuleBroken, match=r"cepal, senai_br.*oit_t3_ve"):
        scheme("sunat")


def test_negative_figures_are_refused() -> None:
    with pytest.raises(RuleBroken, match="workers"):
        Figures(-1, None, date(2016, 1, 1))
    with pytest.raises(RuleBroken, match="sales"):
        Figures(None, Money(-1, "PEN"), date(2016, 1, 1))


def test_a_reason_is_translated_to_its_last_word() -> None:
    spanish = {"{figure}: {size}.": "{figure}: {size}!", "small": "pequeña"}
    reason = sized("gallart", 8).reason.render(lambda text: spanish.get(text, text))
    assert reason == "8 workers: pequeña (6 to 50 workers)!"


@given(
    st.sampled_from(sorted(schemes())),
    st.none() | st.integers(0, 1000),
    st.none() | st.integers(0, 10**10),
    st.dates(date(1985, 1, 1), date(2035, 12, 31)),
)
def test_every_case_gets_one_outcome_that_fits_its_classes_and_a_sentence(
    scheme_id: str, workers: int | None, sales: int | None, on: date
) -> None:
    money = None if sales is None else Money(sales, "PEN")
    found = classify(scheme(scheme_id), Figures(workers, money, on))
    sizes = {"class": {1}, "several": {2}, "none": {0}, "undetermined": {0}}
    assert len(found.classes) in sizes[found.outcome]
    assert str(found.reason).endswith(".")
    assert "None" not in str(found.reason)

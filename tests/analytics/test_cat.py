"""The report ``cat`` against a count by hand."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.assistance import bring_to, make_case
from tests.factories.directory import (
    BY,
    make_area,
    make_centre,
    make_observation,
    make_organisation,
    make_person,
)

from yanapay.analytics.exchange.cat import as_json
from yanapay.analytics.queries.cat import Asked, cat_report
from yanapay.analytics.rules.distributions import distribute
from yanapay.analytics.rules.profile import age_class, years_class
from yanapay.assistance.choices import Round
from yanapay.assistance.models import Case, Consultation, Evaluation
from yanapay.directory.actions.persons import add_role
from yanapay.directory.models import Organisation

pytestmark = pytest.mark.django_db
IN_2004 = Asked(None, date(2004, 1, 1), date(2004, 12, 31))


def served(name: str, area: str, on: date = date(2004, 3, 1), **fields: object) -> Case:
    organisation = make_organisation(
        name, area=make_area(area, {"PE/12": "Junín", "PE/15": "Lima"}[area[:5]])
    )
    return bring_to(make_case(organisation, on=on, **fields), 5)


def visited(case: Case, **answers: bool) -> Evaluation:
    return Evaluation.objects.create(
        case=case, round=Round.IMPACT, due_from=date(2004, 11, 1), due_on=date(2004, 12, 31),
        done_on=date(2004, 12, 10), answers=answers,
        observation=make_observation(case.organisation, date(2004, 12, 10), workers_women=1, workers_men=3,
                                     men_stable=3, women_unstable=1),
    )  # fmt: skip


def own(organisation: Organisation, **fields: object) -> None:
    person = make_person("Rosa Inga", organisation.centre, **fields)
    add_role(by=BY, person=person, organisation=organisation, role="owner")


def test_services_are_counted_and_enterprises_only_once() -> None:
    lima = served("Panadería Lima", "PE/15")
    bring_to(make_case(lima.organisation, on=date(2004, 6, 1), subsector="lacteos"), 6)
    served("Quesos del valle", "PE/12", subsector="lacteos")
    served("El año anterior", "PE/12", on=date(2003, 12, 31))
    make_case(make_organisation("Solo promoción"), on=date(2004, 5, 1))
    values = as_json(cat_report(IN_2004), str, compared=False)["values"]
    assert (values["ta.services"], values["ta.firms"]) == (3, 2)
    assert values["cuadro2.asistencia_tecnica.lima.empresas"] == 1
    assert values["cuadro2.asistencia_tecnica.huancayo.empresas"] == 1
    assert values["ta.top_subsectors_6_3_2"] == ["lacteos", "panaderia"]


def test_each_figure_has_its_own_base_and_says_what_is_missing() -> None:
    first, second = served("Una", "PE/15"), served("Otra", "PE/15")
    own(first.organisation, sex="f", education="superior", birth_year=1970)
    own(second.organisation, sex="m")
    visited(first, has_brand=True)
    visited(second)
    figures = as_json(cat_report(IN_2004), str, compared=False)["figures"]
    assert figures["7.all"] == {
        "base": 2,
        "missing": 0,
        "classes": {"varones": 50.0, "mujeres": 50.0},
    }
    assert (figures["8.all"]["base"], figures["8.all"]["missing"]) == (1, 1)
    assert figures["10.all"]["classes"] == {"varones": 75.0, "mujeres": 25.0}
    assert figures["11.all"]["base"] == 8
    assert figures["13.Lima"] == {
        "base": 1,
        "missing": 1,
        "classes": {"con_marca": 100.0, "sin_marca": 0.0},
    }


def test_an_enterprise_with_both_services_counts_once_and_twice() -> None:
    case = served("Una", "PE/15")
    Consultation.objects.create(
        centre=case.centre, number="CON-1", asked_at=datetime(2004, 2, 2, tzinfo=UTC), channel="visita",
        topic="mercados", question="¿Dónde vender?", outcome="resuelta", organisation=case.organisation,
        answered_by_name="Ana",
    )  # fmt: skip
    values = as_json(cat_report(IN_2004), str, compared=False)["values"]
    assert (values["users.once"], values["users.summed"], values["consultations.section"]) == (
        1,
        2,
        1,
    )


def test_the_centres_asked_for_and_no_others() -> None:
    served("Una", "PE/15")
    elsewhere = make_centre("ayacucho")
    values = as_json(
        cat_report(Asked([elsewhere.pk], IN_2004.start, IN_2004.end)), str, compared=False
    )["values"]
    assert values["ta.services"] == 0


def test_nobody_answered_is_not_zero_percent() -> None:
    assert distribute([None, None], ["a"]).percents() == {"a": None}


AGES = [(1975, "<30"), (1974, "30-40"), (1964, "30-40"), (1963, ">40"), (None, None)]
YEARS = [
    (2002, "nuevas_o_poco_mas_de_1"), (2001, "de_3_a_10"), (1994, "de_3_a_10"), (1993, "mas_de_10"),
]  # fmt: skip


@pytest.mark.parametrize(("born", "expected"), AGES)
def test_ages_at_their_edges(born: int | None, expected: str | None) -> None:
    assert age_class(born, 2004) == expected


@pytest.mark.parametrize(("since", "expected"), YEARS)
def test_years_at_their_edges(since: int, expected: str) -> None:
    assert years_class(since, 2004) == expected

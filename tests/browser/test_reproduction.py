"""The published tables, computed from the history that the demonstration plays through the actions."""

import json

import pytest
from tests.browser.served import Demonstration

from yanapay.analytics.rules.published import printed_shares, printed_value

pytestmark = pytest.mark.browser  # needs no browser, but the demonstration that the journeys have
BASES = {"7.all": 42, "8.all": 41, "9.all": 42, "12.all": 41, "13.Lima": 24, "13.Junín": 14,
         "14.Lima": 25, "14.Junín": 15}  # fmt: skip
EXACT = (
    "ta.services", "ta.firms", "ta.promoters", "ta.top_subsectors_6_3_2", "consultations.section",
    "consultations.top_topics", "consultants.number", "cuadro2.asistencia_tecnica.lima.empresas",
    "cuadro2.asistencia_tecnica.huancayo.empresas", "evaluation.sample_lima", "evaluation.sample_huancayo",
)  # fmt: skip


def test_the_published_tables_are_reproduced(demonstration: Demonstration) -> None:
    asked = ("--centre", "cat-demo", "--from", "1999-10-01", "--to", "2004-09-30")
    told = json.loads(demonstration.run("report", "cat", *asked))
    values, figures = told["values"], told["figures"]
    assert {key: values[key] for key in EXACT} == {key: printed_value(key) for key in EXACT}
    for key, figure in figures.items():
        printed = printed_shares(key)
        assert figure["classes"] == pytest.approx(printed, abs=0.5)
    assert {key: figures[key]["base"] for key in BASES} == BASES
    assert figures["13.Junín"]["missing"] == 3
    assert told["printed"]["values"]["consultations.prologue"] == 688
    assert told["no_records"] == ["training", "credit"]

"""The published tables, computed from the history that the demonstration plays through the actions."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yanapay.analytics.exchange.cat import as_json
from yanapay.analytics.queries.cat import Asked, cat_report
from yanapay.analytics.rules.published import printed_shares, printed_value
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.build import build
from yanapay.cli.site import _take, load_all

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OPERATOR = Actor.operator()
BASES = {"7.all": 42, "8.all": 41, "9.all": 42, "12.all": 41, "13.Lima": 24, "13.Junín": 14,
         "14.Lima": 25, "14.Junín": 15}  # fmt: skip
EXACT = (
    "ta.services", "ta.firms", "ta.promoters", "ta.top_subsectors_6_3_2", "consultations.section",
    "consultations.top_topics", "consultants.number", "cuadro2.asistencia_tecnica.lima.empresas",
    "cuadro2.asistencia_tecnica.huancayo.empresas", "evaluation.sample_lima", "evaluation.sample_huancayo",
)  # fmt: skip


@pytest.fixture
def told(tmp_path: Path, settings: Any) -> dict[str, Any]:
    settings.YANAPAY_MODE = "demo"
    load_all(OPERATOR)
    build(tmp_path, _take, date(2026, 3, 12))
    centre = Centre.objects.get(code="cat-demo")
    asked = Asked([centre.pk], date(1999, 10, 1), date(2004, 9, 30))
    return as_json(cat_report(asked), str, compared=True)


def test_the_published_tables_are_reproduced(told: dict[str, Any]) -> None:
    values, figures = told["values"], told["figures"]
    assert {key: values[key] for key in EXACT} == {key: printed_value(key) for key in EXACT}
    for key, figure in figures.items():
        printed = printed_shares(key)
        assert figure["classes"] == pytest.approx(printed, abs=0.5)
    assert {key: figures[key]["base"] for key in BASES} == BASES
    assert figures["13.Junín"]["missing"] == 3
    assert told["printed"]["values"]["consultations.prologue"] == 688
    assert told["no_records"] == ["training", "credit"]

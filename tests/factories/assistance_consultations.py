"""Consultations, each registered by the real action."""

from datetime import UTC, datetime
from typing import Any

from tests.factories.directory import BY, make_centre

from yanapay.accounts.models import User
from yanapay.assistance.actions.consultations import register_consultation
from yanapay.assistance.models import Consultation
from yanapay.centres.models import Centre

ASKED = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
REGISTER = "¿Cómo saco el registro sanitario de mi yogur?"
HOW = "En DIGESA, por la ventanilla única: ficha técnica, análisis del laboratorio y pago del derecho."


def make_consultation(
    question: str = REGISTER, answer: str = HOW, *, centre: Centre | None = None,
    asked_at: datetime = ASKED, answered_by: User | None = None, wish: str = "", **fields: Any,
) -> Consultation:  # fmt: skip
    """Somebody asks how to register a yogurt and is told where."""
    told = {
        "question": question,
        "answer": answer,
        "topic": "tramites",
        "channel": "visita",
        "outcome": "resuelta",
        "minutes": 6,
    }
    return register_consultation(
        by=BY, centre=centre or make_centre(), asked_at=asked_at, fields={**told, **fields},
        answered_by=answered_by, wish=wish,
    )  # fmt: skip

"""A small form with answers, as tables and coding need them."""

from itertools import count
from typing import Any

from tests.factories.directory import make_centre

from yanapay.centres.models import Centre
from yanapay.surveys.choices import Derivation, FormState, Purpose
from yanapay.surveys.models import Instrument, Record, Submission, Version

_number = count(1)
CHOICES = {
    "yes_no": [{"code": "si", "labels": {"es": "Sí", "en": "Yes"}},
               {"code": "no", "labels": {"es": "No", "en": "No"}}],
    "lines": [{"code": code, "labels": {"es": code.title(), "en": code.title()}}
              for code in ("agua", "luz", "caminos")],
}  # fmt: skip


def asked(name: str, kind: str, **more: Any) -> dict[str, Any]:
    labels = {"es": f"¿{name}?", "en": f"{name}?"}
    plain = {"list": "", "repeat": "", "personal": False}
    return {"path": f"/data/{name}", "name": name, "type": kind, "labels": labels, **plain, **more}


SCHEMA = [
    asked("statutes", "select_one", list="yes_no"), asked("lines", "select_multiple", list="lines"),
    asked("district", "select_one"), asked("members", "integer"), asked("aims", "text"),
    asked("phone", "text", personal=True), asked("worker_paid", "select_one", list="yes_no", repeat="worker"),
]  # fmt: skip


def make_form(
    form_id: str = "ferias", centre: Centre | None = None, schema: Any = SCHEMA, **fields: Any
) -> Instrument:
    instrument = Instrument.objects.create(
        form_id=form_id, centre=centre or make_centre(), title={"es": "Ficha de ferias", "en": "Fairs"},
        purpose=Purpose.MAPPING, mapping={"district": "area"}, **fields,
    )  # fmt: skip
    make_version(instrument, "1", schema=schema)
    return instrument


def make_version(instrument: Instrument, number: str, **fields: Any) -> Version:
    """A published version that becomes the current one."""
    version = Version.objects.create(
        instrument=instrument, number=number, workbook_name="ferias.xlsx", workbook=b"", xform=b"", md5="",
        languages=["es", "en"], schema=fields.get("schema", SCHEMA), choices=fields.get("choices", CHOICES),
        uploaded_by_name="Ana", published_at="2026-03-01T00:00:00Z",
    )  # fmt: skip
    instrument.current, instrument.state = version, FormState.OPEN
    instrument.save()
    return version


def answer(
    instrument: Instrument, values: dict[str, Any], *, centre: Centre | None = None,
    turns: dict[str, list[dict[str, Any]]] | None = None, **fields: Any,
) -> Submission:  # fmt: skip
    """An answer with its derived rows."""
    key = f"uuid:{next(_number)}"
    submission = Submission.objects.create(
        instrument=instrument, version=instrument.current, centre=centre or instrument.centre or make_centre(),
        instance_id=key, root_id=key, xml=b"", sha256="", derivation=Derivation.DONE, **fields,
    )  # fmt: skip
    Record.objects.create(submission=submission, values=values)
    for repeat, entries in (turns or {}).items():
        for at, entry in enumerate(entries, 1):
            Record.objects.create(submission=submission, repeat=repeat, position=at, values=entry)
    return submission

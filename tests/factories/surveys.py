"""A small form, a telephone, and the answers that it sends."""

import hashlib
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories.accounts import OPERATOR

from yanapay.accounts.models import User
from yanapay.accounts.rules import draw_token
from yanapay.centres.models import Centre
from yanapay.centres.queries import scope_of
from yanapay.surveys.access import Sender
from yanapay.surveys.actions.devices import create_device
from yanapay.surveys.actions.receiving import Receipt, receive
from yanapay.surveys.models import Device, Instrument, Version

_number = count(1)
XFORM = b'<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head/><h:body/></h:html>'


def question(
    path: str, kind: str = "text", label: str = "", *, listed: str = "", repeat: str = "",
    personal: bool = False,
) -> dict[str, Any]:  # fmt: skip
    name = path.rsplit("/", 1)[-1]
    return {"path": path, "name": name, "type": kind, "labels": {"es": label or name},
            "list": listed, "repeat": repeat, "personal": personal}  # fmt: skip


SCHEMA = [
    question("/data/name", label="Nombre de la organización"),
    question("/data/needs", "select_multiple", "Necesidades", listed="needs"),
    question("/data/place/district", "select_one", "Distrito", listed="districts"),
    question("/data/photo", "image", "Foto"),
    question("/data/worker/age", "integer", "Edad", repeat="worker"),
    question("/data/worker/task/hours", "integer", "Horas", repeat="task"),
    question("/data/phone", label="Teléfono", personal=True),
]
CHOICES = {
    "needs": [{"code": "credit", "labels": {"es": "Crédito"}},
              {"code": "training", "labels": {"es": "Capacitación"}}],
    "districts": [{"code": "120101", "labels": {"es": "Huancayo"}}],
}  # fmt: skip


def make_form(
    form_id: str = "feria", number: str = "1", *, centre: Centre | None = None, state: str = "open",
    media: dict[str, bytes] | None = None,
) -> Version:  # fmt: skip
    """A published version of a form; a second call with another number publishes a newer one."""
    instrument, _ = Instrument.objects.get_or_create(
        form_id=form_id, defaults={"title": {"es": "Feria", "en": "Fair"}, "centre": centre}
    )
    version = Version.objects.create(
        instrument=instrument, number=number, workbook_name="feria.xlsx", workbook=b"", xform=XFORM,
        md5=hashlib.md5(XFORM).hexdigest(), languages=["es"], schema=SCHEMA, choices=CHOICES,
        uploaded_by_name="Ana", published_at=timezone.now(),
    )  # fmt: skip
    for name, content in (media or {}).items():
        version.media.create(
            name=name,
            content=content,
            content_type="text/csv",
            md5=hashlib.md5(content).hexdigest(),
        )
    instrument.current, instrument.state = version, state
    instrument.save()
    return version


def make_device(
    user: User, centre: Centre, instrument: Instrument | None = None
) -> tuple[Device, str]:
    """A telephone and its key."""
    raw = draw_token()
    device = create_device(
        by=OPERATOR,
        user=user,
        centre=centre,
        raw=raw,
        on=timezone.localdate(),
        instrument=instrument,
    )
    return device, raw


def answer(
    body: str = "<name>Los Andes</name>", *, instance: str = "", form: str = "feria", number: str = "1",
    deprecated: str = "",
) -> bytes:  # fmt: skip
    """The XML of an answer as Collect writes it."""
    instance = instance or f"uuid:{next(_number)}"
    replaced = f"<deprecatedID>{deprecated}</deprecatedID>" if deprecated else ""
    return (
        f'<?xml version=\'1.0\' ?><data id="{form}" version="{number}" '
        f'xmlns:orx="http://openrosa.org/xforms">{body}'
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID>{replaced}</orx:meta></data>"
    ).encode()


def send(user: User, xml: bytes, files: dict[str, bytes] | None = None, *, incomplete: bool = False,
         device: Device | None = None) -> Receipt:  # fmt: skip
    """What becomes of an answer that this user sends."""
    sender = Sender(scope_of(user, timezone.localdate()), device)
    uploads = {
        name: SimpleUploadedFile(name, content, "image/jpeg")
        for name, content in (files or {}).items()
    }
    return receive(
        by=sender.scope.actor(), who=sender, xml=xml, files=uploads, incomplete=incomplete
    )

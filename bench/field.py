"""Telephones for a measure: they speak OpenRosa over sockets of their own and know nothing of the server."""

import hashlib
import http.client
import os
import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring, tostring

PHOTO = 300_000
KNOWN = {"name": "Asociación {n}", "kind": "asociacion", "department": "12", "province": "1201",
         "district": "120101", "consent_service": "yes", "consent_public": "yes",
         "need_codes": "credit training", "point": "-12.0651 -75.2049 3250 4"}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One answer with its photos; how it travels."""

    instance_id: str
    xml: bytes
    photos: dict[str, bytes]
    sends: int = 1
    split: bool = False

    @property
    def digests(self) -> set[str]:
        return {hashlib.sha256(content).hexdigest() for content in self.photos.values()}


@dataclass
class Phone:
    """A client that keeps its connection open, as OkHttp does; it notes how long each answer took."""

    address: str
    took: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    wire: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        place = urlsplit(self.address)
        self.wire = self.wire or http.client.HTTPConnection(
            place.hostname or "", place.port, timeout=120
        )
        self.wire.request(
            method, f"{place.path}{path}", body, {"Content-Type": kind} if kind else {}
        )
        heard = self.wire.getresponse()
        return heard.status, heard.read()

    def send(self, answer: Answer) -> None:
        """All sends of one answer, in parts when it is split."""
        photos = list(answer.photos.items())
        parts = [dict(photos[:1]), dict(photos[1:])] if answer.split else [dict(photos)]
        for _ in range(answer.sends):
            for number, files in enumerate(parts, start=1):
                self._post(answer.xml, files, incomplete=number < len(parts))

    def _post(self, xml: bytes, files: dict[str, bytes], *, incomplete: bool) -> None:
        body, kind = multipart(xml, files, incomplete=incomplete)
        began = time.perf_counter()
        status, _ = self.ask("POST", "/submission", body, kind)
        self.took.append(time.perf_counter() - began)
        self.statuses.append(status)


def multipart(xml: bytes, files: dict[str, bytes], *, incomplete: bool) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [("xml_submission_file", "text/xml", xml)]
    parts += [(name, "image/jpeg", content) for name, content in files.items()]
    body = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, kind, content in parts
    )
    if incomplete:
        body += f'--{mark}\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n'.encode()
    return body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def template(form: bytes) -> Element:
    """The empty answer that a form carries."""
    xforms = "{http://www.w3.org/2002/xforms}"
    (instance, *_) = fromstring(form).iter(f"{xforms}instance")
    return instance[0]


def answers(empty: Element, count: int, chance: random.Random) -> Iterator[Answer]:
    """As the issue asks: one photo each, 10 % come again, 5 % (with two photos) in parts."""
    for number in range(count):
        split = chance.random() < 0.05
        photos = {f"{number}-{n}.jpg": os.urandom(PHOTO) for n in range(2 if split else 1)}
        instance_id = f"uuid:{uuid.UUID(int=chance.getrandbits(128))}"
        sends = 2 if chance.random() < 0.1 else 1
        yield Answer(
            instance_id, filled(empty, instance_id, number, list(photos)), photos, sends, split
        )


def filled(empty: Element, instance_id: str, number: int, photos: list[str]) -> bytes:
    """The answer with something in every question."""
    root = fromstring(tostring(empty))
    waiting = list(photos)
    for leaf in (one for one in root.iter() if len(one) == 0):
        name = leaf.tag.rpartition("}")[2]
        if name == "instanceID":
            leaf.text = instance_id
        elif name == "photo":
            leaf.text = waiting.pop(0)
        elif name != "deprecatedID":
            leaf.text = KNOWN.get(name, f"respuesta {number % 97}").format(n=number)
    for extra in waiting:  # the form asks for one photo: the second one stands in an open answer
        next(one for one in root.iter() if one.tag.rpartition("}")[2] == "ident_02").text = extra
    return tostring(root)

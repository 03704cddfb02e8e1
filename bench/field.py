"""Telephones for a measure: they speak OpenRosa over plain sockets and know nothing of the server.

They share the machine with it, so they are cheap: answers are made before the clock starts, photos differ in
their last bytes only and their digests are looked at afterwards.
"""

import hashlib
import os
import random
import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring, tostring

PHOTO = 300_000
MARK = "f1e1d" * 8
_PICTURE = os.urandom(PHOTO - 8)
_BEGUN = hashlib.sha256(_PICTURE)
KNOWN = {"name": "Asociación {n}", "kind": "asociacion", "department": "12", "province": "1201",
         "district": "120101", "consent_service": "yes", "consent_public": "yes",
         "need_codes": "credit training", "point": "-12.0651 -75.2049 3250 4"}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One answer with its photos (the number that ends each of them); how it travels."""

    instance_id: str
    xml: bytes
    photos: dict[str, int]
    sends: int = 1
    split: bool = False

    @property
    def digests(self) -> set[str]:
        return {_digest(number) for number in self.photos.values()}


@dataclass
class Phone:
    """A client that keeps its connection open, as OkHttp does; it notes how long each answer took."""

    address: str
    took: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    wire: socket.socket | None = None

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        place = urlsplit(self.address)
        self.wire = self.wire or socket.create_connection((place.hostname, place.port or 80), 120)
        head = [f"{method} {place.path}{path} HTTP/1.1", f"Host: {place.netloc}"]
        head += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"] if body else []
        self.wire.sendall("\r\n".join([*head, "\r\n"]).encode() + body)
        return _heard(self.wire)

    def send(self, answer: Answer) -> None:
        """All sends of one answer, in parts when it is split."""
        photos = list(answer.photos.items())
        parts = [dict(photos[:1]), dict(photos[1:])] if answer.split else [dict(photos)]
        for _ in range(answer.sends):
            for number, files in enumerate(parts, start=1):
                self._post(answer.xml, files, incomplete=number < len(parts))

    def _post(self, xml: bytes, files: dict[str, int], *, incomplete: bool) -> None:
        body = multipart(xml, files, incomplete=incomplete)
        began = time.perf_counter()
        status, _ = self.ask("POST", "/submission", body, f"multipart/form-data; boundary={MARK}")
        self.took.append(time.perf_counter() - began)
        self.statuses.append(status)


def _heard(wire: socket.socket) -> tuple[int, bytes]:
    """Status and body; the server tells the length of every answer."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += wire.recv(1 << 16) or _hung_up()
    head, _, body = heard.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += wire.recv(1 << 16) or _hung_up()
    return int(head.split(maxsplit=2)[1]), body


def _hung_up() -> NoReturn:
    raise ConnectionError("The server hung up.")


def multipart(xml: bytes, files: dict[str, int], *, incomplete: bool) -> bytes:
    """The body as Collect writes it: the answer first, each file under its own name."""
    pieces = [_part("xml_submission_file", "text/xml"), xml]
    for name, number in files.items():
        pieces += [_part(name, "image/jpeg"), _PICTURE, _end(number)]
    if incomplete:
        pieces.append(_part("*isIncomplete*") + b"yes")
    return b"".join([*pieces, f"\r\n--{MARK}--\r\n".encode()])


def _part(name: str, kind: str = "") -> bytes:
    file = f'; filename="{name}"\r\nContent-Type: {kind}' if kind else ""
    told = f'Content-Disposition: form-data; name="{name}"{file}'
    return f"\r\n--{MARK}\r\n{told}\r\n\r\n".encode()


def _end(number: int) -> bytes:
    """What makes one photo differ from all others."""
    return number.to_bytes(8, "big")


def _digest(number: int) -> str:
    whole = _BEGUN.copy()
    whole.update(_end(number))
    return whole.hexdigest()


def template(form: bytes) -> Element:
    """The empty answer that a form carries."""
    xforms = "{http://www.w3.org/2002/xforms}"
    (instance, *_) = fromstring(form).iter(f"{xforms}instance")
    return instance[0]


def answers(empty: Element, count: int, chance: random.Random) -> Iterator[Answer]:
    """As the issue asks: one photo each, 10 % come again, 5 % (with two photos) in parts."""
    for number in range(count):
        split = chance.random() < 0.05
        photos = {f"{number}-{n}.jpg": 2 * number + n for n in range(2 if split else 1)}
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

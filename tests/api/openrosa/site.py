"""The product served by its own command, and a telephone that speaks OpenRosa to it over plain sockets."""

import http.client
import json
import os
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import psycopg
import xlsxwriter
from tests.browser.served import YANAPAY, _free_port, _wait_for
from tests.databases import start_postgresql

PASSWORD = "el puente de ichu 1532"
SURVEY = [
    ["type", "name", "label::Español (es)", "label::English (en)"],
    ["text", "name", "Nombre", "Name"],
    ["select_multiple needs", "needs", "Necesidades", "Needs"],
    ["begin group", "place", "Lugar", "Place"],
    ["select_one_from_file towns.csv", "town", "Pueblo", "Town"],
    ["image", "photo", "Foto", "Photo"],
    ["end group", "", "", ""],
    ["begin repeat", "worker", "Trabajador", "Worker"],
    ["image", "portrait", "Retrato", "Portrait"],
    ["end repeat", "", "", ""],
]  # fmt: skip
CHOICES = [["list_name", "name", "label::Español (es)", "label::English (en)"],
           ["needs", "credit", "Crédito", "Credit"], ["needs", "training", "Cursos", "Training"]]  # fmt: skip
TOWNS = "name,label\nchupaca,Chupaca\n"


@dataclass(frozen=True)
class Heard:
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def xml(self) -> Element:
        return fromstring(self.body)

    @property
    def sentence(self) -> str:
        return "".join(self.xml.itertext())


@dataclass(frozen=True)
class Site:
    """An installation that runs."""

    home: Path
    port: int
    environment: Mapping[str, str]

    def yanapay(self, *words: str | Path, given: str = "") -> str:
        done = subprocess.run(
            [YANAPAY, *words], env=self.environment, input=given, text=True, check=False,
            capture_output=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def device(self, user: str, *more: str) -> str:
        """The path of the address of a new device."""
        return urlsplit(self.yanapay("forms", "device", "--user", user, *more)).path

    def upload(self, form: str, version: str) -> None:
        workbook, towns = self.home / f"{form}-{version}.xlsx", self.home / "towns.csv"
        towns.write_text(TOWNS)
        _write_form(workbook, form, version)
        self.yanapay("forms", "upload", workbook, "--media", towns, "--publish", "--json")

    def answers(self, form: str) -> list[dict[str, Any]]:
        out = self.home / f"{uuid.uuid4()}.json"
        self.yanapay("forms", "submissions", form, "--format", "json", "--out", out)
        found: list[dict[str, Any]] = json.loads(out.read_text())
        return found

    def ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None,
        *, chunked: bool = False,
    ) -> Heard:  # fmt: skip
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            wire.request(method, path, body, dict(headers or {}), encode_chunked=chunked)
            return _heard(wire.getresponse())
        finally:
            wire.close()

    def send(
        self, base: str, xml: bytes, files: Mapping[str, bytes] | None = None, *,
        incomplete: bool = False, chunked: bool = False, headers: Mapping[str, str] | None = None,
    ) -> Heard:  # fmt: skip
        body, kind = multipart(xml, files or {}, incomplete=incomplete)
        told = {"Content-Type": kind, "X-OpenRosa-Version": "1.0", **(headers or {})}
        if chunked:
            pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
            told["Transfer-Encoding"] = "chunked"
            return self.ask("POST", f"{base}/submission", iter(pieces), told, chunked=True)
        return self.ask("POST", f"{base}/submission", body, told)


def multipart(
    xml: bytes, files: Mapping[str, bytes], *, incomplete: bool = False
) -> tuple[bytes, str]:
    """The body as Collect writes it: the answer first, each file under its own name."""
    mark = uuid.uuid4().hex
    parts = [("xml_submission_file", "submission.xml", "text/xml", xml)]
    parts += [(name, name, "image/jpeg", content) for name, content in files.items()]
    body = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for field, name, kind, content in parts
    )
    if incomplete:
        told = f'--{mark}\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n'
        body += told.encode()
    return body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def _heard(response: HTTPResponse) -> Heard:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Heard(response.status, headers, response.read())


def _write_form(path: Path, form: str, version: str) -> None:
    settings = [["form_title", "form_id", "version", "default_language"],
                ["Feria", form, version, "Español (es)"]]  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        for name, rows in {"survey": SURVEY, "choices": CHOICES, "settings": settings}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


@contextmanager
def running(home: Path) -> Iterator[Site]:
    """A new installation with one centre, two interviewers and one form, until the end of the block."""
    port = _free_port()
    site = Site(home, port, _environment(home, port))
    site.yanapay("init")
    for name in ("maria", "mario"):
        site.yanapay("user", "create", name, "--role", "mapper", "--password-stdin", given=PASSWORD)
    site.upload("feria", "1")
    with (home / "serve.log").open("w") as log:
        command = [YANAPAY, "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=site.environment, stdout=log, stderr=log)
        try:
            _wait_for(port, server)
            time.sleep(0.5)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=30)


def _environment(home: Path, port: int) -> dict[str, str]:
    foreign = ("YANAPAY_", "DJANGO_", "DATABASE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    if os.environ.get("YANAPAY_TEST_DB") == "postgresql":
        kept["DATABASE_URL"] = _own_database()
    return {**kept, "YANAPAY_HOME": str(home), "YANAPAY_LANGUAGE": "es",
            "YANAPAY_BASE_URL": f"https://127.0.0.1:{port}"}  # fmt: skip


def _own_database() -> str:
    """The suite's server may hold other sites."""
    server, name = start_postgresql(), f"odk_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    address = urlsplit(server)
    return address._replace(path=f"/{name}").geturl()

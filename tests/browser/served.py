"""The product as people get it: its demonstration, served by its own command, in a home of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import start_postgresql

PASSWORD = "yanapay-demo-2026"  # of the demonstration, known to all
YANAPAY = Path(sys.executable).with_name("yanapay")
PATIENCE = 120  # seconds until the first answer


@dataclass
class Demonstration:
    """The product with its demo data: driven by its command, or served."""

    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> bytes:
        """What a command printed."""
        command = [YANAPAY, *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, stdout=subprocess.PIPE
        ).stdout

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The address of the site with its worker, until the end of the block."""
        port = _free_port()
        with (self.home / "serve.log").open("w") as log:
            server = subprocess.Popen(
                [YANAPAY, "serve", "--port", str(port)],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
            try:
                _wait_for(port, server)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                server.wait(timeout=30)


def demonstrated(home: Path) -> Demonstration:
    """A demonstration built by its own commands in an empty home."""
    made = Demonstration(home, _environment(home))
    made.run("init")
    made.run("demo")
    return made


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the suite's own settings reaches the product, except which database it is proved on."""
    foreign = ("YANAPAY_", "DJANGO_", "DATABASE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    if os.environ.get("YANAPAY_TEST_DB") == "postgresql":
        kept["DATABASE_URL"] = start_postgresql()
    return {**kept, "YANAPAY_HOME": str(home), "YANAPAY_MODE": "demo", "YANAPAY_LANGUAGE": "es"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("The site did not come up.")

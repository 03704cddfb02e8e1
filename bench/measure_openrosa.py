"""A day of a campaign: answers with photos from 20 telephones at once, and the rows derived from them.

    BENCH_SMALL=1 python -m bench.measure_openrosa [--only sqlite|postgresql|rows] [--answers N]

Telephones share the machine with the server, so the figures are those of the worst case: both on two cores.
They were made cheap (``bench.field``): what they send lies ready before the clock starts, as real telephones
take no processor from the server. The clock of an answer runs from its first byte to the last of the reply.
Afterwards every answer must be there once, with every photo, byte for byte, on the disk.
"""

import argparse
import hashlib
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.field import Answer, Phone, answers, template
from bench.installation import environment
from bench.postgresql import fresh, server
from bench.table import SMALL, Row, at_least, at_most, hand_in

PHONES = 20
ANSWERS, DERIVED = (300, 3_000) if SMALL else (10_000, 100_000)
YANAPAY = str(Path(sys.executable).with_name("yanapay"))
_DERIVE = Path(__file__).with_name("derive_rows.py")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=["sqlite", "postgresql", "rows"])
    parser.add_argument("--answers", type=int, default=ANSWERS)
    asked = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-odk-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's server runs as a user of its own
        if asked.only in (None, "sqlite", "rows"):
            around = _made(Path(folder) / "sqlite")
            rows += [] if asked.only == "rows" else _received("SQLite", around, asked.answers)
            rows += _derived("SQLite", around) if asked.only != "sqlite" else []
        if asked.only in (None, "postgresql"):
            with server(Path(folder) / "server") as address:
                around = _made(Path(folder) / "postgresql", fresh(address, "bench_odk"))
                rows += _received("PostgreSQL", around, asked.answers)
                rows += _derived("PostgreSQL", around)
    hand_in(rows)


def _made(home: Path, url: str = "") -> dict[str, str]:
    """An installation of its own with one interviewer."""
    home.mkdir(parents=True)
    around = environment(home, url) | {"YANAPAY_MODE": "production"}
    for words in (
        ["init"],
        ["user", "create", "maria", "--role", "mapper", "--centre", "principal"],
    ):
        subprocess.run([YANAPAY, *words], env=around, check=True, stdout=subprocess.DEVNULL)
    return around


def _received(database: str, around: dict[str, str], count: int) -> list[Row]:
    with _serving(around) as site:
        address = _say(around, "forms", "device", "--user", "maria", "--base-url", site)
        _, form = Phone(address).ask("GET", f"/forms/ess/{_version(address)}.xml")
        made = list(answers(template(form), count, random.Random(7)))
        seconds, phones = _send_all(address, made)
    took = sorted(one for phone in phones for one in phone.took)
    statuses = [status for phone in phones for status in phone.statuses]
    wrong = sum(status not in (201, 202) for status in statuses)
    middle = statistics.median(took) * 1000
    p95 = statistics.quantiles(took, n=20)[-1] * 1000
    print(f"{database}: {len(took)} requests, median {middle:.0f} ms, p95 {p95:.0f} ms", flush=True)
    return [
        at_least(f"answers a second, {database}", round(count / seconds, 1), 1),
        at_most(f"answer, p95, {database}", round(p95), 300, " ms"),
        at_most(f"answers refused, {database}", wrong, 0),
        at_most(f"answers lost or doubled, {database}", _lost(around, made), 0),
    ]


def _send_all(address: str, made: list[Answer]) -> tuple[float, list[Phone]]:
    """Twenty telephones take answers from one pile; how long that took, and what they noted."""
    phones, pile = [Phone(address) for _ in range(PHONES)], iter(made)

    def work(phone: Phone) -> None:
        while answer := next(pile, None):
            phone.send(answer)

    began = time.perf_counter()
    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(work, phones))
    return time.perf_counter() - began, phones


def _lost(around: dict[str, str], made: list[Answer]) -> int:
    """How many answers are missing, doubled, or lack a photo whose bytes are on the disk."""
    home = Path(around["YANAPAY_HOME"])
    out, sent = home / "answers.json", {one.instance_id: one.digests for one in made}
    _say(around, "forms", "submissions", "ess", "--format", "json", "--out", str(out))
    kept: dict[str, list[set[str]]] = {}
    for one in json.loads(out.read_text()):
        kept.setdefault(one["instanceID"], []).append(
            {file["sha256"] for file in one["attachments"]}
        )
    wrong = sum(kept.get(key) != [digests] for key, digests in sent.items())
    return (
        wrong
        + len(kept.keys() - sent.keys())
        + sum(not _is_whole(home, d) for ds in sent.values() for d in ds)
    )


def _is_whole(home: Path, digest: str) -> bool:
    place = home / "files/answers" / digest[:2] / digest
    return place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() == digest


def _derived(database: str, around: dict[str, str]) -> list[Row]:
    told = subprocess.run(
        [sys.executable, str(_DERIVE), str(DERIVED)], env=around, check=True, stdout=subprocess.PIPE
    )
    found = json.loads(told.stdout)
    return [
        at_least(
            f"rows derived a second, {database}", round(found["rows"] / found["seconds"]), 100
        ),
        Row(
            f"deriving again gives the same, {database}", str(found["same"]), "True", found["same"]
        ),
    ]


@contextmanager
def _serving(around: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [YANAPAY, "serve", "--port", str(port)], env=around, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("The site did not come up.")


def _say(around: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [YANAPAY, *words], env=around, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def _version(address: str) -> str:
    """The version of the mapping form that the server offers."""
    _, body = Phone(address).ask("GET", "/formList?formID=ess")
    return body.decode().partition("<version>")[2].partition("</version>")[0]


if __name__ == "__main__":
    main()

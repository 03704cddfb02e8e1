"""One audit chain, one per centre, or links sealed later: what the chain costs writers who meet.

``python -m bench.audit_chain [--writers 1 4] [--events 300]`` makes a database on SQLite and one on
PostgreSQL, lets N processes save M times each (one row and its event in a
transaction) and prints saves per second and the 95th percentile of a save for each manner, the
best of three interleaved rounds:

none      the row alone
sealed    the event without a link, hashed in batches afterwards (the sealing is not counted)
centre    a chain per centre, each writer in a centre of their own: the code as it is
one       a single chain for all writers
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.postgresql import fresh, open_folder, server

MANNERS = ("none", "sealed", "centre", "one")


def main() -> None:
    arguments = parse()
    if arguments.worker is not None:
        print(json.dumps(work(arguments.worker, arguments.manner, arguments.events, arguments.at)))
        return
    print(f"{'database':<12}{'writers':>8}{'manner':>9}{'saves/s':>10}{'p95 ms':>9}")
    with open_folder() as home, server(Path(home) / "postgresql") as postgresql:
        sqlite = f"sqlite:///{home}/bench.sqlite3"
        for name, address in (("SQLite", sqlite), ("PostgreSQL", fresh(postgresql, "chain"))):
            environment = {**os.environ, "DATABASE_URL": address, "YANAPAY_HOME": home}
            prepare(environment)
            for writers in arguments.writers:
                rows: dict[str, list[tuple[float, float]]] = {manner: [] for manner in MANNERS}
                for _ in range(arguments.rounds):
                    for manner in MANNERS:
                        measured = measure(environment, writers, manner, arguments.events)
                        rows[manner].append(measured)
                for manner, measures in rows.items():
                    rate, p95 = max(measures)
                    print(f"{name:<12}{writers:>8}{manner:>9}{rate:>10.0f}{p95:>9.1f}", flush=True)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--manner", choices=MANNERS, help=argparse.SUPPRESS)
    parser.add_argument("--at", type=float, help=argparse.SUPPRESS)
    return parser.parse_args()


def prepare(environment: dict[str, str]) -> None:
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    settings = {"DJANGO_SETTINGS_MODULE": "yanapay.config.settings"}
    subprocess.run(migrate, env={**environment, **settings}, check=True)


def measure(
    environment: dict[str, str], writers: int, manner: str, events: int
) -> tuple[float, float]:
    """Start the writers together, wait for all: saves per second, p95 in milliseconds."""
    start = time.time() + 2 + writers / 2
    command = [
        sys.executable,
        "-m",
        "bench.audit_chain",
        "--manner",
        manner,
        "--events",
        str(events),
    ]
    command += ["--at", str(start)]
    processes = [
        subprocess.Popen([*command, "--worker", str(n)], env=environment, stdout=subprocess.PIPE)
        for n in range(writers)
    ]
    answers = [json.loads(process.communicate()[0]) for process in processes]
    seconds = max(answer["end"] for answer in answers) - start
    spent = [each for answer in answers for each in answer["spent"]]
    p95 = statistics.quantiles(spent, n=20)[-1] * 1000
    return writers * events / seconds, p95


def work(number: int, manner: str, events: int, at: float) -> dict[str, object]:
    """One writer: how long each save took and when the last one ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "yanapay.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    save = saver(number, manner)
    save(0)
    time.sleep(max(0, at - time.time()))
    spent = []
    for step in range(1, events + 1):
        begun = time.perf_counter()
        save(step)
        spent.append(time.perf_counter() - begun)
    return {"spent": spent, "end": time.time()}


def saver(number: int, manner: str) -> Callable[[int], None]:
    """A function that saves once in the given manner."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yanapay.audit.actions import record  # noqa: PLC0415
    from yanapay.audit.models import Event  # noqa: PLC0415
    from yanapay.audit.rules import Actor  # noqa: PLC0415
    from yanapay.base.models import SearchWord  # noqa: PLC0415

    centre = None if manner == "one" else 100 + number
    by = Actor(number, f"Writer {number}", centre, f"Centre {number}")
    changes = {"name": ("Lácteos del Valle", "Asociación Lácteos del Valle"), "workers": (4, 6)}
    unique = f"{os.getpid()}x"
    what: dict[str, Any] = {"action": "organisation.changed", "object_type": "organisation"}

    @transaction.atomic
    def save(step: int) -> None:
        SearchWord.objects.create(word=f"{unique}{step}")
        if manner == "sealed":
            Event(
                chain=os.getpid() + 1000, seq=step + 1, at=timezone.now(), actor_id=number,
                actor_name=by.user_name, object_id=str(step), changes=changes,
                previous="", hash="", **what,
            ).save(force_insert=True)  # fmt: skip
        elif manner != "none":
            record(by=by, object_id=step, changes=changes, **what)

    return save


if __name__ == "__main__":
    main()

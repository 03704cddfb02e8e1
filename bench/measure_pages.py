"""Server time of the directory's list and record pages at national scale.

Run after ``bench.measure_import`` has left a filled installation: YANAPAY_HOME (and DATABASE_URL) name it.
"""

import random
import statistics
import time

import django

django.setup()

from django.test import Client  # noqa: E402

from bench.people import promoter  # noqa: E402
from yanapay.directory.models import Organisation  # noqa: E402

LISTS = (
    "/directory/", "/directory/?area=12", "/directory/?area=120114", "/directory/?kind=empresa",
    "/directory/?area=15&kind=empresa", "/directory/?status=closed", "/directory/?q=lacteos",
    "/directory/?q=comercial&area=15",
)  # fmt: skip
ROUNDS = 12


def main() -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(promoter(), backend="yanapay.web.accounts.sign_in.Backend")
    _report("directory page", client, [path for path in LISTS for _ in range(ROUNDS)])
    last = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chance = random.Random(7)
    drawn = Organisation.objects.live().in_bulk([chance.randint(1, last) for _ in range(150)])
    _report("record page", client, [f"/directory/{pk}/" for pk in drawn])


def _report(name: str, client: Client, paths: list[str]) -> None:
    client.get(paths[0])
    took = sorted((_time(client, path), path) for path in paths)
    cuts = statistics.quantiles([ms for ms, _ in took], n=100)
    worst = took[-1]
    told = f"median {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms (bar: 150)"
    print(f"{name:<16} {told}, slowest {worst[0]:.0f} ms {worst[1]}")


def _time(client: Client, path: str) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()

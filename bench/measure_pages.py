"""Server time of the directory's list and record pages at national scale.

Run after ``bench.measure_import`` has left a filled installation: YANAPAY_HOME (and DATABASE_URL) name it.
"""

import random
import statistics

import django

django.setup()

from django.test import Client  # noqa: E402

from bench.pages import milliseconds, unbuilt  # noqa: E402
from bench.people import promoter  # noqa: E402
from bench.table import SMALL, Row, at_most, hand_in  # noqa: E402
from yanapay.directory.models import Organisation  # noqa: E402

LISTS = (
    "/directory/", "/directory/?area=12", "/directory/?area=120114", "/directory/?kind=empresa",
    "/directory/?area=15&kind=empresa", "/directory/?status=closed", "/directory/?q=lacteos",
    "/directory/?q=comercial&area=15",
)  # fmt: skip
ROUNDS, RECORDS = (3, 40) if SMALL else (12, 150)


@unbuilt
def main() -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(promoter(), backend="yanapay.web.accounts.sign_in.Backend")
    last = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chance = random.Random(7)
    drawn = Organisation.objects.live().in_bulk([chance.randint(1, last) for _ in range(RECORDS)])
    rows = [
        _measured("directory page, p95", client, [path for path in LISTS for _ in range(ROUNDS)]),
        _measured("record page, p95", client, [f"/directory/{pk}/" for pk in drawn]),
    ]
    hand_in(rows)


def _measured(name: str, client: Client, paths: list[str]) -> Row:
    client.get(paths[0])
    took: dict[str, list[float]] = {}
    for path in paths:
        took.setdefault(path, []).append(milliseconds(client, path))
    if len(took) <= len(LISTS):
        for path, times in took.items():
            print(f"{statistics.median(times):6.0f} ms  {path}")
    every = sorted(time for times in took.values() for time in times)
    cuts = statistics.quantiles(every, n=100)
    print(f"{name}: median {cuts[49]:.0f} ms, slowest {every[-1]:.0f} ms")
    return at_most(name, round(cuts[94]), 150, " ms")


if __name__ == "__main__":
    main()

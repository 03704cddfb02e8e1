"""Assistance in a network: 14 centres with 200,000 cases and a million visits.

A sample of cases is played through the actions (its throughput is stated) and copied in bulk by
``bench.network``. Then: home, case page and board of a coordinator, the report over everything, a proposal
as PDF.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.network import copy  # noqa: E402
from yanapay.accounts.models import Role, User  # noqa: E402
from yanapay.analytics.queries.cat import Asked, cat_report  # noqa: E402
from yanapay.assistance.choices import PlanState  # noqa: E402
from yanapay.assistance.exchange.documents.issuing import draft_of  # noqa: E402
from yanapay.assistance.exchange.documents.kinds import find  # noqa: E402
from yanapay.assistance.models import Case, Plan, Visit  # noqa: E402
from yanapay.audit.rules import Actor  # noqa: E402
from yanapay.centres.actions import create_centre, grant_membership  # noqa: E402
from yanapay.centres.models import Centre, Institution  # noqa: E402
from yanapay.cli.demonstration.cast import open_centres, open_users  # noqa: E402
from yanapay.cli.demonstration.clients import client_list, complete  # noqa: E402
from yanapay.cli.demonstration.history.build import open_office  # noqa: E402
from yanapay.cli.demonstration.history.cases import play  # noqa: E402
from yanapay.cli.demonstration.history.dealing import Service, services  # noqa: E402
from yanapay.cli.demonstration.history.sample import with_sample  # noqa: E402
from yanapay.cli.demonstration.profile import enterprises  # noqa: E402
from yanapay.cli.site import _take, prepare  # noqa: E402
from yanapay.directory.models import Organisation  # noqa: E402
from yanapay.quality.queries.documents import preview  # noqa: E402

SMALL = bool(os.environ.get("BENCH_SMALL"))
CENTRES, CASES, SAMPLE = (3, 1_500, 60) if SMALL else (14, 200_000, 500)
VISITS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
STAFF = 10  # in each centre
BY = Actor.operator()
OPEN_SHARE = 4  # one case in four is still open


def main() -> None:
    prepare()
    seconds = sample() if not Case.objects.exists() else 0.0
    filled = fill()
    client, case = coordinator()
    asked = Asked(None, date(1999, 1, 1), timezone.localdate())
    rows = [
        row("generator through actions", f"{SAMPLE / seconds:.1f} cases/s" if seconds else "kept", "stated"),
        row("bulk loader", f"{filled:,.0f} cases/s" if filled else "kept", "stated"),
        page("home", client, "/"),
        page("case page", client, f"/cases/{case.pk}/"),
        page("coordinator's board", client, "/cases/board/"),
        timed("report cat over everything", lambda: cat_report(asked), 5.0, rounds=3),
        timed("PDF of a proposal", proposal, 1.0, rounds=10),
    ]  # fmt: skip
    print(f"{Case.objects.count():,} cases, {Visit.objects.count():,} visits, {connection.vendor}")
    if result := os.environ.get("BENCH_RESULT"):
        Path(result).write_text(json.dumps(rows))


def sample() -> float:
    """Play the sample; seconds of the playing alone."""
    centres, users = open_centres(BY), open_users(BY, date(1999, 10, 4))
    made = with_sample(enterprises())
    who = {"Lima": users["teresa"], "Huancayo": users["hugo"]}
    path = client_list(Path(os.environ["YANAPAY_HOME"]) / "clients.csv", made)
    _take(path, centres["cat-demo"])
    complete(BY, centres["cat-demo"], made, who, timezone.localdate())
    office = open_office(BY, centres["cat-demo"], who, range(1999, 2006))
    office.visits = VISITS
    begin = time.perf_counter()
    with transaction.atomic():
        for at, service in enumerate(_drawn(services(made))):
            play(office, service, until=7 if at % OPEN_SHARE else 1 + at // OPEN_SHARE % 6)
    return time.perf_counter() - begin


def _drawn(found: list[Service]) -> list[Service]:
    """As many services as the sample asks for: some enterprises come again."""
    return [*found, *found[: max(SAMPLE - len(found), 0)]][:SAMPLE]


def fill() -> float:
    """Copy the sample to all centres; cases per second, 0 when they are there already."""
    here = Case.objects.count()
    if here >= CASES:
        return 0.0
    institution = Institution.objects.order_by("pk")[0]
    for n in range(Centre.objects.count(), CENTRES):
        create_centre(by=BY, institution=institution, code=f"centro-{n}", name=f"Centro {n}")
    begin = time.perf_counter()
    centres = list(Centre.objects.order_by("pk"))
    copy(centres, {centre.pk: _staff(centre) for centre in centres}, -(-CASES // here) - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return (Case.objects.count() - here) / (time.perf_counter() - begin)


def _staff(centre: Centre) -> list[User]:
    """People of a centre, each with a tenth of its cases."""
    return [
        User.objects.create(username=f"{centre.code}-{n}", full_name=f"Persona {n}")
        for n in range(STAFF)
    ]


def coordinator() -> tuple[Client, Case]:
    """Somebody who coordinates one of the centres and has own cases, and one of them."""
    case = Case.objects.select_related("responsible", "centre").order_by("-pk")[0]
    user = case.responsible
    grant_membership(by=BY, user=user, role=Role.objects.get(code="coordinator"), centre=case.centre,
                     on=timezone.localdate() - timedelta(days=1))  # fmt: skip
    Organisation.objects.filter(pk=case.organisation_id).update(responsible=user)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="yanapay.web.accounts.sign_in.Backend")
    return client, case


def proposal() -> None:
    """The pages of one accepted plan, from its records."""
    plan = Plan.objects.filter(state=PlanState.ACCEPTED).select_related("case").order_by("pk")[0]
    found = find(plan.case, "proposal", f"plan:{plan.pk}")
    preview(draft_of(plan.case, found, on=timezone.localdate(), language="es"))


def page(name: str, client: Client, path: str) -> dict[str, Any]:
    def get() -> None:
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer")

    return timed(name, get, 0.150, rounds=30)


def timed(name: str, call: Callable[[], object], bar: float, rounds: int) -> dict[str, Any]:
    call()
    took = sorted(_seconds(call) for _ in range(rounds))
    p95 = took[max(int(len(took) * 0.95) - 1, 0)]
    found = f"{statistics.median(took) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
    return row(name, found, f"{bar * 1000:.0f} ms", holds=p95 <= bar)


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def row(measure: str, value: str, bar: str, *, holds: bool = True) -> dict[str, Any]:
    print(f"{measure:<32} {value:<28} bar {bar}")
    return {"measure": f"assistance: {measure}", "value": value, "bar": bar, "holds": holds}


if __name__ == "__main__":
    main()

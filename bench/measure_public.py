"""The public directory with 100,000 entries: pages with any combination of filters, and after a change.

YANAPAY_HOME names an installation that it makes; entries are inserted in bulk, not published one by one.
"""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.pages import milliseconds, unbuilt  # noqa: E402
from bench.table import SMALL, at_most, hand_in  # noqa: E402
from yanapay.audit.rules import Actor  # noqa: E402
from yanapay.base import search  # noqa: E402
from yanapay.centres.models import Centre, Institution  # noqa: E402
from yanapay.directory.actions.attributes import load_terms  # noqa: E402
from yanapay.directory.choices import Kind  # noqa: E402
from yanapay.directory.models import Organisation, Term  # noqa: E402
from yanapay.kernel.text import fold  # noqa: E402
from yanapay.mapping.models import Entry, EntryCode  # noqa: E402
from yanapay.mapping.queries.public.columns import VOCABULARIES  # noqa: E402
from yanapay.places.actions import load_reference  # noqa: E402
from yanapay.places.models import Area  # noqa: E402

ENTRIES = 5_000 if SMALL else 100_000
MAPS = ["/public/map/", "/public/map/?kind=red"]
REQUESTS = 200 if SMALL else 600
AT_ONCE = 5_000
FIRST = (
    "Asociación",
    "Cooperativa",
    "Red",
    "Taller",
    "Empresa comunal",
    "Mesa",
    "Comité",
    "Central",
)
SECOND = (
    "Wiñay",
    "Pachamama",
    "Los Andes",
    "Santa Rosa",
    "Nuevo Amanecer",
    "Valle",
    "Sumaq",
    "Kusikuy",
    "Ñañaykuna",
)


@unbuilt
def main() -> None:
    chance = random.Random(20261121)
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    _fill(chance)
    seconds = time.perf_counter() - began
    print(
        f"{Entry.objects.count():,} entries, {EntryCode.objects.count():,} codes in {seconds:.0f} s"
    )
    client = Client(headers={"host": "localhost"})
    cold = milliseconds(client, "/public/")
    paths = [*_paths(chance)]
    took = [milliseconds(client, path) for path in paths]
    cuts = statistics.quantiles(took, n=100)
    worst = sorted(zip(took, paths, strict=True), reverse=True)[:5]
    for waited, path in worst:
        print(f"{waited:6.0f} ms  {path}")
    print(f"median / p95 / max  {cuts[49]:.0f} / {cuts[94]:.0f} / {max(took):.0f} ms")
    print(f"the first page of the process {cold:.0f} ms")
    entry = Entry.objects.order_by("pk").first()
    assert entry
    entry.save()
    hand_in([
        at_most("public directory page, p95", round(cuts[94], 1), 100, " ms"),
        at_most("public page after a change", round(milliseconds(client, "/public/")), 5000, " ms"),
        at_most("public organisation page, p95", round(_organisations(chance, client), 1), 100, " ms"),
        at_most("public map, p95", round(_p95(client, MAPS * 20), 1), 200, " ms"),
    ])  # fmt: skip


def _paths(chance: random.Random) -> Iterator[str]:
    """Addresses as visitors make them: none to three filters, words with a typing error, pages, orders."""
    departments = list(Area.objects.filter(country="PE", level=1).values_list("code", flat=True))
    terms = {
        name: list(Term.objects.filter(vocabulary=v).values_list("code", flat=True))
        for name, v in VOCABULARIES.items()
    }
    for _ in range(REQUESTS):
        asked: dict[str, str] = {}
        for name in chance.sample(
            ["kind", "area", "line", "need", "strength", "q", "page", "sort"], chance.randrange(4)
        ):
            asked[name] = {
                "kind": chance.choice(Kind.values), "area": chance.choice(departments),
                "q": chance.choice(["wiñay", "coperativa", "santa rsa", "pachamama lima", "taller"]),
                "page": str(chance.randrange(1, 40)), "sort": "newest",
            }.get(name) or chance.choice(terms.get(name) or [""])  # fmt: skip
        yield f"/public/?{urlencode(asked)}"


def _organisations(chance: random.Random, client: Client) -> float:
    slugs = [f"e-{chance.randrange(ENTRIES)}" for _ in range(100)]
    return _p95(client, [f"/public/o/{slug}/" for slug in slugs])


def _p95(client: Client, paths: list[str]) -> float:
    return statistics.quantiles([milliseconds(client, path) for path in paths], n=20)[-1]


@transaction.atomic
def _fill(chance: random.Random) -> None:
    by = Actor.system()
    load_reference(by=by)
    load_terms(by=by)
    institution = Institution.objects.create(name="Bench")
    centre = Centre.objects.create(institution=institution, code="bench", name="Bench")
    areas = list(
        Area.objects.filter(country="PE", level=3).values_list(
            "pk", "path", "name", "latitude", "longitude"
        )
    )
    terms = {
        v: list(Term.objects.filter(vocabulary=v).values_list("code", flat=True))
        for v in VOCABULARIES.values()
    }
    for start in range(0, ENTRIES, AT_ONCE):
        _insert(chance, centre, areas, terms, range(start, min(start + AT_ONCE, ENTRIES)))
    search.learn(word for text in (*FIRST, *SECOND) for word in fold(text).split())


def _insert(
    chance: random.Random, centre: Centre, areas: list[tuple[int, str, str, float | None, float | None]],
    terms: dict[str, list[str]], numbers: range,
) -> None:  # fmt: skip
    entries, names = [], []
    for number in numbers:
        area = chance.choice(areas)
        names.append(f"{chance.choice(FIRST)} {chance.choice(SECOND)} de {area[2]} {number}")
        entries.append(area)
    made = Organisation.objects.bulk_create(
        [
            Organisation(centre=centre, name=name, name_key=fold(name), kind="cooperativa")
            for name in names
        ],
        1000,
    )
    rows = Entry.objects.bulk_create(
        [
            Entry(
                organisation=organisation, slug=f"e-{number}", state="published", name=name,
                name_key=fold(name), search_text=fold(name), kind=chance.choice(Kind.values), area_id=area[0],
                department=area[1].split("/")[1], latitude=area[3], longitude=area[4],
                approved_on=date(2026, 1, 1),
                shown={"description": "Familias que producen y venden juntas.", "phone": "964 111 222"},
            )
            for number, organisation, name, area in zip(numbers, made, names, entries, strict=True)
        ],
        500,
    )  # fmt: skip
    EntryCode.objects.bulk_create(
        [
            EntryCode(entry=row, vocabulary=vocabulary, code=code)
            for row in rows for vocabulary, codes in terms.items() if codes
            for code in chance.sample(codes, chance.randrange(4))
        ],
        2000,
    )  # fmt: skip


if __name__ == "__main__":
    main()

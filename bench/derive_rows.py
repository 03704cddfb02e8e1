"""Deriving rows of many answers of the mapping form, twice: ``python bench/derive_rows.py COUNT`` prints JSON.

Run in an installation (YANAPAY_HOME, DATABASE_URL); its answers are put there without HTTP.
"""

import hashlib
import json
import random
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
django.setup()

from django.db import transaction  # noqa: E402

from bench.field import filled, template  # noqa: E402
from yanapay.audit.rules import Actor  # noqa: E402
from yanapay.centres.models import Centre  # noqa: E402
from yanapay.surveys.actions.rows import derive_again, derive_next  # noqa: E402
from yanapay.surveys.models import Instrument, Record, Submission  # noqa: E402

SYSTEM = Actor.system()


def main(count: int) -> None:
    while derive_next(by=SYSTEM):
        pass
    before = Record.objects.count()
    _put(count)
    began = time.perf_counter()
    while derive_next(by=SYSTEM, limit=200):
        pass
    seconds = time.perf_counter() - began
    rows, once = Record.objects.count() - before, _digest()
    after: int | None = 0
    while after is not None:
        after = derive_again(by=SYSTEM, after=after, limit=500)
    print(json.dumps({"rows": rows, "seconds": seconds, "same": once == _digest()}))


@transaction.atomic
def _put(count: int) -> None:
    form = Instrument.objects.select_related("current").get(form_id="ess")
    version, centre, chance = form.current, Centre.objects.earliest("pk"), random.Random()
    assert version
    empty = template(bytes(version.xform))
    for start in range(0, count, 1000):
        made = []
        for number in range(start, min(count, start + 1000)):
            key = f"uuid:{chance.getrandbits(128):032x}"
            xml = filled(empty, key, number, ["photo.jpg"])
            made.append(Submission(
                instrument=form, version=version, centre=centre, instance_id=key, root_id=key,
                xml=xml, sha256=hashlib.sha256(xml).hexdigest(),
            ))  # fmt: skip
        Submission.objects.bulk_create(made)


def _digest() -> str:
    """Of all rows, whatever their keys."""
    found = hashlib.sha256()
    told = ("submission", "repeat", "position", "parent_position", "values")
    for row in (
        Record.objects.order_by("submission", "repeat", "position").values_list(*told).iterator()
    ):
        found.update(json.dumps(row, sort_keys=True).encode())
    return found.hexdigest()


if __name__ == "__main__":
    main(int(sys.argv[1]))

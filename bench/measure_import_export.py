"""Rows per second against django-import-export, on a sample of the registry.

    python -m bench.measure_import_export REGISTRY.csv [--rows 20000]

It gets a resource of the organisation's own columns with its areas looked up from memory. Ours gets a file of the
same columns, which the bars are about (15 against its default mode, 3 against its bulk mode), and beside that the
whole rows, with owner, tax id, activity and figures: seven tables instead of one. Each runs three times, by
turns, in a process and a fresh database of its own; the middle one counts.
"""

# ruff: noqa: E501  lines of files are as long as they are

import argparse
import csv
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.installation import environment, head, make_ready
from bench.table import REGISTRY, SMALL, at_least, hand_in

_OURS = """
import sys, time
import django; django.setup()
from pathlib import Path
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory import exchange
centre, by = Centre.objects.select_related("institution").get(code="principal"), Actor.system()
began = time.perf_counter()
batch = exchange.stage(Path(sys.argv[1]), centre=centre, by=by, today=exchange.today_at(centre))
exchange.load(batch, by=by)
print(time.perf_counter() - began)
"""
_THEIRS = """
import sys, time
import django; django.setup()
from django.utils import timezone
import tablib
from import_export import fields, resources, widgets
from yanapay.centres.models import Centre
from yanapay.directory.models import Organisation
from yanapay.kernel.text import distinct_words, fold
from yanapay.places.models import Area
AREAS, CENTRE = dict(Area.objects.values_list("code", "pk")), Centre.objects.get(code="principal").pk
class OrganisationResource(resources.ModelResource):
    area_id = fields.Field("area_id", "ubigeo", widgets.IntegerWidget())
    private_phone = fields.Field("private_phone", "phone")
    private_email = fields.Field("private_email", "email")
    class Meta:
        model = Organisation
        import_id_fields = ()
        force_init_instance = True
        use_bulk, batch_size, skip_diff = sys.argv[2] == "bulk", 1000, sys.argv[2] == "bulk"
        fields = ("name", "trade_name", "kind", "legal_form", "address", "latitude", "longitude", "start_date",
                  "area_id", "private_phone", "private_email")
    def before_import_row(self, row, **kwargs):
        row["ubigeo"] = AREAS[row["ubigeo"]]
    def before_save_instance(self, instance, row, **kwargs):
        instance.centre_id, instance.name_key = CENTRE, fold(instance.name)
        instance.search_text = distinct_words([instance.name, instance.trade_name])
        instance.created_at = instance.updated_at = timezone.now()
began = time.perf_counter()
with open(sys.argv[1]) as file:
    data = tablib.Dataset().load(file.read(), format="csv")
result = OrganisationResource().import_data(data, raise_errors=True, use_transactions=True)
assert result.totals["new"] == len(data), result.totals
print(time.perf_counter() - began)
"""


SAME = (
    "name", "trade_name", "kind", "legal_form", "ubigeo", "address", "latitude", "longitude", "phone", "email",
    "start_date",
)  # fmt: skip
TURNS = 1 if SMALL else 3


def measure(registry: Path, rows: int) -> dict[str, Any]:
    """Rows per second of the three, and how many times faster ours is."""
    with tempfile.TemporaryDirectory(prefix="bench-export-") as folder:
        whole = head(registry, rows, Path(folder))
        same = _columns(whole, Path(folder) / "same.csv")
        runs = (("ours", _OURS, same, ""), ("ours_whole", _OURS, whole, ""),
                ("bulk", _THEIRS, whole, "bulk"), ("default", _THEIRS, whole, "default"))  # fmt: skip
        took = [
            (name, _seconds(program, file, mode, Path(folder) / f"{name}-{turn}"))
            for turn in range(TURNS)
            for name, program, file, mode in runs
        ]
    seconds = {name: median(s for who, s in took if who == name) for name, *_ in runs}
    told: dict[str, Any] = {
        f"{name}_rows_per_second": round(rows / s) for name, s in seconds.items()
    }
    for ours in ("ours", "ours_whole"):
        for peer in ("default", "bulk"):
            told[f"{ours}_times_{peer}"] = round(seconds[peer] / seconds[ours], 1)
    return told


def _columns(whole: Path, out: Path) -> Path:
    with whole.open(newline="") as source, out.open("w", newline="") as target:
        writer = csv.DictWriter(target, SAME, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(csv.DictReader(source))
    return out


def _seconds(program: str, file: Path, mode: str, home: Path) -> float:
    around = environment(home)
    make_ready(around)
    done = subprocess.run(
        [sys.executable, "-c", program, str(file), mode],
        env=around,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registry", type=Path, nargs="?", default=REGISTRY)
    parser.add_argument("--rows", type=int, default=4_000 if SMALL else 20_000)
    arguments = parser.parse_args()
    told = measure(arguments.registry, arguments.rows)
    hand_in([
        at_least("rows/s against django-import-export", told["ours_times_default"], 15, " x"),
        at_least("rows/s against its bulk mode", told["ours_times_bulk"], 3, " x"),
    ], told)  # fmt: skip

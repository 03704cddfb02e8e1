"""``yanapay duplicates``: find pairs in the whole directory, merge two records, undo a merge."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from yanapay.audit.rules import Actor
from yanapay.cli.centres import centre_called
from yanapay.cli.language import translate
from yanapay.directory.actions.merging import merge_organisations
from yanapay.directory.models import Merge, Organisation
from yanapay.directory.queries.merging import MergePlan, plan_merge
from yanapay.kernel.errors import NotFound
from yanapay.kernel.keys import read_key
from yanapay.linkage.actions import undo_pair_merge
from yanapay.linkage.tasks import search


@click.group("duplicates", help=translate("Find, merge and unmerge duplicates."))
def duplicates() -> None:
    """Commands below ``yanapay duplicates``."""


@duplicates.command("find", help=translate("Compare all organisations and fill the review queue."))
@click.option(
    "--pairs",
    type=click.Path(dir_okay=False, path_type=Path),
    help=translate("Write the pairs here as CSV: left_id, right_id, score."),
)
@click.option(
    "--all-candidates", is_flag=True,
    help=translate("Write every compared pair, those below the threshold too."),
)  # fmt: skip
@click.option("--centre", "centre_code", help=translate("Only the clients of this centre."))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def find(pairs: Path | None, all_candidates: bool, centre_code: str | None, as_json: bool) -> None:
    centre = centre_called(centre_code) if centre_code else None
    with click.progressbar(length=100, label=translate("Comparing"), file=sys.stderr) as bar:
        run = search(
            by=Actor.operator(centre.pk if centre else None, centre.name if centre else ""), centre=centre,
            pairs=pairs, everything=all_candidates,
            report=lambda _, percent: bar.update(percent - bar.pos),
        )  # fmt: skip
        bar.update(100 - bar.pos)
    if as_json:
        click.echo(json.dumps({**run.counts, "run": run.pk, "model": run.model_version}))
    else:
        click.echo(
            translate("{pairs} pairs to review among {rows} organisations.").format(**run.counts)
        )


@duplicates.command("merge", help=translate("Make two records one: DROP goes into KEEP."))
@click.argument("keep")
@click.argument("drop")
@click.option(
    "--take", multiple=True, help=translate("A field that survives from DROP; repeat it.")
)
@click.option("--dry-run", is_flag=True, help=translate("Only tell what would happen."))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def merge(keep: str, drop: str, take: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    kept, dropped = _organisation(keep), _organisation(drop)
    plan = plan_merge(kept, dropped, take or None)
    told = _told(plan)
    if not dry_run:
        done = merge_organisations(
            by=Actor.operator(kept.centre_id, kept.centre.name), keep=kept, drop=dropped,
            on=timezone.localdate(), take=take or None,
        )  # fmt: skip
        told["merge"] = done.pk
    _answer(told, as_json)


@duplicates.command("undo", help=translate("Undo a merge by its number."))
@click.argument("number", type=int, metavar="MERGE")
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def undo(number: int, as_json: bool) -> None:
    done = Merge.objects.select_related("keep__centre").filter(pk=number).first()
    if done is None:
        raise NotFound("There is no merge {number}.", number=number)
    centre = done.keep.centre
    undo_pair_merge(by=Actor.operator(centre.pk, centre.name), merge=done)
    if as_json:
        click.echo(json.dumps({"merge": number, "keep": done.keep_id, "restored": done.drop_id}))
    else:
        click.echo(translate("Undone: both records are back as they were."))


def _organisation(key: str) -> Organisation:
    """By our number, else by the key of the file it came from."""
    found = Organisation.objects.live().select_related("centre")
    number = read_key(key)
    by_number = found.none() if number is None else found.filter(pk=number)
    matches = list(by_number) or list(found.filter(provenance__source_key=key)[:2])
    if len(matches) != 1:
        raise NotFound("There is no single organisation with the key {key}.", key=key)
    return matches[0]


def _told(plan: MergePlan[Any]) -> dict[str, Any]:
    return {
        "keep": plan.keep.pk,
        "drop": plan.drop.pk,
        "fields": sorted(plan.values),
        "relations": [
            {"relation": r.label, "title": r.title, "moves": len(r.moving), "set_aside": len(r.set_aside)}
            for r in plan.relations
        ],
    }  # fmt: skip


def _answer(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for relation in told["relations"]:
        click.echo("{title}: {moves} (+{set_aside})".format(**relation))
    click.echo(
        translate("Fields taken over: {fields}").format(fields=", ".join(told["fields"]) or "-")
    )
    if "merge" in told:
        click.echo(translate("Merged. Undo with: yanapay duplicates undo {merge}").format(**told))

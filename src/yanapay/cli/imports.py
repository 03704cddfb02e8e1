"""``yanapay import``: take files in, list what was taken in, undo it."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError

from yanapay.audit.rules import Actor
from yanapay.cli.centres import centre_named
from yanapay.cli.language import say, translate
from yanapay.directory import exchange
from yanapay.directory.models import ImportBatch
from yanapay.directory.rules.columns import TEMPLATE
from yanapay.kernel.errors import NotFound, RuleBroken, UnreadableFile

COUNTS = ("rows", "created", "changed", "unchanged", "conflicts", "rejected", "possible_duplicates")
_READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import", help=translate("Take files in."))
def import_group() -> None:
    """Commands below ``yanapay import``."""


@import_group.command(
    "organisations", help=translate("Take in a list of organisations (CSV, XLSX, Parquet).")
)
@click.argument("file", type=_READABLE, required=False)
@click.option(
    "--mapping", type=_READABLE, help=translate("JSON object: header of the file to field.")
)
@click.option(
    "--codes",
    type=click.Choice(["inei", "reniec"]),
    default="inei",
    show_default=True,
    help=translate("Whose area codes the file uses."),
)
@click.option(
    "--centre",
    "centre_code",
    help=translate("Code of the centre that the organisations belong to."),
)
@click.option("--dry-run", is_flag=True, help=translate("Only tell what would happen."))
@click.option("--strict", is_flag=True, help=translate("Take nothing when any row is rejected."))
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help=translate("Write the rejected rows here, with the reasons."),
)
@click.option("--template", is_flag=True, help=translate("Print the columns that are understood."))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def organisations(
    file: Path | None, mapping: Path | None, codes: Any, centre_code: str | None, dry_run: bool, strict: bool,
    rejects: Path | None, template: bool, as_json: bool,
) -> None:  # fmt: skip
    if template:
        click.echo(",".join(TEMPLATE))
        return
    if file is None:
        raise click.UsageError(translate("Name the file to take in."))
    if rejects:
        _check_writable(rejects)
    centre = centre_named(centre_code)
    by = Actor.operator(centre.pk, centre.name)
    batch = exchange.stage(
        file, centre=centre, by=by, today=exchange.today_at(centre),
        mapping=_read_mapping(mapping), codes=codes, progress=_bar(translate("Checking")),
    )  # fmt: skip
    try:
        if rejects:
            exchange.write_rejects(batch, rejects, translate)
        taken = _settle(batch, by, dry_run=dry_run, strict=strict)
    except KeyboardInterrupt:
        raise click.Abort from None
    except DatabaseError as error:
        sentence = translate("The database refused: {error}. Run the same import again to go on.")
        raise click.ClickException(sentence.format(error=error)) from error
    _tell(taken, as_json)
    sys.exit(_status(taken))


def _check_writable(path: Path) -> None:
    """Refuse a place for the rejects before anything is read, not after."""
    if path.suffix not in (".csv", ".xlsx", ".parquet"):
        raise RuleBroken("The rejected rows can be written to a .csv, .xlsx or .parquet file.")
    if not path.resolve().parent.is_dir():
        raise RuleBroken("There is no folder {folder}.", folder=path.resolve().parent)


def _settle(batch: ImportBatch, by: Actor, *, dry_run: bool, strict: bool) -> dict[str, Any]:
    """Load the batch, or leave nothing of it behind; what to tell about it."""
    refused = not batch.counts["rows"] or (strict and batch.counts["rejected"])
    result = _refused(_result(batch)) if refused else _result(batch)
    if dry_run:
        exchange.forget(batch)
        return {**result, "batch": None, "dry_run": True}
    if refused:
        exchange.discard(batch)
        return result
    return _result(exchange.load(batch, by=by, progress=_bar(translate("Loading"))))


def _refused(result: dict[str, Any]) -> dict[str, Any]:
    """Nothing of the file goes in: every row counts as rejected, so that the counts still add up."""
    nothing = dict.fromkeys(COUNTS[1:5], 0)
    return {**result, **nothing, "rejected": result["rows"], "refused": True,
            "rows_with_problems": result["rejected"]}  # fmt: skip


def _result(batch: ImportBatch) -> dict[str, Any]:
    return {
        **{name: batch.counts[name] for name in COUNTS}, "batch": batch.pk,
        "unmapped": batch.options["unmapped"],
        "notes": [say(message) for message in exchange.notes(batch)],
    }  # fmt: skip


def _status(result: dict[str, Any]) -> int:
    if result.get("refused"):
        return 2
    return 1 if result["rejected"] else 0


def _tell(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    words = {
        "rows": translate("rows"), "created": translate("new"), "changed": translate("with changes"),
        "unchanged": translate("unchanged"), "conflicts": translate("conflicts, waiting for review"),
        "rejected": translate("rejected"), "possible_duplicates": translate("possible duplicates"),
    }  # fmt: skip
    for name, word in words.items():
        click.echo(f"{result[name]:>12,}  {word}")
    if result.get("refused") and result["rows"]:
        click.echo(
            translate("Nothing was taken in: rows with problems: {n}.").format(
                n=result["rows_with_problems"]
            )
        )
    for note in result["notes"]:
        click.echo(note)
    if result["unmapped"]:
        click.echo(
            translate("Columns kept as they are: {names}").format(
                names=", ".join(result["unmapped"])
            )
        )


def _read_mapping(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    try:
        mapping = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            "The mapping is not JSON: look at line {line}, column {column}.",
            line=error.lineno, column=error.colno,
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise UnreadableFile("The mapping is not text in UTF-8.") from error
    if not isinstance(mapping, dict) or not all(
        isinstance(field, str | None) for field in mapping.values()
    ):
        raise UnreadableFile("The mapping must be a JSON object of header to field.")
    return {str(header): field or "" for header, field in mapping.items()}


def _bar(label: str) -> Any:
    """A progress bar on standard error, where a person watches."""
    if not sys.stderr.isatty():
        return None
    shown = {"done": -1}

    def show(done: int, total: int) -> None:
        share = min(1.0, done / total) if total else 0.0
        if int(share * 50) != shown["done"]:
            shown["done"] = int(share * 50)
            click.echo(
                f"\r{label} [{'#' * shown['done']:<50}] {done:,}", nl=done >= total, err=True
            )

    return show


@import_group.command("list", help=translate("Show the last imports."))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def list_batches(as_json: bool) -> None:
    for batch in ImportBatch.objects.select_related("centre").order_by("-pk")[:50]:
        row = {"batch": batch.pk, "file": batch.file_name, "centre": batch.centre.code, "state": batch.state,
               "created_at": batch.created_at.isoformat(timespec="seconds"), **batch.counts}  # fmt: skip
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(batch))


def _line(batch: ImportBatch) -> str:
    counts = batch.counts.get("created", 0)
    day, state = f"{batch.created_at:%Y-%m-%d %H:%M}", batch.get_state_display()
    return f"{batch.pk:>6}  {day}  {state:<20} {counts:>10,}  {batch.file_name}"


@import_group.command("undo", help=translate("Remove what an import created."))
@click.argument("batch_id", metavar="BATCH", type=int)
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def undo(batch_id: int, as_json: bool) -> None:
    batch = ImportBatch.objects.select_related("centre").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("There is no import with the number {number}.", number=batch_id)
    removed = exchange.undo(batch, by=Actor.operator(batch.centre_id, batch.centre.name))
    sentence = translate("{n} organisations were removed.").format(n=removed)
    click.echo(json.dumps({"batch": batch_id, "removed": removed}) if as_json else sentence)

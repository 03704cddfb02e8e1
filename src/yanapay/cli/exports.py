"""``yanapay export``: write the directory out."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import click

from yanapay.centres.queries import OPERATOR
from yanapay.cli.language import translate
from yanapay.directory.exchange.exporting import COLUMNS, FORMATS, Audience, export_rows
from yanapay.directory.queries.listing import Filters, organisations as filtered


@click.group("export", help=translate("Write files out."))
def export_group() -> None:
    """Commands below ``yanapay export``."""


@export_group.command(
    "organisations", help=translate("Write organisations to a file that can be taken in again.")
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    required=True,
    help=translate("The kind of file."),
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=translate("Where to write."),
)
@click.option("--public", is_flag=True, help=translate("Only what the public site shows."))
@click.option(
    "--filter",
    "query",
    default="",
    help=translate("The filters of a list, as in the address of its page."),
)
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def organisations(format_name: str, out: Path, public: bool, query: str, as_json: bool) -> None:
    filters = Filters.read(dict(parse_qsl(query.lstrip("?"))))
    audience = Audience.PUBLIC if public else Audience.FULL
    unfinished = out.with_name(f".{out.name}.part")
    try:
        with unfinished.open("wb") as stream:
            count = export_rows(
                filtered(OPERATOR, filters), format_name, stream, COLUMNS, audience=audience
            )
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    sentence = translate("{n} organisations were written to {path}.").format(n=count, path=out)
    click.echo(json.dumps({"rows": count, "path": str(out)}) if as_json else sentence)

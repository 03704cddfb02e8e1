"""``yanapay export``: write the directory out."""

import json
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl

import click

from yanapay.centres.queries import OPERATOR
from yanapay.cli.language import translate
from yanapay.directory.exchange.exporting import COLUMNS, FORMATS, Audience, export_rows
from yanapay.directory.queries.filters import KEYS, Filters
from yanapay.directory.queries.listing import organisations as filtered
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.filters import AddressFilters
from yanapay.kernel.keys import read_key
from yanapay.mapping.exchange.mykomap import write_dataset
from yanapay.mapping.exchange.public import write_entries
from yanapay.mapping.queries.public.listing import Filters as PublicFilters

OF_A_PAGE = ("page", "sort", "after")  # they stand in its address and cut nothing
MYKOMAP = "mykomap"  # a folder with two files, of what is public only


@click.group("export", help=translate("Write files out."))
def export_group() -> None:
    """Commands below ``yanapay export``."""


@export_group.command(
    "organisations", help=translate("Write organisations to a file that can be taken in again.")
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice((*FORMATS, MYKOMAP)),
    required=True,
    help=translate("The kind of file."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help=translate("Where to write: a file, or a folder for mykomap."),
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
    is_public = public or format_name == MYKOMAP
    asked = _asked(query, PublicFilters if is_public else Filters)
    if format_name == MYKOMAP:
        count = write_dataset(out, PublicFilters.read(asked))
    else:
        count = _whole(out, partial(_write, format_name, asked, public=public))
    sentence = translate("{n} organisations were written to {path}.").format(n=count, path=out)
    click.echo(json.dumps({"rows": count, "path": str(out)}) if as_json else sentence)


def _asked(query: str, known: type[AddressFilters]) -> dict[str, str]:
    """The filters that were typed; one that is not understood would write everything, and is refused."""
    try:
        asked = dict(parse_qsl(query.lstrip("?"), strict_parsing=bool(query)))
    except ValueError:
        raise _refused(
            translate("Write filters as name=value: «{text}».").format(text=query)
        ) from None
    names = [field.name for field in fields(known)]
    for name, value in asked.items():
        if name not in (*names, *OF_A_PAGE):
            sentence = translate("There is no filter called {name}; there are {names}.")
            raise _refused(sentence.format(name=name, names=", ".join(names)))
        if known is Filters and name in KEYS and read_key(value) is None:
            sentence = translate("The filter {name} takes a number, not «{text}».")
            raise _refused(sentence.format(name=name, text=value))
    return asked


def _refused(sentence: str) -> click.BadParameter:
    return click.BadParameter(sentence, param_hint="--filter")


def _write(format_name: str, asked: dict[str, str], stream: BinaryIO, *, public: bool) -> int:
    """The public entries, or every organisation with everything that is known of it."""
    if public:
        return write_entries(format_name, stream, PublicFilters.read(asked))
    found = filtered(Selection(OPERATOR, Filters.read(asked)))
    return export_rows(found, format_name, stream, COLUMNS, audience=Audience.FULL)


def _whole(out: Path, write: Callable[[BinaryIO], int]) -> int:
    """Under its name only when it is complete."""
    if out.is_dir():
        raise click.BadParameter(translate("This is a folder; name a file."), param_hint="--out")
    unfinished = out.with_name(f".{out.name}.part")
    try:
        with unfinished.open("wb") as stream:
            count = write(stream)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return count

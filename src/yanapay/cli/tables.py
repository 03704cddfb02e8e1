"""``yanapay tables``: the tables of the mapping, of cooperatives, networks and questions of forms."""

import sys
from pathlib import Path

import click
from django.utils.translation import override

from yanapay.analytics.exchange.table_page import as_html, table_page
from yanapay.analytics.exchange.tables import as_file
from yanapay.analytics.queries.tables import KEPT, table
from yanapay.analytics.rules.tables import Table
from yanapay.centres.queries import OPERATOR
from yanapay.cli.language import language, say, translate
from yanapay.surveys.tasks import derive_pending

FORMATS = ("json", "csv", "xlsx", "html")


@click.command(
    "tables", help=translate("Count needs, answers, cooperatives, networks by any group.")
)
@click.argument("name", metavar="NAME|FORM.QUESTION")
@click.option("--group-by", default="", help=translate(
    "macro_region, department, kind, network, none, or another question of the form."))  # fmt: skip
@click.option("--scheme", default="", help=translate("The scheme of the macro-regions, like inei."))
@click.option("--public", is_flag=True, help=translate("Only what the public site shows."))
@click.option("--format", "form", type=click.Choice(FORMATS), default="json",
              help=translate("The kind of file."))  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help=translate("Where to write; without it, to standard output."))  # fmt: skip
def tables(
    name: str, group_by: str, scheme: str, public: bool, form: str, out: Path | None
) -> None:  # fmt: skip
    derive_pending()
    with override(language()):
        found = table(name, group_by, scheme, scope=None if public else OPERATOR)
        made = _html(found) if form == "html" else as_file(found, form, translate)
    if out:
        out.write_bytes(made)
        click.echo(translate("The table was written to {path}.").format(path=out))
    else:
        sys.stdout.buffer.write(made)


def _html(found: Table) -> bytes:
    return as_html(table_page(found, say), language())


tables.epilog = translate("Tables: {names}.").format(names=", ".join(KEPT))

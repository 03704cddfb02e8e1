"""``yanapay report``: the reports of the product, for people and for machines."""

import json
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import override

from yanapay.analytics.exchange import cat
from yanapay.analytics.exchange.cat_page import as_html, cat_page
from yanapay.analytics.exchange.cat_pdf import as_pdf
from yanapay.analytics.queries.cat import Asked, CatReport, cat_report
from yanapay.centres.models import Centre
from yanapay.centres.queries import institutions_of
from yanapay.cli.centres import centre_called
from yanapay.cli.language import language, say, translate
from yanapay.kernel.errors import RuleBroken
from yanapay.tabular.writing import write_table

FORMATS = ("json", "xlsx", "html", "pdf")


@click.command("report", help=translate("Compute a report."))
@click.argument("name", type=click.Choice(["cat"]))
@click.option("--from", "start", help=translate("The first day, like 1999-10-01."))
@click.option("--to", "end", help=translate("The last day."))
@click.option("--centre", "code", help=translate("The code of one centre; without it, all."))
@click.option("--format", "form", type=click.Choice(FORMATS), default="json",
              help=translate("The kind of file."))  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help=translate("Where to write; without it, to standard output."))  # fmt: skip
def report(
    name: str, start: str | None, end: str | None, code: str | None, form: str, out: Path | None
) -> None:  # fmt: skip
    """Only the report ``cat`` exists so far."""
    centres = [centre_called(code)] if code else list(Centre.objects.all())
    asked = Asked([centre.pk for centre in centres] if code else None, _day(start, "1900-01-01"),
                  _day(end, timezone.localdate().isoformat()))  # fmt: skip
    if asked.end < asked.start:
        raise RuleBroken("The last day is before the first.")
    found = cat_report(asked)
    made = WRITERS[form](found, [centre.name for centre in centres])
    if out:
        out.write_bytes(made)
        click.echo(translate("The report was written to {path}.").format(path=out))
    else:
        sys.stdout.buffer.write(made)


def _day(text: str | None, otherwise: str) -> date:
    try:
        return date.fromisoformat(text or otherwise)
    except ValueError as error:
        raise RuleBroken("«{text}» is not a day. Write it like 2004-09-30.", text=text) from error


def _json(found: CatReport, centres: list[str]) -> bytes:
    told: dict[str, Any] = {"centres": centres, **cat.as_json(found, say, compared=True)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _xlsx(found: CatReport, centres: list[str]) -> bytes:
    stream = BytesIO()
    write_table("xlsx", stream, [translate(title) for title in cat.HEADERS], cat.rows(found, say))
    return stream.getvalue()


def _html(found: CatReport, centres: list[str]) -> bytes:
    with override(language()):
        return as_html(cat_page(found, say, centres, compared=True), language())


def _pdf(found: CatReport, centres: list[str]) -> bytes:
    with override(language()):
        page = cat_page(found, say, centres, compared=True)
        return as_pdf(
            page,
            institutions_of(Centre.objects.filter(name__in=centres)),
            timezone.localdate(),
            language(),
        )


WRITERS = {"json": _json, "xlsx": _xlsx, "html": _html, "pdf": _pdf}

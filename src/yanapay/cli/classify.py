"""``yanapay classify``: one enterprise under every size scheme, without a database."""

import importlib
import json
import shutil
import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from yanapay.cli.language import say, translate
from yanapay.kernel import sizes
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money


@click.command(help=translate("Tell the size class of an enterprise under each dated scheme."))
@click.option("--workers", type=int, metavar="N", help=translate("How many people work there."))
@click.option(
    "--sales", metavar="AMOUNT", help=translate("Annual sales: 592500, 592500.50, 592.500,50.")
)
@click.option(
    "--currency", default="PEN", show_default=True, help=translate("Currency of the sales.")
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=translate("Date of the figures; its year gives the tax unit. Today if not given."),
)
@click.option("--scheme", metavar="ID", help=translate("Only this scheme."))
@click.option("--json", "as_json", is_flag=True, help=translate("Write JSON for programs."))
@click.option(
    "--all", "everyone", is_flag=True, help=translate("Every organisation of the directory.")
)
@click.option(
    "--count", "counted", is_flag=True, help=translate("With --all: how many of each size.")
)
@click.option(
    "--against", metavar="ID", help=translate("With --all and --scheme: one scheme by another.")
)
def classify(
    workers: int | None,
    sales: str | None,
    currency: str,
    on: datetime | None,
    scheme: str | None,
    as_json: bool,
    everyone: bool,
    counted: bool,
    against: str | None,
) -> None:
    """Each option is described by its help."""
    if everyone or counted or against:
        if not everyone or workers is not None or sales is not None:
            raise RuleBroken("--count and --against go with --all; --workers and --sales without.")
        population = _population()
        population.write(scheme, on.date() if on else None, against, counted, as_json)
        return
    day = on.date() if on else datetime.now().astimezone().date()
    results = one_case(workers, sales, currency, day, scheme)
    click.echo(as_records(results) if as_json else as_table(results))


def _population() -> Any:
    """The part that needs the database; Django is loaded only here."""
    importlib.import_module("yanapay.cli.setup").start_django()
    return importlib.import_module("yanapay.cli.classify_all")


def one_case(
    workers: int | None, sales: str | None, currency: str, on: date, scheme: str | None
) -> Sequence[sizes.Classification]:
    """The enterprise under one scheme, or under all. Raises RuleBroken for impossible figures."""
    if workers is None and sales is None:
        raise RuleBroken(
            "Give the number of workers (--workers), the annual sales (--sales) or both."
        )
    money = None if sales is None else Money.parse(sales, currency)
    figures = sizes.Figures(workers, money, on)
    if scheme is None:
        return sizes.classify_all(figures)
    return [sizes.classify(sizes.scheme(scheme), figures)]


def as_records(results: Sequence[sizes.Classification]) -> str:
    """A JSON list of scheme, outcome, classes and reason."""
    records = [
        {
            "scheme": each.scheme,
            "outcome": each.outcome,
            "classes": each.classes,
            "reason": say(each.reason),
        }
        for each in results
    ]
    return json.dumps(records, ensure_ascii=False, indent=2)


def as_table(results: Sequence[sizes.Classification]) -> str:
    """Three columns as wide as the terminal: scheme, size, and why, wrapped."""
    head = [(translate("Scheme"), translate("Size"), translate("Why"))]
    body = [(one.scheme, say(one.result), say(one.reason)) for one in results]
    first, second = (max(len(row[column]) for row in head + body) + 2 for column in (0, 1))
    width = max(shutil.get_terminal_size((100, 24)).columns - first - second, 30)
    lines = []
    for scheme, size, why in head + body:
        wrapped = textwrap.wrap(why, width)
        lines.append(f"{scheme:{first}}{size:{second}}{wrapped[0]}")
        lines += [" " * (first + second) + line for line in wrapped[1:]]
    return "\n".join(lines)

"""``yanapay classify --all``: every organisation of the database, counted or one by one."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import click

from yanapay.centres.queries import OPERATOR
from yanapay.cli.language import say, translate
from yanapay.directory.queries import figures
from yanapay.kernel import sizes
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.sizes import Figures, Label, Scheme

Pairs = Counter[tuple[Label, Label]]


def write(
    scheme: str | None, on: date | None, against: str | None, counted: bool, as_json: bool
) -> None:
    """One of: a JSON line per organisation; counts by size; one scheme by another."""
    if against is not None:
        if scheme is None:
            raise RuleBroken("Say with --scheme which scheme to set against it.", field="scheme")
        _write_cross(sizes.scheme(scheme), sizes.scheme(against), on, as_json)
    elif as_json and not counted:
        chosen = sizes.scheme(scheme) if scheme else None
        for line in lines(chosen, on):
            click.echo(line)
    else:
        _write_counts(_schemes(scheme), on, as_json)


def lines(scheme: Scheme | None, on: date | None) -> Iterator[str]:
    """JSON per organisation: ``id``, ``source_id``, ``name``, and the size.

    Under one scheme the size stands in the same object; under all of them in a list ``sizes``.
    """
    for case in figures.cases(OPERATOR, on):
        found = _sizes(case.figures, scheme)
        size = found[0] if scheme else {"sizes": found}
        record = {"id": case.organisation, "source_id": case.source_key, "name": case.name, **size}
        yield json.dumps(record, ensure_ascii=False)


@lru_cache(maxsize=50_000)
def _sizes(known: Figures, scheme: Scheme | None) -> list[dict[str, Any]]:
    """The records of one set of figures; many enterprises share theirs."""
    results = [sizes.classify(scheme, known)] if scheme else sizes.classify_all(known)
    return [
        {
            "scheme": one.scheme,
            "outcome": one.outcome,
            "classes": one.classes,
            "reason": say(one.reason),
        }
        for one in results
    ]


def _schemes(chosen: str | None) -> list[Scheme]:
    return [sizes.scheme(chosen)] if chosen else list(sizes.schemes().values())


def _write_counts(schemes: Sequence[Scheme], on: date | None, as_json: bool) -> None:
    latest = figures.latest_figures(OPERATOR, on)
    counted = [
        (scheme, label, n)
        for scheme in schemes
        for label, n in sorted(latest.population(scheme, on).items(), key=_order)
    ]
    if as_json:
        _write_json(
            {"scheme": scheme.id, **label._asdict(), "n": n} for scheme, label, n in counted
        )
    else:
        head = [translate("Scheme"), translate("Size"), translate("Organisations")]
        _write_table(head, [[scheme.id, _name(label), str(n)] for scheme, label, n in counted])


def _write_cross(a: Scheme, b: Scheme, on: date | None, as_json: bool) -> None:
    pairs = figures.cross_population(OPERATOR, a, b, on)
    if as_json:
        _write_json(
            {
                "scheme": a.id, **left._asdict(),
                "against": {"scheme": b.id, **right._asdict()}, "n": n,
            }
            for (left, right), n in pairs.items()
        )  # fmt: skip
    else:
        rows, columns = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
        body = [[_name(row), *(str(pairs[row, column]) for column in columns)] for row in rows]
        _write_table([f"{a.id} \\ {b.id}", *map(_name, columns)], body)


def _order(counted: tuple[Label, int]) -> tuple[int, Label]:
    return -counted[1], counted[0]


def _name(label: Label) -> str:
    return say(sizes.label_name(label))


def _write_json(records: Iterable[dict[str, Any]]) -> None:
    click.echo(json.dumps(list(records), ensure_ascii=False, indent=2))


def _write_table(head: list[str], body: list[list[str]]) -> None:
    """Columns as wide as their widest cell, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    for row in [head, *body]:
        cells = [f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())

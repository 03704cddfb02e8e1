"""A chunk of rows of text becomes columns of values; rows that break a rule come out with the reasons.

All work is done column by column and every distinct text is read once: that is what makes a national
registry affordable in Python.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat

from yanapay.directory.exchange.checks import (
    Columns,
    check_figures_of,
    check_names,
    check_owners,
    check_points,
)  # fmt: skip
from yanapay.directory.exchange.parsing import PAIRED, make_parsers, paired, women_write_m
from yanapay.directory.exchange.problems import Problems, Rejected
from yanapay.directory.exchange.reference import Reference
from yanapay.directory.rules.columns import KEPT, VOCABULARIES
from yanapay.directory.rules.values import BLANK
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import fold_all
from yanapay.tabular.tables import Chunk

_PLACE = ("ubigeo", "region", "department", "province", "district")
_RENAMED = {"source_id": "source_key"}


@dataclass(frozen=True)
class Read:
    """What became of a chunk: columns of equal length for the good rows, and the rejected ones."""

    columns: Columns
    rejected: list[Rejected]
    undated: int


class Reader:
    """Reads the chunks of one file, whose columns ``mapping`` names."""

    def __init__(
        self, headers: Sequence[str], mapping: Mapping[str, str], reference: Reference
    ) -> None:
        self._headers = list(headers)
        self._header_of = {field: header for header, field in mapping.items()}
        self._at = {field: self._headers.index(header) for header, field in mapping.items()}
        self._reference = reference
        self._parsers = make_parsers(reference)
        self._simple = sorted(self._parsers.keys() & self._at.keys() - PAIRED)
        self._kept = [i for i, h in enumerate(self._headers) if mapping.get(h, KEPT[0]) in KEPT]
        self._salt = hashlib.blake2b(repr(sorted(mapping.items())).encode(), digest_size=8)
        self._m_is_woman = False

    def notice(self, chunk: Chunk) -> bool:
        """Whether M stands for a woman (*mujer*) from this chunk on: the list writes H for *hombre*."""
        at = self._at.get("owner_sex")
        if at is not None and not self._m_is_woman:
            self._m_is_woman = not {"h", "H"}.isdisjoint(row[at].strip() for row in chunk.rows)
        return self._m_is_woman

    def read(self, chunk: Chunk, *, m_is_woman: bool) -> Read:
        """Values of the good rows, and the rejects. Its chunks may be shared out among processes."""
        if m_is_woman:
            women_write_m(self._parsers)
        raw = [list(map(str.strip, column)) for column in zip(*chunk.rows, strict=True)]
        problems = Problems()
        columns = self._values(raw, problems)
        check_names(columns, self._header_of["name"], problems)
        check_points(columns, problems)
        check_owners(columns, problems)
        undated = check_figures_of(columns, problems)
        columns["row_no"] = list(chunk.numbers)
        columns["digest"] = self._digests(chunk.rows, problems)
        if self._kept:
            columns["extra"] = self._extras(raw)
        self._check_width(chunk, problems)
        return _sorted_out(chunk, columns, problems, undated)

    def _values(self, raw: list[list[str]], problems: Problems) -> Columns:
        columns: Columns = {
            _RENAMED.get(name, name): self._column(name, raw[self._at[name]], problems)
            for name in self._simple
        }
        self._add_names(columns)
        self._add_defaults(columns, len(raw[0]))
        self._add_places(columns, raw, problems)
        self._add_paired(columns, raw, problems)
        _join_attributes(columns)
        _join_activities(columns)
        return columns

    def _column(self, name: str, cells: Sequence[object], problems: Problems) -> list[object]:
        return self._parsers[name].column(cells, self._header_of.get(name, name), problems)

    def _add_names(self, columns: Columns) -> None:
        columns["name_key"] = fold_all(columns["name"])
        others = [fold_all(columns[name]) for name in ("trade_name", "acronym") if name in columns]
        texts = map(" ".join, zip(columns["name_key"], *others, strict=True))
        columns["search_text"] = [" ".join(dict.fromkeys(text.split())) for text in texts]
        if "owner_name" in columns:
            columns["owner_key"] = fold_all(columns["owner_name"])

    def _add_defaults(self, columns: Columns, size: int) -> None:
        centre = self._reference.centre
        country = centre.institution.country
        columns["country"] = [
            code or country for code in columns.get("country") or repeat("", size)
        ]
        columns["kind"] = [kind or "empresa" for kind in columns.get("kind") or repeat("", size)]
        if "annual_sales" in self._at:
            columns["currency"] = [
                c or centre.currency for c in columns.get("currency") or repeat("", size)
            ]

    def _add_paired(self, columns: Columns, raw: list[list[str]], problems: Problems) -> None:
        others = {"tax_id": "country", "owner_document": "country", "annual_sales": "currency"}
        for name, other in others.items():
            if name in self._at:
                columns[name] = self._column(
                    name, paired(raw[self._at[name]], columns[other]), problems
                )

    def _add_places(self, columns: Columns, raw: list[list[str]], problems: Problems) -> None:
        present = [name for name in _PLACE if name in self._at]
        if not present:
            return
        cells = (
            _unblank(raw[self._at[name]]) if name in self._at else repeat("") for name in _PLACE
        )
        places = list(zip(columns["country"], *cells, strict=False))
        found = self._parsers["place"].column(places, self._header_of[present[0]], problems)
        columns["area_id"] = [areas[0] if areas else None for areas in found]
        if any(len(areas) > 1 for areas in found):
            columns["areas"] = [areas[1:] for areas in found]
        if "country" not in self._at:
            columns["country"] = self._reference.countries(columns["area_id"], columns["country"])

    def _digests(self, rows: list[list[str]], problems: Problems) -> list[int]:
        found = []
        for index, row in enumerate(rows):
            digest, said = self._salt.copy(), "\x1f".join(row)
            try:
                digest.update(said.encode())
            except UnicodeEncodeError:
                error = RuleBroken(
                    "The row holds bytes that are not UTF-8 text: its encoding is broken."
                )
                problems.add(index, "", "", error)
            if "\0" in said:  # PostgreSQL stores none
                error = RuleBroken("The row holds a NUL character: the file is damaged there.")
                problems.add(index, "", "", error)
            found.append(int.from_bytes(digest.digest(), "big", signed=True))
        return found

    def _extras(self, raw: list[list[str]]) -> list[str | None]:
        headers = [self._headers[index] for index in self._kept]
        return [
            json.dumps({h: c for h, c in zip(headers, cells, strict=True) if c}, ensure_ascii=False)
            if any(cells) else None
            for cells in zip(*(raw[index] for index in self._kept), strict=True)
        ]  # fmt: skip

    def _check_width(self, chunk: Chunk, problems: Problems) -> None:
        for number, cells in chunk.overlong.items():
            error = RuleBroken(
                "The row has {n} cells and the header {width}: "
                "a separator inside a text without quotation marks?",
                n=cells, width=len(self._headers),
            )  # fmt: skip
            problems.add(chunk.numbers.index(number), "", "", error)


def _unblank(cells: Iterable[str]) -> list[str]:
    return ["" if cell.lower() in BLANK else cell for cell in cells]


def _join_attributes(columns: Columns) -> None:
    present = [columns.pop(name) for name in VOCABULARIES if name in columns]
    if present:
        columns["attributes"] = [sum(cells, ()) for cells in zip(*present, strict=True)]


def _join_activities(columns: Columns) -> None:
    older = columns.pop("isic_rev3", None)
    if older is not None:
        newer = columns.get("activity") or repeat(None)
        columns["activity"] = [new or old for new, old in zip(newer, older, strict=False)]


def _sorted_out(chunk: Chunk, columns: Columns, problems: Problems, undated: int) -> Read:
    if not problems:
        return Read(columns, [], undated)
    rejected = [Rejected(chunk.numbers[i], chunk.rows[i], problems[i]) for i in sorted(problems)]
    good = [index not in problems for index in range(len(chunk.rows))]
    return Read(
        {name: list(compress(cells, good)) for name, cells in columns.items()}, rejected, undated
    )

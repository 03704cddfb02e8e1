"""What the importer of mykomap accepts, as far as an export must know: written after its documentation.

It refuses the whole dataset for one bad code and drops rows that repeat an identifier, so both raise here.
"""

import csv
import io
import json
import re
from typing import Any

NC_NAME = re.compile(r"^[^\W\d][\w.-]*$")
PREFIX = re.compile(
    r"^https?://[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)*(/[A-Za-z0-9._~!$&'()*+,;=@-]+)*/?#?$"
)


class Refused(Exception):
    """The importer would stop, or show something else than was meant."""


def load(config_text: str, table_text: str) -> list[dict[str, Any]]:
    """The items of a dataset; Refused with the number of the trap that it fell into."""
    config = json.loads(config_text)
    _check(config)
    reader = csv.DictReader(io.StringIO(table_text))
    props = config["itemProps"]
    if lost := {prop["from"] for prop in props.values()} - set(reader.fieldnames or ()):
        raise Refused(f"6: no header {lost}")
    items = [
        {name: _read(config, prop, row[prop["from"]]) for name, prop in props.items()}
        for row in reader
    ]
    if len({item["id"] for item in items}) != len(items):
        raise Refused("5: an identifier twice")
    panel = config["ui"]["directory_panel_field"]
    if any(not item[panel] for item in items):
        raise Refused("2: an item without the directory's field")
    return items


def search(config_text: str, items: list[dict[str, Any]], words: str) -> list[str]:
    """Names of the items found by words: the client strips every letter that is not ASCII, on both sides."""
    props = json.loads(config_text)["itemProps"]
    searched = [name for name, prop in props.items() if prop.get("search")]
    wanted = re.sub(r"[^a-z0-9 ]", "", words.lower())
    return [
        item["name"] for item in items
        if wanted in re.sub(r"[^a-z0-9 ]", "", " ".join(str(item[name]) for name in searched).lower())
    ]  # fmt: skip


def _check(config: dict[str, Any]) -> None:
    _check_names(config)
    panel = config["ui"]["directory_panel_field"]
    if not config["itemProps"][panel].get("filter"):
        raise Refused("2: the directory's field is no filter")
    for address in config["prefixes"]:
        if not PREFIX.match(address) or "localhost" in address:
            raise Refused(f"10: {address}")
    if not re.match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", config["ui"]["dataLastUpdated"]):
        raise Refused("11: not a full moment")
    if any("about_content" not in said["terms"] for said in config["vocabs"]["ui"].values()):
        raise Refused("11: no about_content")


def _check_names(config: dict[str, Any]) -> None:
    names = [*config["itemProps"], *config["prefixes"].values()]
    for prefix, said in config["vocabs"].items():
        if set(said) != set(config["languages"]):
            raise Refused(f"9: {prefix} lacks a language")
        codes = {tuple(sorted(one["terms"])) for one in said.values()}
        if len(codes) > 1:
            raise Refused(f"9: {prefix} has other terms in another language")
        names += [prefix, *next(iter(codes))]
    if bad := [name for name in names if not NC_NAME.match(name)]:
        raise Refused(f"1: {bad}")


def _read(config: dict[str, Any], prop: dict[str, Any], cell: str) -> Any:
    if prop["type"] == "multi":
        return [_single(config, prop["of"], part) for part in _split(cell)]
    return _single(config, prop, cell)


def _single(config: dict[str, Any], prop: dict[str, Any], cell: str) -> Any:
    if prop["type"] == "vocab":
        prefix = prop["uri"].removesuffix(":")
        terms = config["vocabs"][prefix][config["languages"][0]]["terms"]
        if cell and cell not in terms:
            raise Refused(f"4: no term {cell} in {prefix}")
        return cell
    return _number(prop, cell) if prop.get("as") == "number" else cell


def _number(prop: dict[str, Any], cell: str) -> float | None:
    if not cell:
        if not prop.get("nullable"):
            raise Refused("8: an empty number would be 0")
        return None
    begun = re.match(r"-?\d*\.?\d*", cell)
    if begun is None or begun[0] != cell:
        raise Refused(f"8: {cell} would be cut to {begun and begun[0]}")
    return float(cell)


def _split(cell: str) -> list[str]:
    parts = re.findall(r"(?:\\.|[^;\\])+", cell)
    return [re.sub(r"\\(.)", r"\1", part) for part in parts]

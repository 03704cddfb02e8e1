"""Wrong rows come out with the reason in words; the good rows beside them go in."""

import csv
from pathlib import Path
from typing import Any

import pytest

from yanapay import places
from yanapay.directory import exchange
from yanapay.directory.models import Organisation
from yanapay.kernel.errors import RuleBroken, UnreadableFile

REFERENCE = Path(places.__file__).parent / "data"
GOOD = "g,Molino Inca,empresa,150101"

WRONG_CELLS = {
    "unknown area": ("ubigeo", "999999", "INEI has no place with the code 999999."),
    "unknown place": ("ubigeo", "Macondo", "No area is called Macondo."),
    "check digit": ("tax_id", "20100030596", "20100030596 is not a valid RUC: check its digits."),
    "negative": ("workers", "-3", "The number cannot be negative."),
    "words for a number": ("workers", "muchos", "“muchos” is not a whole number."),
    "half a worker": ("workers", "2.5", "“2.5” is not a whole number."),
    "date": ("start_date", "31/02/2020", "“31/02/2020” is not a date; write it as 2024-03-15 or 15/03/2024."),
    "future": ("start_date", "2031-01-01", "2031-01-01 lies in the future."),
    "latitude": ("latitude", "-120.5", "-120.5 lies outside -90 to 90 degrees."),
    "kind": ("kind", "nave espacial", "“nave espacial” is not a kind of organisation."),
    "code": ("need_codes", "politicas_publicas;oro", "“oro” is not in the list need_codes."),
    "activity": ("activity", "9999", "9999 is not a code of ISIC (CIIU) revision 4."),
    "mail": ("email", "a la vuelta", "“a la vuelta” is not an e-mail address."),
    "website": ("website", "javascript:alert(1)", "“javascript:alert(1)” is not a web address."),
    "document alone": ("owner_document", "45678901", "The owner's document is given without the owner's name."),
    "too long": ("name", "x" * 301, "301 characters are too many; at most 300."),
    "other script": (
        "name", "王记", "The name has no letter of the Latin alphabet: write it in Latin letters too.",
    ),
    "broken formula": (
        "name", "#REF!",
        "The cell holds an error of the spreadsheet (#REF!): mend its formula or clear it.",
    ),
    "currency": ("currency", "XXQ", "There is no currency XXQ."),
    "no name": ("name", "···", "The name is missing."),
}  # fmt: skip


@pytest.mark.parametrize(("column", "value", "sentence"), WRONG_CELLS.values(), ids=WRONG_CELLS)
def test_a_wrong_cell_is_named_and_explained(
    column: str, value: str, sentence: str, stage: Any, reasons: Any
) -> None:
    cells = {"source_id": "w", "name": "Molino Sol", column: value}
    batch = stage(f"{','.join(cells)}\n{','.join(cells.values())}\n")
    assert batch.counts["rejected"] == 1
    assert f"{column}: {sentence}" in reasons(batch)


def test_good_rows_go_in_and_the_sum_is_right(take_in: Any) -> None:
    batch = take_in(f"source_id,name,kind,ubigeo\n{GOOD}\nw,Molino Sol,empresa,999999\n")
    assert batch.counts["rows"] == sum(
        batch.counts[name] for name in ("created", "changed", "unchanged", "conflicts", "rejected")
    )
    assert (batch.counts["created"], batch.counts["rejected"]) == (1, 1)
    assert [one.row_no for one in batch.rejects.all()] == [3]
    assert batch.rejects.get().problems[0]["value"] == "999999"
    assert Organisation.objects.live().get().name == "Molino Inca"


def test_codes_of_reniec_are_noticed_by_the_names_beside_them(stage: Any, reasons: Any) -> None:
    batch = stage("name,ubigeo,distrito,departamento\nMolino Inca,140101,Lima,Lima\n")
    assert "RENIEC" in reasons(batch)[0]


def test_codes_of_reniec_are_taken_when_declared(take_in: Any) -> None:
    take_in("name,ubigeo,distrito,departamento\nMolino Inca,140101,Lima,Lima\n", codes="reniec")
    area = Organisation.objects.get().area
    assert area is not None
    assert area.code == "150101"


def test_women_and_men_add_up(stage: Any, reasons: Any) -> None:
    batch = stage("name,workers,workers_women,workers_men,observed_on\nMolino,9,3,4,2025-01-01\n")
    assert reasons(batch) == ["workers: 3 women and 4 men do not add up to 9 workers."]


def test_broken_encoding_rejects_the_row_that_holds_it(take_in: Any, reasons: Any) -> None:
    lines = ["name,address", "Lácteos Ñaña,Jr. Unión", "Panadería Sol,Av. Perú"]
    batch = take_in("\n".join(lines).encode() + b"\nTejidos P\xe9rez,Calle 1\n")
    assert (batch.counts["created"], batch.counts["rejected"]) == (2, 1)
    assert reasons(batch) == [
        "The row holds bytes that are not UTF-8 text: its encoding is broken."
    ]


def test_a_separator_inside_a_bare_text(stage: Any, reasons: Any) -> None:
    batch = stage("name,address\nMolino,Jr. Unión 3, Huancayo\n")
    assert reasons(batch)[0].startswith("The row has 3 cells and the header 2")


def test_the_same_key_twice(stage: Any, reasons: Any) -> None:
    batch = stage("source_id,name\n1,Molino Inca\n1,Molino Inca\n1,Molino Sol\n")
    assert (batch.counts["created"], batch.counts["unchanged"], batch.counts["rejected"]) == (
        1,
        1,
        1,
    )
    assert reasons(batch) == ["Row 2 has the same key and says something else."]


UNREADABLE = {
    "empty": (b"", "The file is empty."),
    "blank": (b"\n \n,,\n", "The file is empty."),
    "header only": (b"name,kind\n", "The file has a header and no rows below it."),
    "pdf": (b"%PDF-1.7\n...", "This is a PDF, not a table."),
    "zip": (b"PK\x03\x04" + b"\0" * 60, "The workbook is damaged."),
    "quote": (b'name\n"Molino\nSol\n', "A quotation mark is opened and never closed"),
    "picture": (b"\x89PNG\r\n\x1a\n", "This is a picture, not a table."),
    "binary": (bytes(range(256)) * 20, "This is not a text file"),
    "huge cell": (b"name\n" + b"x" * 1_100_000, "A cell near line 2 holds more than"),
    "parquet": (b"PAR1junkjunkPAR1", "The Parquet file is damaged"),
    "no name": (b"kind,phone\nempresa,999888777\n", "No column holds the name"),
}


@pytest.mark.parametrize(("content", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_table_is_refused_and_leaves_nothing(
    content: bytes, sentence: str, stage: Any
) -> None:
    with pytest.raises((UnreadableFile, RuleBroken), match=sentence.replace("(", r"\(")):
        stage(content)
    assert not exchange.batches.ImportBatch.objects.exists()


def test_a_mapping_that_does_not_fit_is_refused(stage: Any) -> None:
    with pytest.raises(RuleBroken, match="does not have: Nombres"):
        stage("Nom,x\na,b\n", mapping={"Nombres": "name"})
    with pytest.raises(RuleBroken, match="field that does not exist: nombre completo"):
        stage("Nom,x\na,b\n", mapping={"Nom": "nombre completo"})


def test_codes_of_the_other_source_are_noticed_without_names_too(stage: Any) -> None:
    inei, reniec = (set(codes) for codes in codes_of_both())
    only_there = sorted(reniec - inei)[:4]
    batch = stage("name,ubigeo\n" + "".join(f"Molino {code},{code}\n" for code in only_there))
    assert [str(note)[:40] for note in exchange.notes(batch)] == [
        "4 area codes are unknown to INEI and kno"
    ]
    one = stage(f"name,ubigeo\nMolino,{only_there[0]}\n")
    assert exchange.notes(one) == []


def codes_of_both() -> tuple[list[str], list[str]]:
    rows = list(csv.DictReader((REFERENCE / "ubigeo_reniec.csv").read_text("utf-8").splitlines()))
    return [row["inei"] for row in rows], [row["reniec"] for row in rows]

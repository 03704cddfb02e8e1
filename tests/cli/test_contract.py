"""What scripts rely on: exit status and counts of ``yanapay import organisations``, one odd file a line."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter
from pytest_django.fixtures import Settings
from tests.factories.centres import make_centre

from yanapay.cli.main import main
from yanapay.directory.models import ImportBatch, Organisation

Import = Callable[..., tuple[int, dict[str, Any], str]]
FATES = ("created", "changed", "unchanged", "conflicts", "rejected")


@pytest.fixture
def take_in(
    reference: None, db: None, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Import:  # fmt: skip
    """Exit status, JSON answer ({} when nothing was read) and the sentence for a person."""
    settings.YANAPAY_HOME = tmp_path / "home"
    make_centre("huancayo")

    def imported(
        content: str | bytes, *words: str, name: str = "lista.csv"
    ) -> tuple[int, dict[str, Any], str]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        monkeypatch.setattr(
            sys, "argv", ["yanapay", "import", "organisations", str(path), "--json", *words]
        )
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        answer = json.loads(said.out) if said.out else {}
        if answer:
            assert answer["rows"] == sum(answer[fate] for fate in FATES)
        return int(stop.value.code or 0), answer, said.err

    return imported


def workbook(
    *rows: tuple[Any, ...], merged: str = "", stray: tuple[int, int] | None = None
) -> bytes:
    """A sheet of these rows; ``merged`` header cells, a ``stray`` x far away."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    if merged:
        sheet.merge_range(merged, "Teléfono")
    if stray:
        sheet.write(*stray, "x")
    book.close()
    return stream.getvalue()


def failing_workbook() -> bytes:
    """A first sheet without content, then one where formulas failed: two cells known columns, one not."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("Vacía")
    sheet = book.add_worksheet("Clientes")
    sheet.write_row(0, 0, ["id", "name", "workers", "ubigeo", "ruc", "nota"])
    sheet.write_row(1, 0, [1, "Uno", 3, "150101", "", "bien"])
    for line, (column, shown) in enumerate(
        [(1, "#REF!"), (2, "#DIV/0!"), (3, "#N/A"), (4, "#VALUE!")], 2
    ):
        sheet.write_row(line, 0, [line, f"Fila {line}", 3, "150101"])
        sheet.write_formula(line, column, "=1/0", None, shown)
    sheet.write_row(6, 0, [6, "Seis", 3, "150101"])
    sheet.write_formula(6, 5, "=1/0", None, "#NAME?")
    book.close()
    return stream.getvalue()


def parquet(**columns: list[Any]) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


HEAD = ("id", "name", "phone")
WIDE = ",".join(f"c{n}" for n in range(298))
TAKEN = {
    "BOM": ("\ufeffid,name\n1,Uno\n", 1),
    "cp1252": ("id,name\n1,Panadería Ñandú\n".encode("cp1252"), 1),
    "UTF-16": ("id,name\n1,Panadería Ñandú\n".encode("utf-16"), 1),
    "semicolons, decimal comma": ('id;name;annual_sales;observed_on\n1;Uno;"1.234,56";1/5/2024\n', 1),
    "tabs": ("id\tname\n1\tUno, S.A.\n", 1),
    "carriage returns": ("id,name\r1,Uno\r2,Dos\r", 2),
    "title above the header": ("Padrón 2024,,\n,,\nid,name,ruc\n1,Uno,\n", 1),
    "300 columns": (f"id,name,{WIDE}\n1,Uno,{WIDE}\n", 1),
    "a cell of 200 KB": (f"id,name,nota\n1,Uno,{'x' * 200_000}\n", 1),
    "cells that a spreadsheet computes": ("id,name\n1,=1+1\n2,+51 Delivery\n3,@arroba\n4,-guion\n", 4),
    "days in many forms": (
        "id,name,start_date\n1,A,2015-03-01\n2,B,01/03/2015\n3,C,1.3.2015\n4,D,1 de marzo de 2015\n5,E,42064\n",
        5,
    ),
    "Spanish headers": (
        """Código,Razón Social,RUC,Distrito,Provincia,CIIU,Trabajadores,Ventas anuales,Teléfono,Titular,DNI
1,Lácteos,20100070970,El Tambo,Huancayo,1050,12,"120.000,50",964123456,Rosa,40506070
""",
        1,
    ),
    "several areas": ("id,name,ubigeo\n1,Uno,Lima;Ica\n", 1),
    "other countries": ("id,name,country,nit,ubigeo\n1,A,CO,8600123361,CO-DC\n2,B,BO,1020255020,BO-L\n", 2),
    "XLSX": (workbook(HEAD, (1, "Uno", 999888777.0)), 1),
    "XLSX, last header cell merged": (
        workbook(("id", "name"), (1, "Uno", "999888777", "999888776"), merged="C1:D1"), 1,
    ),
    "Parquet": (parquet(id=[1, 2], name=["Uno", "Dos"], ruc=[20100070970, None]), 2),
}  # fmt: skip


@pytest.mark.parametrize(("content", "rows"), TAKEN.values(), ids=TAKEN)
def test_an_odd_file_is_taken_whole_and_changes_nothing_again(
    content: str | bytes, rows: int, take_in: Import
) -> None:
    status, answer, problem = take_in(content)
    assert (status, answer.get("created")) == (0, rows), problem
    assert take_in(content)[1]["unchanged"] == rows


IN_PART = {
    "unknown area": ("ubigeo", "999999"),
    "RUC check digit": ("ruc", "20100070971"),
    "negative workers": ("workers", "-3"),
    "not a day": ("start_date", "31/02/2015"),
    "outside the globe": ("latitude", "-95.5"),
    "half a point": ("latitude", "-12.5"),
    "unknown kind": ("kind", "marciano"),
    "no name": ("name", ""),
    "document without a name": ("owner_document", "12345678"),
}


@pytest.mark.parametrize(("column", "cell"), IN_PART.values(), ids=IN_PART)
def test_a_wrong_row_stays_out_and_the_good_one_goes_in(
    column: str, cell: str, take_in: Import
) -> None:
    wrong = {"id": "2", "name": "Dos", column: cell}
    content = f"{','.join(wrong)}\n1,Uno{',' * (len(wrong) - 2)}\n{','.join(wrong.values())}\n"
    status, answer, _ = take_in(content)
    assert (status, answer["created"], answer["rejected"]) == (1, 1, 1)


def test_one_broken_byte_costs_one_row(take_in: Import) -> None:
    broken = "id,name\n1,Ñandú\n2,".encode() + b"S\xe1enz" + "\n3,Café\n4,Ñáñez\n".encode()
    status, answer, _ = take_in(broken)
    assert (status, answer["created"], answer["rejected"]) == (1, 3, 1)


def test_a_nul_far_down_costs_its_row(take_in: Import) -> None:
    good = "".join(f"{n},Molino {n},x\n" for n in range(600))
    status, answer, _ = take_in(f"id,name,color\n{good}600,Sol,ro\0jo\n601,T\0,x\n")
    assert (status, answer["created"], answer["rejected"]) == (1, 600, 2)


UNREADABLE = {
    "empty": (b"", "vacío"),
    "blank": (b"\n\n  \n", "vacío"),
    "header only": (b"id,name\n", "ninguna fila"),
    "header only, XLSX": (workbook(("id", "name")), "ninguna fila"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "ZIP": (b"PK\x05\x06" + bytes(18), ""),
    "half a workbook": (workbook(HEAD, (1, "Uno"))[:-300], "libro"),
    "half a Parquet file": (parquet(id=[1], name=["Uno"])[:-20], "Parquet"),
    "noise": (bytes(range(256)) * 20, ""),
    "unclosed quotation mark": (b'id,name\n1,"Uno\n2,Dos\n', "comilla"),
    "no name column": (b"id,color\n1,rojo\n", "nombre"),
    "a stray cell in the last column and row": (workbook(HEAD, (1, "Uno"), stray=(1_048_575, 16_383)), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ["lista.csv", "lista.xlsx"])
@pytest.mark.parametrize(("content", "word"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_ends_with_2_and_a_sentence(
    content: bytes, word: str, name: str, take_in: Import
) -> None:
    status, answer, sentence = take_in(content, name=name)
    assert (status, answer) == (2, {})
    assert word in sentence
    assert sentence.strip()
    assert "Traceback" not in sentence
    assert "RUST" not in sentence
    assert not ImportBatch.objects.exists()


def test_formulas_that_failed_are_named_by_row_column_and_error(
    take_in: Import, tmp_path: Path
) -> None:
    out = tmp_path / "rechazos.csv"
    status, answer, _ = take_in(failing_workbook(), "--rejects", str(out), name="lista.xlsx")
    assert (status, answer["created"], answer["rejected"]) == (1, 2, 4)
    told = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    for row, (column, shown) in zip(
        told, [("name", "#REF!"), ("workers", "#DIV/0!"), ("ubigeo", "#N/A"), ("ruc", "#VALUE!")], strict=True
    ):  # fmt: skip
        reason = list(row.values())[-1]
        assert row[column] == shown
        assert reason.startswith(f"{column}: ")
        assert f"({shown})" in reason
    assert Organisation.objects.get(name="Seis").provenance.extra == {"nota": "#NAME?"}


def test_the_same_key_twice(take_in: Import) -> None:
    rows = ["1,A,5,2024-01-01", "1,A,5,2024-01-01", "2,B,1,2024-01-01", "2,B,2,2024-01-01"]
    status, answer, _ = take_in("\n".join(["id,name,workers,observed_on", *rows]))
    assert status == 1
    assert [answer[fate] for fate in FATES] == [2, 0, 1, 0, 1]


def test_a_tax_id_under_another_key_is_the_same_organisation(take_in: Import) -> None:
    take_in("id,name,ruc\nA1,Cervecería Andina SAC,20100070970\n")
    assert take_in("id,name,ruc\nB9,Cervecería Andina S.A.C.,20100070970\n")[1]["created"] == 0
    status, answer, _ = take_in("id,name,ruc\nC1,Transportes Huánuco,20100070970\n")
    assert (status, answer["conflicts"]) == (0, 1)
    assert Organisation.objects.live().count() == 1


MIXED = "id,name,ubigeo\n1,Uno,150101\n2,Dos,999999\n"


@pytest.mark.parametrize(("option", "status"), [("--dry-run", 1), ("--strict", 2)])
def test_nothing_goes_in(option: str, status: int, take_in: Import) -> None:
    assert take_in(MIXED, option)[0] == status
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_rejects_come_out_as_a_spreadsheet(ending: str, take_in: Import, tmp_path: Path) -> None:
    out = tmp_path / f"rechazos.{ending}"
    take_in(MIXED, "--rejects", str(out))
    status, answer, _ = take_in(out.read_bytes(), name=out.name)
    assert (status != 0, answer["rows"]) == (True, 1)


def test_a_mapping_names_the_fields_and_the_rest_is_kept(take_in: Import, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"cod": "source_id", "denom": "name"}')
    _, answer, _ = take_in("cod,denom,talla\n1,Uno,XL\n", "--mapping", str(mapping))
    assert (answer["created"], answer["unmapped"]) == (1, ["talla"])
    mapping.write_text('{"nohay": "name"}')
    assert take_in("cod,denom\n1,Uno\n", "--mapping", str(mapping))[0] == 2


def test_a_broken_mapping_is_told_by_its_place(take_in: Import, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"cod": "source_id",\n "denom" "name"}')
    status, _, said = take_in("cod,denom\n1,Uno\n", "--mapping", str(mapping))
    assert status == 2
    assert "línea 2, columna 10" in said
    mapping.write_bytes(b'{"se\xf1as": "address"}')
    assert "UTF-8" in take_in("cod,denom\n1,Uno\n", "--mapping", str(mapping))[2]

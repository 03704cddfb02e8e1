"""Files as offices write them: what is understood without asking."""

# ruff: noqa: E501  lines of files are as long as they are

from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter
from tests.factories.directory import make_organisation

from yanapay.directory.models import Identifier, Observation, Organisation, Person
from yanapay.directory.rules.columns import field_of
from yanapay.places.models import Area

SPANISH = "Razón Social;RUC;Distrito;Provincia;Departamento;Trabajadores;Ventas anuales;Fecha;Teléfono;Dueño;Sexo;DNI"
ROW = "Lácteos Ñaña;20100030595;El Tambo;Huancayo;Junín;1.200;1.234,50;15/03/2025;064-252525;Ana Quispe;M;4567890"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_spanish_headers_encodings_and_separators(
    take_in: Any, encoding: str, delimiter: str
) -> None:
    rows = [
        SPANISH,
        ROW,
        ROW.replace("Ñaña", "Sol").replace("20100030595", "").replace("M;4567890", "H;"),
    ]
    batch = take_in("\r\n".join(rows).replace(";", delimiter).encode(encoding))
    assert batch.counts["created"] == 2, [r.problems for r in batch.rejects.all()]
    assert batch.options["unmapped"] == []
    organisation = Organisation.objects.get(name="Lácteos Ñaña")
    assert organisation.name_key == "lacteos nana"
    assert organisation.private_phone == "064252525"
    assert organisation.phone == ""
    assert organisation.area is not None
    assert organisation.area.code == "120114"
    figures = Observation.objects.get(organisation=organisation)
    assert (figures.workers, figures.annual_sales, figures.currency) == (1200, 123450, "PEN")
    assert figures.observed_on.isoformat() == "2025-03-15"
    owner = Person.objects.get(roles__organisation=organisation)
    assert (owner.sex, owner.document_type, owner.document_number) == ("f", "dni", "04567890")


def test_a_personal_tax_id_is_known_as_such(take_in: Any) -> None:
    take_in("name,ruc\nAna Quispe,10456789011\nLácteos SAC,20100030595\n")
    personal = dict(Identifier.objects.values_list("number", "is_personal"))
    assert personal["20100030595"] is False
    assert personal.get("10456789011", True) is True


def workbook(path: Path, rows: list[list[Any]], merged: bool = False) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Portada")
        sheet = book.add_worksheet("Datos")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        if merged:
            sheet.merge_range(0, 0, 0, 3, "PADRÓN 2025")
        for line, row in enumerate(rows, start=int(merged)):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("=2"):
                    sheet.write_formula(line, column, cell, None, 4)
                elif hasattr(cell, "year"):
                    sheet.write_datetime(line, column, cell, day)
                else:
                    sheet.write(line, column, cell)
    return path


def test_workbooks_with_titles_formulas_dates_and_numbers(take_in: Any, tmp_path: Path) -> None:
    from datetime import datetime  # noqa: PLC0415

    rows = [
        ["Nombre", "Trabajadores", "Ventas anuales", "Fecha", "Ubigeo", "", "Latitud", "Longitud"],
        ["Molino Inca", "=2+2", 1234.5, datetime(2025, 3, 15), 10101, "x", -12.123, -75.2],  # noqa: DTZ001  a spreadsheet knows no zone
        [], ["Molino Sol", 3, "S/ 2,000.00", 45731, "120114"],
    ]  # fmt: skip
    batch = take_in(workbook(tmp_path / "padron.xlsx", rows, merged=True))
    assert batch.counts["created"] == 2, [r.problems for r in batch.rejects.all()]
    inca, sol = Organisation.objects.order_by("name")
    assert inca.area is not None
    assert inca.area.code == "010101"
    assert (inca.latitude, inca.provenance.row_no) == (-12.123, 3)
    assert inca.provenance.extra == {"column 6": "x"}
    assert [o.workers for o in inca.observations.all()] == [4]
    assert [o.annual_sales for o in sol.observations.all()] == [200_000]
    assert sol.observations.get().observed_on.isoformat() == "2025-03-15"


def test_parquet(take_in: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    pyarrow.parquet.write_table(
        pyarrow.table({"name": ["Molino Inca"], "workers": [4.0], "n": [None]}), path
    )
    assert take_in(path).counts["created"] == 1
    assert Observation.objects.get().workers == 4


def test_cells_that_start_a_formula_elsewhere_stay_text(take_in: Any) -> None:
    take_in("name,address\n=HYPERLINK(1),+51\n@molino,'=1+1\n")
    assert set(Organisation.objects.values_list("name", "address")) == {
        ("=HYPERLINK(1)", "+51"), ("@molino", "=1+1"),
    }  # fmt: skip


def test_three_hundred_columns_are_kept(take_in: Any) -> None:
    headers = ["name", *(f"c{n}" for n in range(300))]
    batch = take_in(",".join(headers) + "\n" + ",".join(["Molino", *map(str, range(300))]) + "\n")
    assert len(batch.options["unmapped"]) == 300
    assert len(Organisation.objects.get().provenance.extra) == 300


def test_figures_without_a_date_count_as_of_the_day_of_the_import(take_in: Any, today: Any) -> None:
    batch = take_in("name,workers\nMolino,4\n")
    assert Observation.objects.get().observed_on == today
    assert batch.options["read"]["undated"] == 1


def test_a_mapping_names_what_headers_do_not(take_in: Any) -> None:
    take_in("Cómo se llama,Nombre\nMolino,otra cosa\n", mapping={"Cómo se llama": "name"})
    assert Organisation.objects.get().name == "Molino"


def test_the_mapping_of_a_centre_is_remembered(take_in: Any, centre: Any, write: Any) -> None:
    from yanapay.directory import exchange  # noqa: PLC0415

    take_in("Cómo se llama,x\nMolino,1\n", mapping={"Cómo se llama": "name"})
    found = exchange.inspect(write("Cómo se llama,x\nOtro,2\n", "next.csv"), centre)
    assert found.mapping == {"Cómo se llama": "name"}


def test_an_area_abroad_tells_the_country(take_in: Any) -> None:
    take_in("name,ubigeo\nTejidos El Alto,BO-L\nMolino Inca,150101\nSin lugar,\n")
    countries = dict(Organisation.objects.values_list("name", "country"))
    assert countries == {"Tejidos El Alto": "BO", "Molino Inca": "PE", "Sin lugar": "PE"}


@pytest.mark.parametrize(
    ("home", "area"),
    [("120101", "120107"), ("1201", "120107"), ("12", "120107"), ("150501", "150505")],
)
def test_a_name_of_several_districts_means_the_one_at_home(
    take_in: Any, centre: Any, home: str, area: str
) -> None:
    """There is a Chilca in Huancayo and one in Cañete."""
    centre.area = Area.objects.get(code=home)
    take_in("name,district\nMolino Inca,Chilca\n")
    assert Organisation.objects.get().area.code == area  # type: ignore[union-attr]


@pytest.mark.parametrize("home", [None, "080101"])
def test_a_name_of_several_districts_elsewhere_is_asked_for(
    take_in: Any, reasons: Any, centre: Any, home: str | None
) -> None:
    centre.area = Area.objects.filter(code=home).first()
    batch = take_in("name,district\nMolino Inca,Chilca\n")
    assert reasons(batch) == ["district: 2 areas are called Chilca; give the code or the province."]


def test_a_cover_with_words_is_passed_over(take_in: Any, tmp_path: Path) -> None:
    path = tmp_path / "padron.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Portada").write_column(0, 0, ["Municipalidad", "Padrón 2025"])
        sheet = book.add_worksheet("Padrón")
        sheet.write_row(0, 0, ["Nombre", "Distrito"])
        sheet.write_row(1, 0, ["Molino Inca", "El Tambo"])
    assert take_in(path).counts["created"] == 1


def test_a_sheet_of_one_column_is_read_when_there_is_no_table(take_in: Any, tmp_path: Path) -> None:
    path = tmp_path / "nombres.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Nombres").write_column(0, 0, ["Nombre", "Molino Inca"])
    assert take_in(path).counts["created"] == 1


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("R.U.C.", "tax_id"),
        ("N° de RUC", "tax_id"),
        ("Dueño(a)", "owner_name"),
        ("Apellidos y nombres del representante legal", "owner_name"),
        ("DNI dueño", "owner_document"),
        ("D.N.I. del propietario", "owner_document"),
        ("Nº de trabajadores", "workers"),
        ("Trabajadores (mujeres)", "workers_women"),
        ("Ventas anuales (S/.)", "annual_sales"),
        ("Fecha de la visita", "observed_on"),
        ("Ventas anuales (USD)", ""),
        ("Ventas (mensuales)", ""),
        ("N°", ""),
    ],
)
def test_headers_as_offices_write_them(header: str, field: str) -> None:
    """Another money or another span of time is another column: nobody guesses."""
    assert field_of(header) == field


def test_the_row_of_the_totals_is_no_organisation(take_in: Any) -> None:
    batch = take_in("name,ruc,workers\nMolino Inca,,4\nTotal,20100030595,5\nTOTAL,,9\n")
    assert (batch.counts["created"], batch.counts["rejected"]) == (2, 1)
    assert "totals" in batch.rejects.get().problems[0]["template"]


@pytest.mark.parametrize("cell", ["064211211", "999888777 / 064-211211", "964555777 / 064211211"])
def test_a_row_with_the_second_telephone_of_a_known_file_may_be_it(
    centre: Any, stage: Any, cell: str
) -> None:
    make_organisation("Lácteos Wari", centre, private_phone="964 555 777 / 064-211211")
    batch = stage(f"source_id,name,kind,ubigeo,phone\n1,Lacteos Wari,empresa,120114,{cell}\n")
    assert batch.counts["possible_duplicates"] == 1

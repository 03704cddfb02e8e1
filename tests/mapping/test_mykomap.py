"""The dataset for mykomap against the eleven things at which its importer stops or goes wrong unnoticed."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.factories.entries import make_entry, make_external, make_terms
from tests.factories.places import place
from tests.mapping.mykomap_reader import Refused, load, search

from yanapay.mapping.exchange.mykomap import write_archive, write_dataset
from yanapay.mapping.rules import mykomap

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(tmp_path: Path) -> tuple[str, str]:
    """Twelve organisations with all that makes an export go wrong."""
    make_terms(
        activity_lines={
            "cafe": ("Café", "Coffee"), "lacteos": ("Lácteos", "Dairy"), "2x": ("Dos veces", "Twice"),
        },
        need_codes={"credito": ("Crédito", "Credit"), "mercado": ("Mercado", "Market")},
        strength_codes={"base": ("Organización de base", "Grassroots organisation")},
        opportunity_codes={"ferias": ("Ferias", "Fairs")},
        macro_region={"Lima Centro": ("Lima Centro", "Lima Centre"), "Sur": ("Sur", "South")},
    )  # fmt: skip
    network = make_external("Red; de Ferias", slug="red-de-ferias", macro_region=["Sur"])
    make_entry("Asociación Ñañaykuna", area=place("210101"), latitude=-15.84022, longitude=-70.02188,
               macro_region=["Sur"], activity_lines=["cafe", "lacteos"], need_codes=["credito"],
               description="Tejidos; mantas, y más", network=[network.slug])  # fmt: skip
    make_entry(
        "Cooperativa «El Tambo»",
        kind="coop_agraria",
        area=place("120114"),
        latitude=-12.05,
        longitude=-75.2,
    )
    make_entry("Sin lugar", macro_region=["Lima Centro"])
    make_entry("Código con cifra", activity_lines=["2x"], macro_region=["Sur"])
    make_entry("Código desconocido", need_codes=["nuevo"], macro_region=["Sur"])
    make_entry('Con "comillas", y coma', macro_region=["Sur"], address="Jr. Real 1, El Tambo")
    make_entry("Con salto", description="una\ndos", macro_region=["Sur"])
    make_entry("=1+1", slug="formula", phone="+51 1", macro_region=["Sur"])
    make_entry(
        "Barra \\ inversa", slug="barra", macro_region=["Lima Centro"], network=[network.slug]
    )
    make_entry("Punto cerca del meridiano", latitude=0.00001, longitude=-75.0, macro_region=["Sur"])
    make_entry("Retirada", state="unpublished", macro_region=["Sur"])
    make_entry("Ñandú", kind="red", macro_region=["Sur", "Lima Centro"])
    assert write_dataset(tmp_path / "out") == 12
    return (tmp_path / "out/config.json").read_text("utf-8"), (
        tmp_path / "out/standard.csv"
    ).read_bytes().decode()


def named(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in items}


def test_the_importer_takes_every_row(dataset: tuple[str, str]) -> None:
    """4, 5, 6: codes that no list holds, identifiers, headers."""
    items = named(load(*dataset))
    assert len(items) == 12
    assert "Retirada" not in items
    assert items["Código desconocido"]["need_codes"] == ["nuevo"]


def test_no_code_begins_with_a_digit(dataset: tuple[str, str]) -> None:
    """1."""
    items = named(load(*dataset))
    assert items["Código con cifra"]["activity_lines"] == ["c2x"]
    assert items["Asociación Ñañaykuna"]["ubigeo"] == "210101"


def test_the_directory_is_never_empty(dataset: tuple[str, str]) -> None:
    """2: without a macro-region it says so."""
    items = named(load(*dataset))
    assert items["Cooperativa «El Tambo»"]["macro_region"] == "sin_clasificar"
    terms = json.loads(dataset[0])["vocabs"]["mr"]
    assert terms["es"]["terms"]["sin_clasificar"] == "Sin clasificar"
    assert terms["en"]["terms"]["sin_clasificar"] == "Unclassified"


@pytest.mark.parametrize("typed", ["nanaykuna", "asociacion nanaykuna", "tejidos mantas"])
def test_words_without_accents_are_found(dataset: tuple[str, str], typed: str) -> None:
    """3."""
    assert search(dataset[0], load(*dataset), typed) == ["Asociación Ñañaykuna"]


def test_values_with_semicolons_stay_one(dataset: tuple[str, str]) -> None:
    """7."""
    items = named(load(*dataset))
    assert items["Asociación Ñañaykuna"]["networks"] == ["Red; de Ferias"]
    assert items["Asociación Ñañaykuna"]["activity_lines"] == ["cafe", "lacteos"]
    assert items["Asociación Ñañaykuna"]["description"] == "Tejidos; mantas, y más"
    assert items["Con salto"]["description"] == "una\ndos"
    assert items['Con "comillas", y coma']["address"] == "Jr. Real 1, El Tambo"
    assert items["=1+1"]["phone"] == "+51 1"


def test_a_missing_point_is_not_the_gulf_of_guinea(dataset: tuple[str, str]) -> None:
    """8: blank and nullable; a point, and no scientific notation."""
    items = named(load(*dataset))
    assert items["Sin lugar"]["lat"] is None
    assert (items["Asociación Ñañaykuna"]["lat"], items["Asociación Ñañaykuna"]["lng"]) == (
        -15.84022,
        -70.02188,
    )
    assert items["Punto cerca del meridiano"]["lat"] == 0.00001


def test_every_vocabulary_speaks_both_languages(dataset: tuple[str, str]) -> None:
    """9, 10, 11 are checked by the reader; here what people read."""
    config = json.loads(dataset[0])
    assert config["languages"] == ["es", "en"]
    assert config["vocabs"]["al"]["es"]["terms"]["cafe"] == "Café"
    assert config["vocabs"]["al"]["en"]["terms"]["cafe"] == "Coffee"
    west, south = config["ui"]["map"]["mapBounds"][0]
    assert west < 0 > south


def test_of_an_external_entry_only_what_its_source_said(dataset: tuple[str, str]) -> None:
    item = named(load(*dataset))["Red; de Ferias"]
    assert item["source"] == "Mapeo de la ESS, GRESP 2018, 2018-06-08"
    assert item["description"] == item["phone"] == ""


def test_one_row_as_it_stands_in_the_file(dataset: tuple[str, str]) -> None:
    """The bytes, so that a change of the format is seen."""
    lines = dataset[1].split("\n")
    assert lines[0].startswith(
        "Identifier,Name,Acronym,Organisational Structure,Macro Region,Activities,"
    )
    row = next(line for line in lines if line.startswith("asociacion-nanaykuna,"))
    assert row == (
        "asociacion-nanaykuna,Asociación Ñañaykuna,,cooperativa,Sur,cafe;lacteos,"
        '"Tejidos; mantas, y más",,,credito,,Red\\; de Ferias,,Puno,Puno,210101,PE,-15.84022,-70.02188,,,,,'
        "asociacion nanaykuna tejidos mantas y mas"
    )


def test_the_archive_holds_the_same(dataset: tuple[str, str]) -> None:
    stream = io.BytesIO()
    assert write_archive(stream) == 12
    archive = zipfile.ZipFile(stream)
    assert sorted(archive.namelist()) == ["config.json", "standard.csv"]
    assert archive.read("standard.csv").decode() == dataset[1]


def test_an_empty_directory_is_a_dataset_too(tmp_path: Path) -> None:
    assert write_dataset(tmp_path) == 0
    assert (
        load((tmp_path / "config.json").read_text(), (tmp_path / "standard.csv").read_text()) == []
    )


@pytest.mark.parametrize(("broken", "trap"), [
    ('"macro_region"', "6"), ('"nullable": true', "8"), ('"es",', "9"),
])  # fmt: skip
def test_the_reader_notices(dataset: tuple[str, str], broken: str, trap: str) -> None:
    """The contract can fail."""
    replaced = {"6": "Nowhere", "8": '"nullable": false', "9": '"qu",'}[trap]
    config = (
        dataset[0].replace("Macro Region", replaced)
        if trap == "6"
        else dataset[0].replace(broken, replaced)
    )
    with pytest.raises(Refused, match=f"{trap}:"):
        load(config, dataset[1])


@pytest.mark.parametrize("code", ["15", "Lima Centro", "ñ", "-x", "", "a.b", "日本"])
def test_any_code_becomes_a_name(code: str) -> None:
    assert mykomap.term(code)[0].isalpha() or mykomap.term(code)[0] == "_"

"""What is said of a workbook: where the mistake is and what to do there, never a traceback."""

import re
import subprocess
import zipfile
from io import BytesIO
from typing import Any

import pytest
from tests.factories.surveys_workbooks import (
    CHOICES,
    CONSENT,
    HEAD,
    NAME,
    settings,
    sheets,
    small_form,
    workbook,
)

from yanapay.surveys.rules.xlsform import examine, finding
from yanapay.surveys.rules.xlsform.child import examine as in_process
from yanapay.surveys.rules.xlsform.expressions import BrokenExpression, read

Place = tuple[str, str, int, str]


def said(content: bytes, media: dict[str, bytes] | None = None) -> list[Place]:
    """(code, sheet, row, column) of each finding."""
    told = in_process(content, "2026031201", media or {})
    return [(one["code"], one["sheet"], one["row"], one["column"]) for one in told["findings"]]


def asked(*question: str | None) -> list[Place]:
    return said(workbook(CONSENT, NAME, question))


def test_a_good_form_becomes_questions_lists_and_an_xform_without_a_remark() -> None:
    told = in_process(small_form(), "2026031201", {})
    assert told["findings"] == []
    assert (told["form_id"], told["number"], told["languages"]) == ("feria", "1", ["es", "en"])
    by_name = {one["name"]: one for one in told["schema"]}
    assert list(by_name) == ["consent", "name", "woman", "one", "women"]
    assert by_name["woman"]["path"] == "/data/worker/woman"
    assert by_name["woman"]["repeat"] == "worker"
    assert by_name["woman"]["section"] == {"es": "Persona", "en": "Person"}
    assert told["choices"]["yes_no"][0] == {"code": "si", "labels": {"es": "Sí", "en": "Yes"}}
    assert 'version="1"' in told["xform"]


def test_the_same_workbook_gives_the_same_bytes() -> None:
    first, second = (in_process(small_form(), "x", {})["xform"] for _ in range(2))
    assert first == second


def test_a_version_is_given_when_the_workbook_names_none() -> None:
    content = sheets(survey=(HEAD, NAME), settings=(("form_id",), ("feria",)))
    assert in_process(content, "2026031201", {})["number"] == "2026031201"


def test_a_missing_translation_is_filled_before_the_conversion_and_told() -> None:
    content = workbook(CONSENT, ("text", "name", "Nombre"))
    told = in_process(content, "1", {})
    assert said(content) == [("translation_missing", "survey", 3, "label::English (en)")]
    assert "<value>-</value>" not in told["xform"]
    assert told["xform"].count("<value>Nombre</value>") == 2


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("relevant", "${nobody} = 'si'", "unknown_reference"),
        ("relevant", "selected(${consent}, 'si'", "broken_expression"),
        ("relevant", "selected(${consent})", "broken_expression"),
        ("constraint", ". >", "broken_expression"),
        ("constraint", "lenght(.) > 3", "unknown_function"),
        ("calculation", "sum(${name}) +", "broken_expression"),
    ],
)
def test_a_broken_expression_is_found_in_its_cell(column: str, text: str, code: str) -> None:
    row = ["integer", "age", "Edad", "Age", None, None, None]
    row[HEAD.index(column)] = text
    assert (code, "survey", 4, column) in asked(*row)


@pytest.mark.parametrize(
    "text",
    [
        "selected(${a}, 'x') and count-selected(${b}) > 2", "if(${a} = '1', 'x', 'y')", ". > 0 and . <= 120",
        "jr:choice-name(${a}, '${a}')", "instance('d')/root/item[name = ${p}]/label", "position(..)",
        "current()/../x", "round(${x}, 2)", "regex(., '^[0-9]{11}$')", "indexed-repeat(${a}, ${r}, 1)",
        "today() - ${a-b}", "pulldata('f', 'x', 'y', ${k})",
        "not(selected(., 'none') and count-selected(.) > 1)",
        "${a} = \u201cx\u201d", "once(uuid())", "../../r[position() < 3]/x",
    ],
)  # fmt: skip
def test_what_clients_understand_is_understood(text: str) -> None:
    assert read(text).references == set(re.findall(r"\$\{([^}]+)\}", text))


def test_the_tree_of_an_expression_tells_what_it_refers_to() -> None:
    assert read("if(${a} > 1, ${b}, 'not ${c}')").references == {"a", "b"}
    with pytest.raises(BrokenExpression, match="unknown function 'foo'"):
        read("foo(${a})")


def test_counting_a_repeat_by_a_reference_is_refused_with_the_idiom_that_works() -> None:
    content = workbook(
        CONSENT,
        ("begin repeat", "worker", "Persona", "Person"),
        ("select_one yes_no", "woman", "¿Es mujer?", "Is she a woman?"),
        ("end repeat", "worker"),
        ("calculate", "women", None, None, None, None, "count(${worker}[${woman} = 'si'])"),
    )  # fmt: skip
    told = in_process(content, "1", {})
    assert said(content) == [("filtered_repeat", "survey", 6, "calculation")]
    assert "sum(${is_one})" in str(finding(told["findings"][0]).message)


def test_circles_are_found_through_groups_and_constraints_that_name_each_other_are_told() -> None:
    circle = workbook(
        ("begin group", "g", "G", "G", "${inner} = 'x'"),
        ("text", "inner", "I", "I"),
        ("end group", "g"),
    )
    assert [place[0] for place in said(circle)] == ["circle"]
    mutual = workbook(
        ("integer", "low", "Desde", "From", None, ". < ${high}"),
        ("integer", "high", "Hasta", "To", None, ". > ${low}"),
    )
    assert [place[0] for place in said(mutual)] == ["mutual_constraints"]


def test_personal_data_before_consent_are_told_and_after_it_are_not() -> None:
    phone = ("text", "contact", "Teléfono", "Telephone")
    assert said(workbook(phone, CONSENT)) == [("personal_before_consent", "survey", 2, "")]
    assert said(workbook(CONSENT, phone)) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hola", "damaged"),
        (b"", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_protected"),
        (sheets(surveys=(HEAD, NAME), settings=settings()), "sheet_misspelt"),
        (sheets(Hoja1=(("Empresa", "RUC"), ("Lácteos", "20"))), "no_survey"),
        (sheets(survey=(HEAD,), settings=settings()), "no_questions"),
        (sheets(survey=(HEAD, NAME)), "no_form_id"),
        (workbook(NAME, form_id="mi ficha"), "form_id"),
        (workbook(NAME, version="1/2"), "version"),
        (sheets(survey=(("type", "lable"), ("text", "Nombre")), settings=settings()), "column_missing"),
        (sheets(survey=(HEAD, CONSENT), settings=settings()), "pyxform"),
        (workbook(("select_one nothing", "a", "A", "A")), "pyxform"),
        (workbook(("sorcery", "a", "A", "A")), "pyxform"),
        (workbook(NAME, NAME), "pyxform"),
        (workbook(("text", "mi nombre", "A", "A")), "pyxform"),
        (workbook(("begin group", "g", "G", "G"), NAME), "pyxform"),
        (workbook(("text", "a", "=1/0", "A")), "formula"),
        (sheets(survey=(("type", "name", "name", "label"), ("text", "a", "b", "A"))), "column_twice"),
    ],
)  # fmt: skip
def test_bad_workbooks_get_a_sentence(content: bytes, code: str) -> None:
    told = in_process(content, "1", {})
    first = [one["code"] for one in told["findings"]]
    assert code in first
    assert all(str(finding(one).message) for one in told["findings"])


def test_errors_of_the_converter_name_their_row() -> None:
    assert said(workbook(NAME, ("text", "mi nombre", "A", "A"))) == [
        ("pyxform", "survey", 3, "name")
    ]
    assert said(workbook(NAME, NAME)) == [("pyxform", "survey", 3, "name")]


def test_macros_are_refused_before_anything_is_read() -> None:
    held = BytesIO(small_form())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub")
    assert said(held.getvalue()) == [("macros", "", 0, "")]


def test_five_thousand_choices_are_taken_and_told() -> None:
    many = [("big", f"c{n}", f"Opción {n}", f"Option {n}") for n in range(5_000)]
    content = workbook(("select_one big", "a", "A", "A"), choices=(CHOICES[0], *many))
    assert said(content) == [("many_choices", "choices", 0, "")]


def test_an_empty_sheet_of_choices_is_no_mistake() -> None:
    assert said(workbook(("text", "fair", "Feria", "Fair"), choices=())) == []
    assert ("column_missing", "choices", 1, "list_name") in said(workbook(CONSENT, choices=()))


def test_many_findings_of_a_kind_are_told_as_one_and_a_number() -> None:
    rows = [("text", f"q{n}", f"Pregunta {n}") for n in range(30)]
    told = in_process(workbook(*rows), "1", {})["findings"]
    assert len(told) == 21
    assert told[-1]["values"] == {"count": 10}


def test_lists_of_files_are_read_from_the_file() -> None:
    content = workbook(("select_one_from_file places.csv", "place", "Lugar", "Place"))
    told = in_process(content, "1", {"places.csv": b"name,label\n01,Amazonas\n"})
    assert told["media"] == ["places.csv"]
    assert told["schema"][0]["list"] == "places.csv"
    assert told["choices"]["places.csv"] == [{"code": "01", "labels": {"es": "Amazonas"}}]


def test_the_child_process_answers_and_java_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yanapay.surveys.rules.xlsform.validation.shutil.which", lambda _: None)
    examined = examine(small_form(), "1")
    assert examined.is_usable
    assert examined.validated_by == ""
    assert [one.code for one in examined.findings] == ["not_validated"]


def test_a_child_that_dies_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: Any, **__: Any) -> None:
        raise subprocess.CalledProcessError(-9, "child")

    monkeypatch.setattr("yanapay.surveys.rules.xlsform.examining.subprocess.run", run)
    assert [one.code for one in examine(small_form(), "1").findings] == ["given_up"]

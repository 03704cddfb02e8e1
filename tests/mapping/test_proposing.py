"""From what was said to what is proposed: values read as the importer reads cells."""

from datetime import date
from typing import Any

import pytest

from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.rules.proposing import Known, agreed, compare_fields, read, readable, said
from yanapay.mapping.rules.regions import macro_region_of
from yanapay.mapping.rules.showing import public_part

KNOWN = Known(
    today=date(2026, 3, 12), kinds={"empresa", "red"}, terms={"need_codes": {"credito", "asesoria"}},
    is_area={"12", "1201", "120101"}.__contains__,
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said_value", "value"),
    [
        ("name", "  Taller   Warmi ", "Taller Warmi"),
        ("phone", "964-555 777", "964555777"),
        ("email", "<Rosa@WARMI.pe>", "rosa@warmi.pe"),
        ("point", "-12.0681 -75.2109 3271.0 4.5", "-12.0681 -75.2109"),
        ("members_women", "1 200", 1200),
        ("need_codes", "credito asesoria credito", ["credito", "asesoria"]),
        ("description", "Tejidos.\n\n  Tintes  naturales", "Tejidos.\nTintes naturales"),
        ("start_year", "1998", 1998),
        ("tax_id", "20131312955", "20131312955"),
    ],
)
def test_values_are_written_as_the_directory_writes_them(
    field: str, said_value: Any, value: Any
) -> None:
    assert read(field, said_value, KNOWN) == value
    assert read(field, value, KNOWN) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "banda"), ("area", "99"), ("point", "0 0"), ("point", "-12"), ("email", "rosa@"),
        ("members_women", "-3"), ("start_year", "2030"), ("need_codes", ["oro"]), ("tax_id", "20131312954"),
        ("website", "javascript:alert(1)"), ("description", "x" * 3000),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_and_cannot_be_accepted(field: str, value: Any) -> None:
    with pytest.raises(RuleBroken) as told:
        read(field, value, KNOWN)
    assert told.value.field == field
    assert readable({field: value}, KNOWN) == {field: value}
    (line,) = compare_fields({}, {field: value}, KNOWN)
    assert line.state == "unusable"
    assert line.problem == told.value.message


def test_several_questions_may_fill_one_field() -> None:
    mapping = {"department": "area", "province": "area", "district": "area", "auto_01": "description",
               "auto_02": "description", "n1": "need_codes", "n2": "need_codes", "x": "nothing"}  # fmt: skip
    values = {"department": "12", "province": "1201", "district": "", "auto_01": "Tejidos",
              "auto_02": "Ferias", "n1": ["credito"], "n2": "asesoria credito", "x": "1"}  # fmt: skip
    assert said(values, mapping) == {
        "area": "1201", "description": "Tejidos\nFerias", "need_codes": ["credito", "asesoria"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ("964555777", {"phone": "964555777"}),
        ("rosa@warmi.pe", {"email": "rosa@warmi.pe"}),
        ("964 555 777 / rosa@warmi.pe", {"phone": "964 555 777", "email": "rosa@warmi.pe"}),
    ],
)
def test_a_telephone_or_an_address(told: str, fields: dict[str, str]) -> None:
    assert said({"ident_03": told}, {"ident_03": "phone"}) == fields


def test_how_the_office_reaches_them_is_private_and_never_public() -> None:
    told = said({"ident_03": "964 555 777, rosa@warmi.pe"}, {"ident_03": "private_phone"})
    assert told == {"private_phone": "964 555 777", "private_email": "rosa@warmi.pe"}
    assert public_part({**told, "name": "Warmi"}) == {"name": "Warmi"}


def test_the_macro_region_is_proposed_only_where_the_print_has_one() -> None:
    assert macro_region_of("120114") == ["Centro"]
    assert macro_region_of("240101") == macro_region_of("") == []


def test_consent_is_a_yes() -> None:
    values = {"consent_service": "si", "consent_public": "no", "consent_statistics": "Sí"}
    purposes = ["service", "public", "sharing", "statistics"]
    assert agreed(values, purposes) == ["service", "statistics"]


def test_current_beside_proposed() -> None:
    current = {"name": "Warmi", "phone": "964 555 777", "kind": "empresa", "website": "", "area": "12",
               "need_codes": ["asesoria", "credito"], "representative": "Rosa Quispe, Juan Paz"}  # fmt: skip
    proposed = {"name": "Taller Warmi", "phone": "+51 964555777", "kind": "red", "website": "warmi.pe",
                "area": "1201", "need_codes": ["credito", "asesoria"],
                "representative": "ROSA QUISPE"}  # fmt: skip
    lines = compare_fields(current, proposed, KNOWN, changed={"kind"})
    assert {line.field: line.state for line in lines} == {
        "name": "different", "kind": "conflict", "area": "different", "phone": "same", "website": "new",
        "need_codes": "same", "representative": "same",
    }  # fmt: skip

"""The audit trail in the browser."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from tests.databases import append_only_lifted
from tests.factories.centres import Cast
from tests.web.conftest import Browse

import yanapay
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.web.audit.fields import FIELDS, changes_in_words
from yanapay.web.directory.words import SILENT, WORDS


def write(cast: Cast, number: int = 1) -> None:
    by = Actor(cast.ana.pk, cast.ana.signature, cast.huancayo.pk, cast.huancayo.name)
    record(
        by=by, action="person.changed", object_type="person", object_id=number,
        changes={"language": ["es", "en"]}, personal={"phone": ("964111222", "964333444")},
        subject=f"person:{number}", reason="Cambió de número",
    )  # fmt: skip


def test_before_and_after_in_words(cast: Cast, browse: Browse) -> None:
    write(cast)
    page = browse(cast.beto).get("/audit/").content.decode()
    assert "964 111 222 → 964 333 444" in page
    assert "es → en" in page
    assert "Cambió de número" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stage": [5, 6]}, [("stage", "Execution → Evaluation")]),
        ({"ended_on": [None, "2026-09-11"]}, [("ended on", "11 September 2026")]),
        ({"price": 53900, "currency": "PEN"}, [("price", "S/\xa0539.00")]),
        ({"how": "screen", "number": ""}, [("how", "Signature on screen")]),
    ],
)
def test_fields_and_values_of_a_case_are_words(
    changes: dict[str, object], told: list[tuple[str, str]]
) -> None:
    with translation.override("en"):
        assert changes_in_words(changes, "case") == told


def _keys(node: ast.AST) -> set[str]:
    """The keys of dictionaries that are written out below a node."""
    dicts = (one for one in ast.walk(node) if isinstance(one, ast.Dict))
    keys = (key for one in dicts for key in one.keys if isinstance(key, ast.Constant))
    return {str(key.value) for key in keys}


def test_every_field_that_an_action_writes_down_has_its_word() -> None:
    named: set[str] = set()
    actions = [p for p in Path(yanapay.__file__).parent.rglob("*.py") if "/actions" in p.as_posix()]
    for path in actions:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                named |= {
                    key
                    for word in call.keywords
                    if word.arg == "changes"
                    for key in _keys(word.value)
                }
    assert "stage" in FIELDS
    assert named - FIELDS.keys() - WORDS.keys() - SILENT == set()


def test_another_centre_reads_nothing(cast: Cast, browse: Browse) -> None:
    write(cast)
    for membership_of in (cast.ana, cast.carla):
        assert browse(membership_of).get("/audit/").status_code == 403


def test_personal_values_need_the_right_to_see_people(cast: Cast, browse: Browse) -> None:
    write(cast)
    diego = browse(cast.diego)
    assert "964 333 444" in diego.get("/audit/").content.decode()
    permissions = ["audit.view", "users.manage", "centres.manage"]
    diego.post("/roles/admin/", {"permissions": permissions})
    page = diego.get("/audit/").content.decode()
    assert "964 333 444" not in page
    assert "es → en" in page


def test_filters_and_pages(cast: Cast, browse: Browse) -> None:
    for number in range(60):
        write(cast, number)
    beto = browse(cast.beto)
    first = beto.get("/audit/?object_type=person")
    assert len(first.context["lines"]) == 50
    rest = beto.get(f"/audit/?object_type=person&before={first.context['older']}")
    assert len(rest.context["lines"]) == 10
    one = beto.get("/audit/?object_type=person&object_id=7&actor=quispe&since=2020-01-01")
    assert [line.event.object_id for line in one.context["lines"]] == ["7"]
    assert beto.get("/audit/?until=2020-01-01").context["lines"] == []
    assert beto.get("/audit/?before=x").status_code == 400


def test_the_proof(cast: Cast, browse: Browse) -> None:
    write(cast)
    beto = browse(cast.beto)
    assert beto.get("/audit/proof/").context["broken"] == []
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor_name = 'x' WHERE action = 'person.changed'")
    page = beto.get("/audit/proof/")
    assert [name for name, _ in page.context["broken"]] == ["CAT Huancayo"]

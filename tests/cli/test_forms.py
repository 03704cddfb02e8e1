"""``yanapay forms upload`` and ``state``: what scripts rely on."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.factories.surveys_workbooks import CONSENT, small_form, workbook

from yanapay.cli.main import main
from yanapay.surveys.models import Instrument

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("yanapay.surveys.rules.xlsform.validation.shutil.which", lambda _: None)
    monkeypatch.setenv("YANAPAY_LANGUAGE", "en")

    def ran(*words: str, content: bytes = b"") -> tuple[int, dict[str, Any], str]:
        (tmp_path / "form.xlsx").write_bytes(content)
        given = [str(tmp_path / "form.xlsx") if word == "FILE" else word for word in words]
        monkeypatch.setattr(sys, "argv", ["yanapay", "forms", *given, "--json"])
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        return int(stop.value.code or 0), json.loads(said.out or "{}"), said.err

    return ran


def test_upload_publish_and_states(run: Run) -> None:
    status, told, _ = run("upload", "FILE", content=small_form())
    assert (status, told["form"], told["version"], told["state"]) == (0, "feria", "1", "draft")
    status, told, _ = run("upload", "FILE", "--publish", content=small_form())
    assert (status, told["published"], told["state"]) == (0, True, "open")
    assert run("state", "feria", "closed")[:2] == (0, {"form": "feria", "state": "closed"})
    assert run("state", "nada", "closed")[0] == 2


def test_a_draft_is_discarded_and_a_published_version_is_not(run: Run) -> None:
    run("upload", "FILE", content=small_form())
    assert run("discard", "feria", "7")[0] == 2
    status, told, _ = run("discard", "feria", "1")
    assert (status, told["is_gone"]) == (0, True)
    run("upload", "FILE", "--publish", content=small_form())
    status, _, error = run("discard", "feria", "1")
    assert status == 2
    assert "was published" in error


def test_a_bad_form_tells_its_findings_and_ends_with_2(run: Run) -> None:
    status, told, error = run(
        "upload", "FILE", content=workbook(CONSENT, ("text", "a", "A", "A", "foo()"))
    )
    assert status == 2
    assert told["findings"][0]["message"] == "There is no function «foo()» in forms."
    assert "row 3" in error
    assert not Instrument.objects.exists()

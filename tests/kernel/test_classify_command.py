"""``yanapay classify`` for one case: no database, no Django, no numpy."""

import json
import subprocess
import sys

import pytest

from yanapay.kernel.sizes import schemes

RUN = "import sys; from yanapay.cli.main import main; sys.argv = ['yanapay', *sys.argv[1:]]; main()"


def yanapay(*arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {"YANAPAY_LANGUAGE": language, "COLUMNS": "100", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", RUN, "classify", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_json_gives_every_scheme_with_its_reason() -> None:
    done = yanapay("--workers", "8", "--sales", "500000", "--on", "2016-05-01", "--json")
    assert done.returncode == 0, done.stderr
    records = json.loads(done.stdout)
    assert [record["scheme"] for record in records] == list(schemes())
    assert set(records[0]) == {"scheme", "outcome", "classes", "reason"}
    assert records[0]["classes"] == ["micro"]


def test_one_scheme_as_a_table() -> None:
    done = yanapay("--workers", "100", "--scheme", "senai_br")
    assert "small or medium" in done.stdout
    assert len(done.stdout.splitlines()[0]) <= 100


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--workers", "-1"),
        ("--workers", "many"),
        ("--sales", "=1+1"),
        ("--workers", "3", "--scheme", "nobody"),
        ("--workers", "3", "--on", "yesterday"),
        ("--sales", "3", "--currency", "soles"),
    ],
)
def test_bad_input_is_a_sentence_and_status_2(arguments: tuple[str, ...]) -> None:
    done = yanapay(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_it_answers_without_loading_django_or_numpy() -> None:
    code = (
        "import sys, yanapay.cli.main, yanapay.cli.classify; "
        "print({'django', 'numpy'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "set()"

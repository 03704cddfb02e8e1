"""A backup of a living installation, restored elsewhere: same figures, proven trail. Faults lose nothing."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.slow
ON_POSTGRESQL = os.environ.get("YANAPAY_TEST_DB") == "postgresql"


@dataclass
class Installation:
    """An installation of its own, driven by its command as an operator would."""

    home: Path
    database: str

    def run(
        self, *arguments: str, limit: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "YANAPAY_HOME": str(self.home), "YANAPAY_MODE": "production", "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "yanapay.config.settings", "YANAPAY_LANGUAGE": "en",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "yanapay.cli.main", *arguments],
            env=environment, capture_output=True, text=True, check=False, preexec_fn=limit,
        )  # fmt: skip

    def answer(self, *arguments: str) -> dict[str, object]:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        answer: dict[str, object] = json.loads(done.stdout)
        return answer


def installation(home: Path, worker: str) -> Installation:
    home.mkdir()
    if not ON_POSTGRESQL:
        return Installation(home, f"sqlite:///{home / 'yanapay.sqlite3'}")
    server = os.environ["YANAPAY_TEST_POSTGRESQL"]
    name = f"own_{home.name}_{worker}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return Installation(home, server.replace("/postgres?", f"/{name}?"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Installation:
    """One user, one uploaded file."""
    made = installation(tmp_path_factory.mktemp("a") / "office", worker_id)
    made.answer("init", "--json")
    assert (
        made.run(
            "user", "create", "rosa", "--role", "coordinator", "--centre", "principal"
        ).returncode
        == 0
    )
    (made.home / "files/notes").mkdir(parents=True)
    (made.home / "files/notes/minutes.txt").write_text("Acta")
    return made


def test_restored_elsewhere_it_has_the_same_figures(
    office: Installation, tmp_path: Path, worker_id: str
) -> None:
    before = office.answer("backup", str(tmp_path / "office.tar"), "--json")
    other = installation(tmp_path / "other", worker_id)
    after = other.answer("restore", str(tmp_path / "office.tar"), "--json")
    assert before == after
    assert before["users"] == 1
    assert (other.home / "files/notes/minutes.txt").read_text() == "Acta"
    assert other.run("audit", "verify").returncode == 0
    assert (
        other.run(
            "user", "create", "luis", "--role", "promoter", "--centre", "principal"
        ).returncode
        == 0
    )


def test_an_installation_in_use_is_never_replaced(office: Installation, tmp_path: Path) -> None:
    office.answer("backup", str(tmp_path / "office.tar"), "--json")
    refused = office.run("restore", str(tmp_path / "office.tar"))
    assert refused.returncode == 2
    assert "not empty" in refused.stderr


def test_a_damaged_backup_changes_nothing(
    office: Installation, tmp_path: Path, worker_id: str
) -> None:
    path = tmp_path / "office.tar"
    office.answer("backup", str(path), "--json")
    whole = path.read_bytes()
    other = installation(tmp_path / "damaged", worker_id)
    for damaged in (whole[: len(whole) // 2], whole.replace(b"Acta", b"Otra"), b"not a tar"):
        path.write_bytes(damaged)
        refused = other.run("restore", str(path))
        assert refused.returncode == 2, refused.stdout
        assert "damaged" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert not list(other.home.glob("restore-*"))


def test_a_full_disk_leaves_no_half_backup(office: Installation, tmp_path: Path) -> None:
    refused = office.run("backup", str(tmp_path / "office.tar"), limit=_small_files)
    assert (refused.returncode, list(tmp_path.iterdir())) == (2, []), refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_read_only_disk_is_said_plainly(office: Installation) -> None:
    refused = office.run("backup", "/proc/office.tar")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.skipif(ON_POSTGRESQL, reason="the server's disk, not ours")
def test_a_full_disk_refuses_a_change_and_keeps_the_rest(office: Installation) -> None:
    refused = office.run(
        "user", "create", "eva", "--role", "promoter", "--centre", "principal", limit=_small_files
    )
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert office.run("audit", "verify").returncode == 0
    assert (
        office.run(
            "user", "create", "eva", "--role", "promoter", "--centre", "principal"
        ).returncode
        == 0
    )


@pytest.mark.skipif(ON_POSTGRESQL, reason="the server's disk, not ours")
def test_a_full_disk_refuses_a_file_and_takes_it_later(
    office: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("name\nMolino Inca\n")
    refused = office.run("import", "organisations", str(file), limit=_small_files)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
    assert "Run the same import again" in refused.stderr
    assert office.answer("import", "organisations", str(file), "--json")["created"] == 1


def _small_files() -> None:
    """No file of the process may grow past this; a full disk without needing one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

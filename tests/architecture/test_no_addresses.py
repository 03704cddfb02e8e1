"""What is committed names no registry, no mirror and no path of somebody's machine."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements/*.txt"))
ADDRESS = re.compile(r"https?://|file:|git\+|--(extra-)?index-url|--find-links")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_python_lock_holds_an_address(lock: Path) -> None:
    assert [line for line in lock.read_text().splitlines() if ADDRESS.search(line)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    entries = re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash" not in entry] == []


def test_the_npm_lock_holds_hashes_and_no_address() -> None:
    """Addresses of funding pages are the packages' own; a download address would be ``resolved``."""
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    parts = {name: part for name, part in packages.items() if name}
    assert [name for name, part in parts.items() if "resolved" in part] == []
    bundled = {name for name, part in parts.items() if part.get("inBundle")}
    assert [
        name for name, part in parts.items() if "integrity" not in part and name not in bundled
    ] == []


def test_npm_is_told_to_keep_addresses_out() -> None:
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "frontend/.npmrc").read_text()

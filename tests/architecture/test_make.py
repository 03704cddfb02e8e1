"""What ``make`` would run is there: also for the targets that no round of CI goes through."""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("target", TARGETS)
def test_every_module_that_a_target_runs_exists(target: str) -> None:
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", target],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    modules = set(re.findall(r"python[\d.]* -m (\S+)", told))
    assert [name for name in sorted(modules) if find_spec(name) is None] == []

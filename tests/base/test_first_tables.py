"""An empty database gets its tables at once; step by step they would be the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.base.step_by_step import shape
from tests.cli.test_backups import installation

ROOT = Path(__file__).parents[2]
# Django's own: step by step its keys are as wide as ours, at once as Django has them. We use no groups.
DIFFERS = {"auth_group_permissions"}


@pytest.mark.slow
@pytest.mark.django_db
def test_tables_made_at_once_are_those_made_step_by_step(tmp_path: Path, worker_id: str) -> None:
    other = installation(tmp_path / "steps", worker_id)
    environment = os.environ | {
        "DATABASE_URL": other.database, "YANAPAY_HOME": str(other.home), "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "yanapay.config.settings",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "tests.base.step_by_step"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    by_steps = json.loads(ran.stdout)
    at_once = shape()
    assert at_once.keys() == by_steps.keys()
    for part in at_once.keys() - DIFFERS:
        assert at_once[part] == by_steps[part], part

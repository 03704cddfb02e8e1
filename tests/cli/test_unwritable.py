"""The site does not open over a folder in which nothing can be kept."""

import os
from typing import Any

import pytest
from click.testing import CliRunner

from yanapay.cli import serving
from yanapay.kernel.errors import RuleBroken


def test_serving_from_a_read_only_folder_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(serving, "Background", lambda: pytest.fail("the site opened"))
    refusal = CliRunner().invoke(serving.serve, ["--port", "8979"]).exception
    assert isinstance(refusal, RuleBroken)
    assert str(settings.YANAPAY_HOME) in str(refusal)

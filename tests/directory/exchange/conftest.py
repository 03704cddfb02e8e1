"""A centre with the shipped reference data, and files taken in by the same calls as everywhere."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.factories.centres import make_centre

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory import exchange
from yanapay.directory.models import ImportBatch

TakeIn = Callable[..., ImportBatch]
HEADER = "source_id,name,kind,ubigeo"


@pytest.fixture
def centre(reference: None, db: None, settings: Any, tmp_path: Path) -> Centre:
    settings.YANAPAY_HOME = tmp_path / "home"
    return Centre.objects.select_related("institution").get(pk=make_centre("huancayo").pk)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write lines (or bytes) to a file and name it."""

    def written(content: str | bytes, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def stage(centre: Centre, write: Any, operator: Actor, today: date) -> TakeIn:
    """Check a file given as text, bytes or path; nothing is written yet."""

    def staged(content: Any, **options: Any) -> ImportBatch:
        path = content if isinstance(content, Path) else write(content)
        return exchange.stage(path, centre=centre, by=operator, today=today, **options)

    return staged


@pytest.fixture
def take_in(stage: TakeIn, operator: Actor) -> TakeIn:
    """Check a file and load it."""

    def taken(content: Any, **options: Any) -> ImportBatch:
        return exchange.load(stage(content, **options), by=operator)

    return taken


@pytest.fixture
def reasons() -> Callable[[ImportBatch], list[str]]:
    """The sentences of all rejects of a batch, in English."""

    def told(batch: ImportBatch) -> list[str]:
        return [
            str(exchange.message(one))
            for reject in exchange.rejected_rows(batch)
            for one in reject.problems
        ]

    return told

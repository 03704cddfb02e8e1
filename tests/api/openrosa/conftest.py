"""One site for all of these tests: they prove it from outside, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.api.openrosa.site import Site, running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("odk")
    with running(home) as found:
        yield found


@pytest.fixture(scope="session")
def phone(site: Site) -> str:
    """The path of the address of Maria's telephone."""
    return site.device("maria", "--label", "Moto de María")

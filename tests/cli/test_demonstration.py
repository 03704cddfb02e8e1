"""The demonstration leaves work to decide on, which came there as it comes in an office."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.factories.directory import BY

from yanapay.accounts.actions.roles import load_roles
from yanapay.base.work import open_work
from yanapay.centres.queries import scope_of
from yanapay.cli.demonstration import live
from yanapay.cli.demonstration.cast import open_centres, open_users
from yanapay.cli.demonstration.clients import client_list
from yanapay.cli.demonstration.decisions import leave_undecided
from yanapay.cli.site import _take
from yanapay.directory.models import Conflict, Organisation
from yanapay.linkage.models import CandidatePair

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)


@pytest.fixture
def users(reference: None, db: None, settings: Any, tmp_path: Path) -> Any:
    """The live centre with its sixty clients, and what waits there."""
    settings.YANAPAY_MODE, settings.YANAPAY_HOME = "demo", tmp_path / "home"
    load_roles(by=BY)
    centres, users, made = open_centres(BY), open_users(BY, TODAY), live.enterprises(TODAY)
    _take(client_list(tmp_path / "list.csv", made), centres["cat-hoy"])
    leave_undecided(tmp_path, _take, centres, users, made, TODAY)
    return users


def waiting(user: Any) -> set[str]:
    return {source.kind for source, _ in open_work(scope_of(user, TODAY), 8)}


def named(found: Iterable[Organisation]) -> list[str]:
    return [one.name for one in found]


def test_the_search_finds_the_three_of_the_fair_and_no_others(users: Any) -> None:
    pairs = CandidatePair.objects.waiting().select_related("left", "right").order_by("left")
    assert named(pair.left for pair in pairs) == [
        "Dulcería El Capulí", "Quesería Flor de Alfalfa", "Golosinas Las Dos Comadres",
    ]  # fmt: skip
    assert named(pair.right for pair in pairs) == [
        "DULCERIA CAPULI", "Queseria Flor d Alfalfa", "Golozinas Dos Comadres",
    ]  # fmt: skip


def test_the_list_that_came_again_does_not_overwrite_what_ana_wrote(users: Any) -> None:
    conflict = Conflict.objects.get()
    assert conflict.organisation.private_phone == conflict.current["private_phone"] == "964000118"
    assert {"private_phone", "start_year"} <= conflict.proposed.keys()


def test_each_finds_it_at_home(users: Any) -> None:
    assert "conflicts" in waiting(users["ana"])
    assert {"duplicates", "conflicts", "sharing"} <= waiting(users["beto"])
    assert not {"duplicates", "conflicts", "sharing"} & waiting(users["elena"])

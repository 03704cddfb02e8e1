"""Beto finds duplicates, merges one pair, calls another different, and takes the merge back."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.factories.directory import BY, make_centre, make_organisation, make_person, make_user

from yanapay.base.work import open_work
from yanapay.centres.queries import scope_of
from yanapay.cli.duplicates import duplicates
from yanapay.directory.actions.persons import add_role
from yanapay.directory.choices import Status
from yanapay.directory.models import Merge, Organisation
from yanapay.linkage.choices import PairState, RunState
from yanapay.linkage.models import CandidatePair, LinkageRun
from yanapay.linkage.queries import weighing
from yanapay.linkage.tasks import search

TRADES = (
    "Taller",
    "Bodega",
    "Horno",
    "Imprenta",
    "Molino",
    "Botica",
    "Curtiembre",
    "Hotel",
    "Fundo",
    "Bazar",
)
SAINTS = ("Huascarán", "Titicaca", "Ausangate")

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins() -> tuple[Organisation, Organisation]:
    """The same dairy typed twice, among others that are not."""
    for number in range(30):
        make_organisation(
            f"{TRADES[number % 10]} {SAINTS[number % 3]} {number}",
            phone=f"91{number:02}73{number:03}",
        )
    make_organisation("Bodega San Martín", phone="912000001", address="Jr. Puno 11")
    make_organisation("Bodega San Martín de Porres", phone="964555333", address="Av. Grau 900")
    first = make_organisation("Lácteos Ccori Wayra S.A.C.", phone="987654321", address="Jr. Lima 5")
    second = make_organisation("Lacteos Ccori Waira", phone="+51 987 654 321", address="Jr Lima 5")
    rosa = make_person("Rosa Ccori Mamani")
    for one in (first, second):
        add_role(by=BY, person=rosa, organisation=one, role="owner")
    return first, second


def test_home_says_how_many_wait_and_names_the_likeliest(
    twins: tuple[Organisation, Organisation],
) -> None:
    search(by=BY)
    coordinator = scope_of(make_user("coordinator"), date(2026, 3, 12))
    (line,) = next(
        items for source, items in open_work(coordinator, 8) if source.kind == "duplicates"
    )
    assert line.title == "1 par que puede ser la misma organización"
    assert line.detail == "«Lácteos Ccori Wayra S.A.C.», «Lacteos Ccori Waira»"


def test_the_twins_are_found_and_nothing_else(twins: tuple[Organisation, Organisation]) -> None:
    run = search(by=BY)
    assert (run.state, run.counts["pairs"]) == (RunState.DONE, 1)
    pair = CandidatePair.objects.get()
    assert (pair.left_id, pair.right_id) == (twins[0].pk, twins[1].pk)
    assert {"Same phone", "Same owner"} <= {reason["level"] for reason in pair.reasons}


@pytest.mark.parametrize(
    ("private", "public", "other"),
    [
        ("064231122 / 987654321", "", "+51987654321"),
        ("", "064231122 / 987654321", "+51987654321"),
        ("064231122", "987654321", "987654321 / 064999111"),
        ("064231122 / 987654321", "", "964888777 / 987654321"),
        ("064231122 / 987654321", "", "987654321 / 064231122"),
    ],
)
def test_either_of_two_telephones_makes_twins(private: str, public: str, other: str) -> None:
    make_organisation("Lácteos Ccori Wayra", private_phone=private, phone=public)
    make_organisation("Lacteos Ccori Waira", private_phone=other)
    search(by=BY)
    assert "Same phone" in {reason["level"] for reason in CandidatePair.objects.get().reasons}


def test_a_pair_judged_different_never_comes_back(twins: tuple[Organisation, Organisation]) -> None:
    search(by=BY)
    beto = make_user("coordinator", make_centre())
    client = _signed_in(beto)
    pair = CandidatePair.objects.get()
    assert client.post(f"/duplicates/{pair.pk}/different/").status_code == 302
    search(by=BY)
    assert CandidatePair.objects.get().state == PairState.DIFFERENT
    assert client.get(f"/duplicates/{pair.pk}/").status_code == 404


def test_beto_merges_in_the_browser_and_takes_it_back(
    twins: tuple[Organisation, Organisation],
) -> None:
    search(by=BY)
    client = _signed_in(make_user("coordinator", make_centre()))
    pair = CandidatePair.objects.get()
    assert "Ccori" in client.get("/duplicates/").content.decode()
    assert client.get(f"/duplicates/{pair.pk}/").status_code == 200
    page = client.get(f"/duplicates/{pair.pk}/merge/").content.decode()
    assert "take-name" in page
    client.post(f"/duplicates/{pair.pk}/merge/", {"keep": pair.right_id, "take-name": "drop"})
    kept, dropped = (
        Organisation.objects.get(pk=pair.right_id),
        Organisation.objects.get(pk=pair.left_id),
    )
    assert (kept.name, dropped.status, dropped.merged_into) == (
        "Lácteos Ccori Wayra S.A.C.", Status.MERGED, kept,
    )  # fmt: skip
    merge = Merge.objects.get()
    assert dropped.name in client.get("/duplicates/merges/").content.decode()
    client.post(f"/duplicates/merges/{merge.pk}/undo/")
    dropped.refresh_from_db()
    assert dropped.status == Status.ACTIVE
    assert CandidatePair.objects.get().state == PairState.PENDING


def test_another_centre_sees_neither_pair_nor_merge(
    twins: tuple[Organisation, Organisation],
) -> None:
    run = search(by=BY, centre=make_centre())
    elsewhere = make_centre("puno")
    elena = make_user("coordinator", elsewhere)
    client = _signed_in(elena)
    pair = CandidatePair.objects.get()
    assert "Ccori" not in client.get("/duplicates/").content.decode()
    for address in (f"/duplicates/{pair.pk}/", f"/duplicates/{pair.pk}/merge/",
                    f"/duplicates/search/{run.pk}/"):  # fmt: skip
        assert client.get(address).status_code == 404


def test_waiting_pairs_are_work_for_those_who_may_merge(
    twins: tuple[Organisation, Organisation], today: object
) -> None:
    search(by=BY)
    scope = scope_of(make_user("coordinator", make_centre()), today)  # type: ignore[arg-type]
    found = {source.kind: items[0].count for source, items in open_work(scope)}
    assert found["duplicates"] == 1


def test_the_page_starts_a_search_in_the_background(
    twins: tuple[Organisation, Organisation],
) -> None:
    centre = make_centre()
    client = _signed_in(make_user("coordinator", centre))
    started = client.post("/duplicates/search/", {"centre": centre.pk})
    run = LinkageRun.objects.get()
    assert started["Location"] == f"/duplicates/search/{run.pk}/"
    assert client.get(started["Location"]).status_code == 200
    client.post("/duplicates/search/", {"centre": centre.pk})
    assert LinkageRun.objects.count() == 1


def test_the_command_line_finds_merges_and_undoes(
    twins: tuple[Organisation, Organisation], tmp_path: Path
) -> None:
    out = tmp_path / "pairs.csv"
    found = json.loads(_run("find", "--json", "--pairs", str(out)))
    assert found["pairs"] == 1
    header, row = out.read_text().splitlines()
    assert header == "left_id,right_id,score"
    keep, drop, _ = row.split(",")
    told = json.loads(_run("merge", keep, drop, "--dry-run", "--json"))
    assert ("directory.PersonRoleRecord.organisation", 0, 1) in [
        (r["relation"], r["moves"], r["set_aside"]) for r in told["relations"]
    ]
    assert not Merge.objects.exists()
    merged = json.loads(_run("merge", keep, drop, "--json"))["merge"]
    assert Organisation.objects.get(pk=drop).status == Status.MERGED
    _run("undo", str(merged))
    assert Organisation.objects.get(pk=drop).status == Status.ACTIVE


def test_the_shipped_model_is_sound() -> None:
    """Every comparison has a null level, and both probabilities of its levels add up to about one."""
    model = weighing.model()
    assert 0.5 < model["threshold"] < 1
    for comparison in model["comparisons"]:
        levels = comparison["comparison_levels"]
        assert levels[0]["is_null_level"]
        assert sum(level["m_probability"] for level in levels[1:]) == pytest.approx(1, abs=0.01)


def _run(*args: str) -> str:
    result = CliRunner().invoke(duplicates, args)
    assert result.exit_code == 0, result.output
    return result.stdout


def _signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="yanapay.web.accounts.sign_in.Backend")  # type: ignore[arg-type]
    return client

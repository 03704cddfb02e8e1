"""Every way of finding rows by words finds the same rows, on both databases, whatever is thought common."""

import pytest
from tests.factories.directory import make_clients

from yanapay.base import finding, search
from yanapay.base.finding import postgresql
from yanapay.directory.models import Organisation

pytestmark = pytest.mark.django_db

NAMES = (
    "Lácteos Chaska", "Lacteso Chaska", "Lácteos Chasca", "Láctoes Chasak", "Panadería Chaska",
    "Lácteos y Panadería Puno", "Lácteos Lacteso Puno", "Taller Puno",
)  # fmt: skip
QUERIES = (
    "lacteos",
    "lacteos chaska",
    "panaderia puno",
    "lacteos lacteso",
    "taller chaska",
    "zapatos",
)


def with_a_word_of_each(choices: finding.Choices) -> set[int]:
    """What should be found, read from the texts themselves."""
    if not choices or not all(choices):
        return set()
    return set(finding.matching_one_by_one(Organisation.objects.all(), choices))


@pytest.fixture(params=[1, 2, 300])
def _thought_frequent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From how many on a word is looked for alone: every one, some, none."""
    monkeypatch.setattr(postgresql, "FREQUENT", request.param)


@pytest.fixture(params=[1, 36])
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the ways of meeting the words are asked for one by one."""
    monkeypatch.setattr(postgresql, "WAYS", request.param)


@pytest.mark.usefixtures("_thought_frequent", "_ways")
@pytest.mark.parametrize("text", QUERIES)
def test_every_way_finds_the_same(text: str) -> None:
    make_clients(NAMES)
    choices, rows = search.alternatives(text), Organisation.objects.all()
    wanted = with_a_word_of_each(choices)
    assert set(finding.matching(rows, choices).values_list("pk", flat=True)) == wanted
    assert set(finding.first_keys(Organisation, choices, 50) or []) == wanted
    assert set(finding.some_matching(rows, choices, 50)) == wanted
    assert finding.newest_matching(rows, choices, 50) == sorted(wanted, reverse=True)


@pytest.mark.usefixtures("_thought_frequent")
@pytest.mark.parametrize("common", [1, 20_000])
def test_filters_are_passed_by_whoever_is_among_the_first_or_after_them(
    common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "COMMON", common)
    make_clients(f"Bodega {name}" for name in NAMES * 4)
    choices = search.alternatives("bodega")
    late = Organisation.objects.filter(name="Bodega Taller Puno")
    assert set(finding.some_matching(late, choices, 4)) == set(late.values_list("pk", flat=True))
    assert len(finding.some_matching(Organisation.objects.all(), choices, 4)) == 4


def test_more_than_asked_for_is_many() -> None:
    make_clients(NAMES)
    choices = search.alternatives("lacteos")
    assert finding.first_keys(Organisation, choices, 3) is None


@pytest.mark.parametrize("choices", [[], [{}], [{"lacteos": 3}, {}]])
def test_no_words_find_nothing(choices: list[dict[str, int]]) -> None:
    make_clients(NAMES[:1])
    rows = Organisation.objects.all()
    assert not finding.matching(rows, choices).exists()
    assert finding.some_matching(rows, choices, 5) == {}
    assert finding.newest_matching(rows, choices, 5) == []
    assert finding.first_keys(Organisation, choices, 5) == []


def test_where_nothing_can_be_seen_nothing_is_found() -> None:
    make_clients(NAMES)
    choices, nobodys = search.alternatives("lacteos"), Organisation.objects.filter(centre__in=[])
    assert not finding.matching(nobodys, choices).exists()
    assert finding.some_matching(nobodys, choices, 5) == {}
    assert finding.newest_matching(nobodys, choices, 5) == []

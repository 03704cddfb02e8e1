"""Who fits a case: pure rules."""

from dataclasses import replace
from datetime import date

from hypothesis import given, strategies as st

from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.roster.rules.languages import languages_named
from yanapay.roster.rules.matching import Candidate, Known, Match, Need, Obstacle, match, rank

NEED = Need(
    on=date(2026, 3, 12), topic="informacion_tecnologica", activities=frozenset({"1071"}),
    branches=frozenset({"107", "10", "C"}), technologies=frozenset({7}), area_path="PE/12/1201/120114",
    languages=frozenset({"qu"}),
)  # fmt: skip
BAKER = Known("informacion_tecnologica", "1071", years=8)
PLAIN = Candidate(1, "Félix", most_cases=4)


def said(found: Match) -> list[str]:
    return [str(reason.message) for reason in found.reasons]


def test_reasons_say_what_speaks_for_somebody() -> None:
    candidate = replace(
        PLAIN, known=[BAKER, Known("equipos", technology=7)], areas=[("PE/12", "Junín")],
        languages=frozenset({"es", "qu"}), load=1, ratings=[5, 4],
    )  # fmt: skip
    found = match(NEED, candidate)
    assert said(found) == [
        "Knows the topic of the case", "Knows the activity 1071", "Knows the technology",
        "8 years in the topic", "Goes to Junín", "Speaks the language of the client", "1 of 4 cases",
        "Rated 4.5 of 5 in 2 cases",
    ]  # fmt: skip
    assert found.may_be_asked
    assert not found.obstacles


def test_knowing_the_branch_is_worth_less_than_knowing_the_activity() -> None:
    exact = match(NEED, replace(PLAIN, known=[Known("calidad", "1071")]))
    branch = match(NEED, replace(PLAIN, known=[Known("calidad", "10")]))
    other = match(NEED, replace(PLAIN, known=[Known("calidad", "1410")]))
    assert exact.score > branch.score > other.score


def test_an_area_elsewhere_does_not_help_and_a_code_is_not_a_prefix_of_another() -> None:
    assert (
        match(NEED, replace(PLAIN, areas=[("PE/1", "Amazonas?")])).score == match(NEED, PLAIN).score
    )


def test_what_is_missing_is_said_and_keeps_the_best_from_being_asked() -> None:
    best = replace(PLAIN, name="Ada", known=[BAKER], lacks=["Título profesional"])
    found = rank(NEED, [best, PLAIN])
    assert [m.candidate.name for m in found] == ["Félix", "Ada"]
    assert [str(o.message) for o in found[1].obstacles] == ["Not accredited: Título profesional"]
    assert not found[1].may_be_asked


def test_absence_and_a_full_load_warn_without_forbidding() -> None:
    found = match(NEED, replace(PLAIN, away_until=date(2026, 3, 20), load=4))
    assert found.may_be_asked
    assert len(found.obstacles) == 2


def test_a_conflict_of_interest_comes_last() -> None:
    tied = replace(PLAIN, name="Ada", known=[BAKER],
                   against=[Obstacle(Message("Conflict of interest: belongs to the enterprise"))])  # fmt: skip
    away = replace(PLAIN, name="Beto", away_until=date(2026, 3, 20))
    assert [m.candidate.name for m in rank(NEED, [tied, away, PLAIN])] == ["Félix", "Beto", "Ada"]


def test_among_equals_the_less_loaded_then_the_cheaper() -> None:
    dear = replace(PLAIN, key=2, name="Cara", rate=Money(40_000, "PEN"))
    cheap = replace(PLAIN, key=3, name="Zoila", rate=Money(20_000, "PEN"))
    assert [m.candidate.name for m in rank(NEED, [dear, cheap])] == ["Zoila", "Cara"]


def test_languages_are_read_from_a_text() -> None:
    assert languages_named("Quechua, castellano e Inglés") == {"qu", "en"}


TOPICS = st.sampled_from(["informacion_tecnologica", "calidad", "equipos"])
CODES = st.sampled_from(["", "1071", "107", "10", "C", "1410"])
KNOWN = st.builds(Known, TOPICS, CODES, st.sampled_from([None, 7, 8]), st.integers(0, 60))
AREAS = st.sampled_from([("PE", "Perú"), ("PE/12", "Junín"), ("PE/15", "Lima")])
CANDIDATE = st.builds(
    Candidate, st.just(1), st.just("Félix"), st.lists(KNOWN, max_size=4),
    st.lists(AREAS, max_size=3), st.frozensets(st.sampled_from(["es", "qu"])), st.integers(0, 5),
    st.integers(1, 5), ratings=st.lists(st.integers(1, 5), max_size=4),
)  # fmt: skip


@given(CANDIDATE, st.lists(CANDIDATE, max_size=3), KNOWN)
def test_a_further_speciality_never_lowers_the_rank(
    one: Candidate, others: list[Candidate], more: Known
) -> None:
    rivals = [replace(other, key=n + 2, name=f"Z{n}") for n, other in enumerate(others)]
    wiser = replace(one, known=[*one.known, more])
    assert _place(wiser, rivals) <= _place(one, rivals)


@given(CANDIDATE, AREAS, st.sampled_from(["qu", "ay"]))
def test_a_further_area_or_language_never_lowers_the_score(
    one: Candidate, area: tuple[str, str], language: str
) -> None:
    wider = replace(one, areas=[*one.areas, area], languages=one.languages | {language})
    assert match(NEED, wider).score >= match(NEED, one).score


@given(CANDIDATE)
def test_less_load_never_lowers_the_score(one: Candidate) -> None:
    lighter = replace(one, load=max(0, one.load - 1))
    assert match(NEED, lighter).score >= match(NEED, one).score


def _place(one: Candidate, rivals: list[Candidate]) -> int:
    return [found.candidate.key for found in rank(NEED, [one, *rivals])].index(1)

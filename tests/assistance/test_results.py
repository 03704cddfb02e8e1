"""After the end: what changed, what the client says of it, what remains; and who is late in looking."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, strategies as st
from tests.factories.assistance import bring_to
from tests.factories.assistance_plans import make_accepted
from tests.factories.assistance_results import (
    ENDED,
    VISITED,
    finished,
    make_evaluation,
    make_round,
    measured,
)
from tests.factories.directory import BY, make_centre, make_scope, make_user

from yanapay.assistance.actions.codes import make_code, try_code
from yanapay.assistance.actions.results import (
    Visited,
    confirm_evaluation,
    open_follow_up,
    record_evaluation,
)
from yanapay.assistance.models import Case, Evaluation
from yanapay.assistance.queries.results import due_evaluations, outcomes
from yanapay.assistance.rules.results import Change, Window, missed_before
from yanapay.audit.models import Event
from yanapay.directory.models import Observation
from yanapay.kernel.errors import EditConflict, RuleBroken

values = st.integers(-(10**12), 10**12)


@given(before=values, after=values)
def test_a_change_says_how_much_and_which_way(before: int, after: int) -> None:
    change = Change(before, after, "down")
    assert change.before + change.difference == after
    assert (change.verdict == "better") == (after < before)
    if change.percent:
        above, below = change.percent
        assert above * abs(before) == 100 * change.difference * below


@given(before=values, after=values, share=st.integers(0, 100))
def test_never_more_than_the_change_is_attributed(before: int, after: int, share: int) -> None:
    change = Change(before, after)
    part = change.attributed(share)
    assert part is not None
    assert abs(part) <= abs(change.difference)
    assert part * change.difference >= 0


def test_from_zero_there_is_no_percentage() -> None:
    assert Change(0, 5).percent is None
    assert Change(18_000, 9_000).percent == (-50, 1)
    assert Change(1, 2, target=3).is_reached is False
    assert Change(3, 2, "down", target=2).is_reached is True
    assert Change(1, 2).is_reached is None


def test_a_window_is_later_due_or_overdue() -> None:
    window = Window(date(2026, 7, 30), date(2026, 8, 29))
    days = (date(2026, 7, 29), date(2026, 8, 29), date(2026, 8, 31))
    assert [window.standing(day) for day in days] == ["later", "due", "overdue"]
    assert window.days_over(days[2]) == 2


@pytest.mark.django_db
class TestEvaluation:
    def test_it_measures_every_indicator(self) -> None:
        evaluation = make_evaluation()
        (outcome,) = outcomes(evaluation.case, VISITED)
        loss, output = outcome.rows
        assert loss.change
        assert output.change
        assert (loss.change.difference, loss.change.is_reached, loss.attributed) == (
            -9000,
            False,
            -6300,
        )
        assert (output.change.percent, output.change.is_reached) == ((100, 3), True)

    def test_there_is_none_before_the_end_of_the_work(self) -> None:
        case = make_accepted().case
        evaluation = make_round(bring_to(case, 5))
        with pytest.raises(RuleBroken, match="no evaluation before the end of the work"):
            record_evaluation(by=BY, evaluation=evaluation, visited=Visited(VISITED))
        finished(case)
        with pytest.raises(RuleBroken, match="before the end of the work"):
            record_evaluation(by=BY, evaluation=evaluation, visited=Visited(ENDED - timedelta(1)))

    def test_two_people_note_the_same_round(self) -> None:
        evaluation = make_evaluation()
        with pytest.raises(EditConflict):
            record_evaluation(by=BY, evaluation=evaluation, visited=Visited(VISITED), version=1)

    def test_what_cannot_be_is_refused(self) -> None:
        evaluation = make_round()
        for wrong, sentence in [
            ({"satisfaction": 6}, "from 1 to 5"), ({"attribution": 101}, "between 0 and 100"),
            ({"values": {0: 1}}, "not of the plan in force"),
        ]:  # fmt: skip
            with pytest.raises(RuleBroken, match=sentence):
                make_evaluation(evaluation, **wrong)
        assert not Evaluation.objects.exclude(done_on=None).exists()

    def test_the_enterprise_is_observed_on_that_day_once(self) -> None:
        evaluation = make_evaluation(figures={"workers": 7})
        make_evaluation(evaluation, figures={"workers": 8})
        (seen,) = Observation.objects.all()
        assert (seen.workers, seen.observed_on, seen.source) == (7, VISITED, evaluation.case.number)

    def test_the_client_confirms_and_then_it_is_read_only(self) -> None:
        evaluation = make_evaluation()
        done = confirm_evaluation(
            by=BY,
            evaluation=evaluation,
            on=VISITED,
            name="Rosa Quispe",
            how="screen",
            attribution=60,
        )
        assert (done.attribution, done.confirmed_how) == (60, "screen")
        with pytest.raises(RuleBroken, match="has confirmed this evaluation"):
            make_evaluation(done)
        assert "Menos pan" not in str(list(Event.objects.values_list("changes", flat=True)))

    def test_nothing_is_confirmed_before_the_visit_or_without_its_proof(self) -> None:
        empty = make_round()
        about = {"by": BY, "on": VISITED, "name": "Rosa", "attribution": 60}
        with pytest.raises(RuleBroken, match="note the visit first"):
            confirm_evaluation(evaluation=empty, how="screen", **about)
        done = make_evaluation(empty)
        with pytest.raises(RuleBroken, match="scan or a photo"):
            confirm_evaluation(evaluation=done, how="paper", **about)
        with pytest.raises(RuleBroken, match="code was not given back"):
            confirm_evaluation(evaluation=done, how="code", **about)
        code = make_code(by=BY, signed=done)
        assert try_code(by=BY, signed=done, code=code) is None
        assert confirm_evaluation(evaluation=done, how="code", **about).confirmed_on == VISITED

    def test_a_signed_paper_is_kept(self) -> None:
        done = confirm_evaluation(
            by=BY, evaluation=make_evaluation(), on=VISITED, name="Rosa", how="paper",
            attribution=60, image=ContentFile(b"%PDF-1.7\n"), content_type="application/pdf",
        )  # fmt: skip
        assert done.signature_image.name.endswith(".pdf")

    def test_what_remains_opens_a_case_that_names_this_one(self) -> None:
        evaluation = make_evaluation()
        opened = open_follow_up(
            by=BY, evaluation=evaluation, responsible=make_user(), on=VISITED, title="Amasador"
        )
        assert (opened.previous, opened.promotion.origin) == (evaluation.case, "seguimiento")
        with pytest.raises(RuleBroken, match="opened already"):
            open_follow_up(
                by=BY, evaluation=evaluation, responsible=make_user(), on=VISITED, title="Otra"
            )

    def test_later_rounds_are_made_after_the_case_was_closed(self) -> None:
        evaluation = make_round(which="6m")
        Case.objects.filter(pk=evaluation.case_id).update(state="closed", closed_on=VISITED)
        assert make_evaluation(evaluation).done_on == VISITED

    def test_due_rounds_are_chased_in_ones_own_centre(self) -> None:
        evaluation = make_round()
        mine, theirs = make_scope(), make_scope(centre=make_centre("lima"))
        late = evaluation.due_on + timedelta(1)
        assert list(due_evaluations(mine, evaluation.due_from)) == [evaluation]
        assert not due_evaluations(mine, evaluation.due_from - timedelta(1))
        assert not due_evaluations(mine, evaluation.due_on, overdue=True)
        assert list(due_evaluations(mine, late, overdue=True)) == [evaluation]
        assert not due_evaluations(theirs, late)
        make_evaluation(evaluation, values=measured(evaluation, 1))
        assert not due_evaluations(mine, late)


def test_a_round_missed_a_year_ago_is_no_longer_asked_for() -> None:
    closed = date(2025, 3, 9)
    assert missed_before(closed + timedelta(days=365)) == closed
    assert missed_before(closed + timedelta(days=366)) > closed

"""An interview counts for the day on which it was held, not for the day on which a line was found."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.factories.directory import BY
from tests.factories.mapping import follow, make_form, make_proposal, make_submission

from yanapay.directory.models import Consent, Observation
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.choices import Source
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.surveys.models import Submission, Version
from yanapay.surveys.queries.days import answered_on
from yanapay.surveys.rules.days import HELD, Day

pytestmark = pytest.mark.django_db
PUBLISHED, ARRIVED = date(2026, 2, 1), date(2026, 3, 9)
SCHEMA = [
    {"name": name, "type": kind, "path": f"/data/{name}", "labels": {}}
    for name, kind in (("began", "start"), ("ended", "end"), ("day", "date"))
]


def came(**values: Any) -> Submission:
    """An answer that arrived on the 9th of March, to a form published in February."""
    form = make_form()
    form.mapping = {**form.mapping, "day": HELD}
    form.save()
    Version.objects.update(schema=SCHEMA, published_at=at(PUBLISHED))
    answer = make_submission(form=form, **values)
    Submission.objects.filter(pk=answer.pk).update(received_at=at(ARRIVED))
    answer.refresh_from_db()
    return answer


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "on", "doubted"),
    [
        ({}, ARRIVED, None),
        ({"began": "2026-03-05T23:10:00.000-05:00"}, date(2026, 3, 5), None),
        ({"ended": "2026-03-06T08:00:00Z", "began": "2026-03-05T10:00:00Z"}, date(2026, 3, 5), None),
        ({"day": "2026-03-03", "began": "2026-03-05T10:00:00.000-05:00"}, date(2026, 3, 3), None),
        ({"day": "2036-03-03", "began": "2026-03-05T10:00:00.000-05:00"}, date(2026, 3, 5), None),
        ({"began": "1970-01-01T00:00:12.000Z"}, ARRIVED, date(1970, 1, 1)),
        ({"began": "2026-01-31T10:00:00.000-05:00"}, ARRIVED, date(2026, 1, 31)),
        ({"began": "2026-03-10T10:00:00.000-05:00"}, ARRIVED, date(2026, 3, 10)),
        ({"began": "ayer"}, ARRIVED, None),
    ],
    ids=["silent", "start", "begun before ended", "asked before stamped", "asked in the future", "1970",
         "before the form", "after its arrival", "no day"],
)  # fmt: skip
def test_the_day_that_was_said_counts_when_it_can_be(
    said: dict[str, str], on: date, doubted: date | None
) -> None:
    assert answered_on(came(**said)) == Day(on, ARRIVED, doubted)


def test_interview_observation_and_consent_bear_the_day_of_the_interview() -> None:
    answer = came(name="Nuevo", members_women="12", consent_public="si", day="2026-03-05")
    proposal = follow(answer)
    assert proposal is not None
    decide(by=BY, proposal=proposal, accepted={"name", "members_women"}, on=date(2026, 3, 12))
    held = date(2026, 3, 5)
    assert Interview.objects.get().interviewed_on == held
    assert Observation.objects.get().observed_on == held
    assert Consent.objects.get().given_on == held


def test_the_public_entry_says_when_its_people_told_it_not_when_a_visitor_remarked() -> None:
    proposal = follow(came(name="Nuevo", consent_public="si", day="2026-03-05"))
    assert proposal is not None
    decided = decide(
        by=BY, proposal=proposal, accepted={"name"}, on=date(2026, 3, 12), publish=True
    )
    assert Entry.objects.get().told_on == date(2026, 3, 5)
    remark = make_proposal(decided.organisation, source=Source.REMARK, name="Nuevo")
    decide(by=BY, proposal=remark, accepted={"name"}, on=date(2026, 4, 1),
           version=remark.base_version, publish=True)  # fmt: skip
    assert Entry.objects.get().told_on == date(2026, 3, 5)


def test_an_edit_of_next_week_leaves_the_day_as_it_was() -> None:
    first = came(name="Nuevo")
    follow(first)
    edit = make_submission(form=first.instrument, edit_of=first, name="Nuevo", members_women="3")
    follow(edit)
    assert Interview.objects.get().interviewed_on == ARRIVED
    assert Proposal.objects.get().submission == edit

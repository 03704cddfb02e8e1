"""Which reminders are due on a day. Pure: who is told, and that nobody is told twice, is the actions' affair.

A key names rule, subject and the day it is about, so that a new day (another visit planned, another round)
is another reminder and the same one never is.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from yanapay.assistance.rules.stages import IDLE_DAYS
from yanapay.kernel.messages import Message

OFFER_DAYS = 3  # before an offer lapses


@dataclass(frozen=True)
class Due:
    """One reminder: its key, its sentence, and the section of the case page where it is dealt with."""

    key: str
    message: Message
    part: str


def idle_before(today: date) -> date:
    """A stage that began on this day or earlier, and in which nothing happened since, is idle."""
    return today - timedelta(days=IDLE_DAYS)


def answer_due(
    assignment: int, answer_by: date, today: date, *, case: str, name: str
) -> Due | None:
    """On the last day of the three in which a specialist answers."""
    if today < answer_by:
        return None
    message = Message(
        "{name} has not answered yet for {case}. Today is the last day.", name=name, case=case
    )
    return Due(f"answer:{assignment}:{answer_by}", message, "team")


def stage_idle(case: int, number: str, stage_since: date, today: date) -> Due | None:
    """Once per stage, when it has stood still for a fortnight."""
    if stage_since > idle_before(today):
        return None
    message = Message(
        "{case} has stood still since {day}. What comes next?", case=number, day=stage_since
    )
    return Due(f"idle:{case}:{stage_since + timedelta(days=IDLE_DAYS)}", message, "")


def evaluation_due(
    evaluation: int, due_from: date, due_on: date, today: date, *, case: str
) -> Due | None:
    """When the time of the visit begins, and again when it has passed."""
    if today < due_from:
        return None
    if today > due_on:
        late = Message("The evaluation of {case} is overdue since {day}.", case=case, day=due_on)
        return Due(f"overdue:{evaluation}:{due_on}", late, "evaluation")
    message = Message("It is time to evaluate {case}, until {day}.", case=case, day=due_on)
    return Due(f"evaluation:{evaluation}:{due_from}", message, "evaluation")


def offer_lapses(plan: int, valid_until: date, today: date, *, case: str) -> Due | None:
    """Some days before an offer that the entrepreneur has not answered lapses."""
    if today < valid_until - timedelta(days=OFFER_DAYS):
        return None
    message = Message("The offer for {case} is valid until {day}.", case=case, day=valid_until)
    return Due(f"offer:{plan}:{valid_until}", message, "plan")

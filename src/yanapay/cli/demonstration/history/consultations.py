"""The consultations of the history, through the action that the office uses."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.assistance.actions.consultations import register_consultation
from yanapay.assistance.models import Consultation
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.history.dealing import Question, parts
from yanapay.directory.models import Organisation
from yanapay.places.models import Area

BANK: dict[str, list[list[str]]] = json.loads(
    Path(__file__).with_name("questions.json").read_text()
)


def ask(
    centre: Centre, questions: Sequence[Question], promoters: Mapping[str, User], areas: Mapping[str, Area],
    organisations: Mapping[int, Organisation],
) -> int:  # fmt: skip
    """Register them in order; an answer given before is given again, and says so."""
    given = dict[str, Consultation]()
    for part in parts(questions):
        with transaction.atomic():
            for asked in part:
                found = _register(centre, asked, promoters, areas, organisations, given)
                given.setdefault(found.question, found)
    return len(questions)


def _register(
    centre: Centre, asked: Question, promoters: Mapping[str, User], areas: Mapping[str, Area],
    organisations: Mapping[int, Organisation], given: Mapping[str, Consultation],
) -> Consultation:  # fmt: skip
    question, answer = BANK[asked.topic][asked.which % len(BANK[asked.topic])]
    user, is_course = promoters[asked.zone], asked.topic == "cursos"
    fields = {
        "minutes": asked.minutes, "channel": asked.channel, "topic": asked.topic, "question": question,
        "answer": answer, "outcome": "curso" if is_course else "resuelta", "area": areas[asked.zone],
        "organisation": asked.enterprise and organisations[asked.enterprise.number],
        "based_on": given.get(question),
    }  # fmt: skip
    return register_consultation(
        by=Actor(user.pk, user.signature, centre.pk, centre.name), centre=centre, fields=fields,
        asked_at=datetime.combine(asked.asked, time(asked.hour, 15), ZoneInfo(centre.time_zone)),
        answered_by=user, wish="Pastelería y costos" if is_course else "",
    )  # fmt: skip

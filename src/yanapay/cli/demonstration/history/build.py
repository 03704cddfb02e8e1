"""The history of a centre, played in order of its days."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.assistance.actions.impact import plan_impact_evaluation
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.clients import by_number
from yanapay.cli.demonstration.history.cases import WORK, Office, play
from yanapay.cli.demonstration.history.consultations import ask
from yanapay.cli.demonstration.history.dealing import parts, questions, services
from yanapay.cli.demonstration.history.plans import IMPACT_DAY, impact
from yanapay.cli.demonstration.history.roster import specialists
from yanapay.cli.demonstration.history.sample import Answers, answers
from yanapay.cli.demonstration.profile import Enterprise
from yanapay.places.models import Area
from yanapay.roster.models import Technology

ZONES = {"Lima": "15", "Huancayo": "12"}


def build_history(
    by: Actor, centre: Centre, made: Sequence[Enterprise], promoters: Mapping[str, User]
) -> dict[str, int]:
    """457 services, 686 consultations, thirty specialists, 42 enterprises of the impact evaluation."""
    with transaction.atomic():
        office = open_office(by, centre, promoters, range(1999, 2005))
    played, told = services(made), answers(made)
    for part in parts(played):
        with transaction.atomic():
            for service in part:
                play(office, service)
    asked = ask(centre, questions(made), promoters, zones(), office.organisations)
    _evaluate(by, office, told)
    return {"services": len(played), "consultations": asked, "evaluated": len(told)}


@transaction.atomic
def _evaluate(by: Actor, office: Office, told: Mapping[int, Answers]) -> None:
    chosen = [office.cases[number] for number in told]
    rounds = plan_impact_evaluation(
        by=by, cases=chosen, due_from=IMPACT_DAY, due_on=date(2004, 12, 31)
    )
    places = {evaluation.case_id: evaluation for evaluation in rounds}
    for number, answer in told.items():
        impact(by, places[office.cases[number].pk], answer)


def open_office(by: Actor, centre: Centre, promoters: Mapping[str, User], years: range) -> Office:
    """The centre with its roster; ``years`` are those in which papers are renewed."""
    catalogue = Technology.objects.order_by("pk")
    known = {branch: [t for t in catalogue if t.category == work["technology"]]
             for branch, work in WORK.items()}  # fmt: skip
    return Office(
        centre, promoters, by_number(centre), specialists(by, centre, zones(), years), known
    )


def zones() -> dict[str, Area]:
    """The departments of the two zones."""
    return {name: Area.objects.get(code=code) for name, code in ZONES.items()}

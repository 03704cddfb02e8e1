"""Filling an installation: everything goes through the importer and the actions that people use."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import transaction

from yanapay.accounts.actions.users import create_user
from yanapay.accounts.models import Role, User
from yanapay.audit.rules import Actor
from yanapay.centres.actions.memberships import grant_membership
from yanapay.centres.models import Centre
from yanapay.cli.demonstration import live
from yanapay.cli.demonstration.cast import CAST, PASSWORD, open_centres, open_users
from yanapay.cli.demonstration.clients import Import, by_number, client_list, complete
from yanapay.cli.demonstration.decisions import leave_undecided
from yanapay.cli.demonstration.fieldwork import interview_all
from yanapay.cli.demonstration.history.build import build_history, open_office
from yanapay.cli.demonstration.history.sample import with_sample
from yanapay.cli.demonstration.mapping import begin_campaign, list_mapped, register_itself
from yanapay.cli.demonstration.networks import affiliate_mapped
from yanapay.cli.demonstration.profile import Enterprise, enterprises
from yanapay.directory.actions.persons import link_account
from yanapay.directory.models import Organisation, Person
from yanapay.roster.actions.specialists import change_specialist

__all__ = ["CAST", "PASSWORD", "build"]

REAL = Path(__file__).parents[2] / "directory/data/ess_organisations.csv"


def build(folder: Path, take: Import, today: date) -> dict[str, int]:
    """Create centres and users, import the real and the fictitious files, play the history and the live cases.

    ``take(path, centre)`` imports a file; ``folder`` receives the fictitious client lists, so that they can be
    tried in the browser too. Returns how many of each there are.
    """
    by = Actor.system()
    centres = open_centres(by)
    users = open_users(by, today)
    take(REAL, centres["ess-demo"])
    affiliate_mapped(by, centres["ess-demo"])
    _mapping(by, centres["ess-demo"], users, today)
    history = with_sample(enterprises())
    past = {"Lima": users["teresa"], "Huancayo": users["hugo"]}
    _clients(
        by, folder / "clientes_ficticios_cat.csv", take, centres["cat-demo"], history, past, today
    )
    played = build_history(by, centres["cat-demo"], history, past)
    here = {"Huancayo": users["ana"]}
    now = live.enterprises(today)
    _clients(by, folder / "clientes_ficticios_hoy.csv", take, centres["cat-hoy"], now, here, today)
    open_today = _live(by, centres["cat-hoy"], now, here | {"specialist": users["pablo"]}, today)
    leave_undecided(folder, take, centres, users, now, today)
    _entrepreneur(by, by_number(centres["cat-hoy"])[live.WITH_ACCOUNT], today)
    return {"users": len(users), "organisations": Organisation.objects.live().count(), **played,
            "open_cases": open_today}  # fmt: skip


def _mapping(by: Actor, centre: Centre, users: dict[str, User], today: date) -> None:
    """The real mapping of 2018, and a fictitious campaign that goes on."""
    list_mapped(by, centre, today)
    begin_campaign(by, centre, users, today)
    register_itself(by, centre, today)
    interview_all(centre, users["marta"], users["elena"], today)


def _clients(
    by: Actor, path: Path, take: Import, centre: Centre, made: Sequence[Enterprise],
    who: dict[str, User], today: date,
) -> None:  # fmt: skip
    take(client_list(path, made), centre)
    complete(by, centre, made, who, today)


@transaction.atomic
def _live(
    by: Actor, centre: Centre, made: Sequence[Enterprise], who: dict[str, User], today: date
) -> int:  # fmt: skip
    office = open_office(by, centre, who, range(today.year - 5, today.year + 1))
    own = {"user": who["specialist"]}
    change_specialist(by=by, specialist=office.accredited[0], fields=own)
    return len(live.open_cases(office, made, today))


@transaction.atomic
def _entrepreneur(by: Actor, organisation: Organisation, today: date) -> None:
    """The owner of one live enterprise signs in too: rosa."""
    person = Person.objects.get(roles__organisation=organisation)
    user = create_user(by=by, username="rosa", password=PASSWORD, full_name=person.name,
                       must_change_password=False, is_entrepreneur=True, is_fictitious=True)  # fmt: skip
    role = Role.objects.get(code="entrepreneur")
    grant_membership(by=by, user=user, role=role, on=today, centre=organisation.centre)
    link_account(by=by, person=person, user=user)

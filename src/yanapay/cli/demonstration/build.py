"""Filling an installation: everything goes through the importer and the actions that people use."""

import csv
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from yanapay.accounts.actions.users import create_user
from yanapay.accounts.models import Role, User
from yanapay.audit.rules import Actor
from yanapay.centres.actions.memberships import grant_membership
from yanapay.centres.actions.organisation import create_centre, create_institution
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.profile import Enterprise, enterprises
from yanapay.directory.actions.attributes import add_formality
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.observations import observe
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.actions.persons import affiliate, change_person, link_account
from yanapay.directory.models import Organisation, Person

Import = Callable[[Path, Centre], None]
REAL = Path(__file__).parents[2] / "directory/data/ess_organisations.csv"
PASSWORD = "yanapay-demo-2026"  # noqa: S105  demo users refuse to exist outside the demo
CAST = (
    ("ana", "Ana Huamán Quispe", "promoter", "cat-demo"),
    ("beto", "Beto Rojas Inga", "coordinator", "cat-demo"),
    ("carla", "Carla Mendoza Solís", "promoter", "ess-demo"),
    ("elena", "Elena Paz Oré", "coordinator", "ess-demo"),
    ("diego", "Diego Salas Vera", "admin", ""),
    ("lucia", "Lucía Ríos Cano", "readonly", "cat-demo"),
)


def build(folder: Path, take: Import, today: date) -> dict[str, int]:
    """Create centres and users, import the real and the fictitious file, add what files do not carry.

    ``take(path, centre)`` imports a file; ``folder`` receives the fictitious client list, so that it can be
    tried in the browser too. Returns how many of each there are.
    """
    by = Actor.system()
    mapping, support = _centres(by)
    users = _users(by, today)
    take(REAL, mapping)
    made = enterprises()
    take(_client_list(folder, made), support)
    _complete(by, support, made, users)
    return {"users": len(users), "organisations": Organisation.objects.live().count()}


@transaction.atomic
def _centres(by: Actor) -> tuple[Centre, Centre]:
    network = create_institution(
        by=by, name="Red de economía solidaria (demostración)", acronym="ESS"
    )
    support = create_institution(
        by=by, name="Instituto ficticio de apoyo a la empresa", acronym="CAT"
    )
    return (
        create_centre(
            by=by, institution=network, code="ess-demo", name="Mapeo ESS del Perú (demostración)"
        ),
        create_centre(
            by=by,
            institution=support,
            code="cat-demo",
            name="CAT Lima-Huancayo (ficticio)",
            is_fictitious=True,
        ),
    )


@transaction.atomic
def _users(by: Actor, today: date) -> dict[str, User]:
    centres = {centre.code: centre for centre in Centre.objects.all()}
    users = {}
    for username, full_name, role, code in CAST:
        user = create_user(by=by, username=username, password=PASSWORD, full_name=full_name,
                           must_change_password=False, is_fictitious=True)  # fmt: skip
        grant_membership(
            by=by, user=user, role=Role.objects.get(code=role), on=today, centre=centres.get(code)
        )
        users[username] = user
    return users


def _client_list(folder: Path, made: Iterable[Enterprise]) -> Path:
    """The fictitious clients as the spreadsheet that a centre would bring."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "clientes_ficticios_cat.csv"
    rows = [_row(enterprise) for enterprise in made]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _row(enterprise: Enterprise) -> dict[str, object]:
    return {
        "source_id": f"CAT-{enterprise.number:04d}", "name": enterprise.name, "kind": "empresa",
        "ubigeo": enterprise.district, "activity": enterprise.activity, "start_year": enterprise.started,
        "phone": f"900 {enterprise.number:03d} 000", "workers": enterprise.women + enterprise.men,
        "workers_women": enterprise.women, "workers_men": enterprise.men, "annual_sales": enterprise.sales,
        "currency": "PEN", "observed_on": enterprise.seen_on.isoformat(), "owner_name": enterprise.owner,
        "owner_sex": enterprise.owner_sex, "owner_document": f"990{enterprise.number:05d}",
    }  # fmt: skip


@transaction.atomic
def _complete(
    by: Actor, centre: Centre, made: Iterable[Enterprise], users: dict[str, User]
) -> None:
    """What a client list does not carry: the second visit, schooling, formality, consent, the network."""
    found = Organisation.objects.filter(centre=centre).select_related("provenance")
    by_key = {organisation.provenance.source_key: organisation for organisation in found}
    network = None
    for enterprise in made:
        organisation = by_key[f"CAT-{enterprise.number:04d}"]
        _visit(by, organisation, enterprise)
        _marks(by, organisation, enterprise)
        _owner(by, organisation, enterprise)
        if enterprise.number % 9 == 1:
            change_organisation(
                by=by, organisation=organisation, fields={"responsible": users["ana"]}
            )
        if enterprise.activity == "0149":
            network = network or organisation
            if network.pk != organisation.pk:
                affiliate(by=by, member=organisation, network=network, since=enterprise.seen_on)


def _visit(by: Actor, organisation: Organisation, enterprise: Enterprise) -> None:
    """The visit a year later: figures that the first list did not have, and a little growth."""
    women, men = enterprise.women + (enterprise.number % 4 == 0), enterprise.men
    stable = {"women_stable": women, "men_stable": men} if enterprise.stable else {
        "women_unstable": women, "men_unstable": men,
    }  # fmt: skip
    figures = {
        "observed_on": enterprise.seen_on + timedelta(days=365), "workers": women + men, "workers_women": women,
        "workers_men": men, **stable, "annual_sales": enterprise.sales * (100 + enterprise.number % 23),
        "assets": enterprise.assets and enterprise.assets * 347, "hours_per_week": enterprise.hours,
        "equipment": enterprise.equipment and enterprise.equipment * 347, "currency": "PEN",
        "market_local": 100 - enterprise.number % 40, "source": "visita de seguimiento (ficticia)",
    }  # fmt: skip
    observe(by=by, organisation=organisation, figures=figures)


def _marks(by: Actor, organisation: Organisation, enterprise: Enterprise) -> None:
    for mark, has in (("brand", enterprise.has_brand), ("sanitary", enterprise.has_sanitary)):
        if has:
            add_formality(
                by=by, organisation=organisation, mark=mark, obtained_on=enterprise.seen_on
            )


def _owner(by: Actor, organisation: Organisation, enterprise: Enterprise) -> None:
    person = Person.objects.get(roles__organisation=organisation)
    fields = {
        "education": enterprise.education,
        "birth_year": enterprise.seen_on.year - enterprise.age,
    }
    change_person(by=by, person=person, fields=fields)
    give_consent(by=by, about=person, purpose="service", text_version="2003-1", given_on=enterprise.seen_on,
                 channel="paper")  # fmt: skip
    if enterprise.number == 1:
        user = create_user(by=by, username="rosa", password=PASSWORD, full_name=person.name,
                           must_change_password=False, is_entrepreneur=True, is_fictitious=True)  # fmt: skip
        grant_membership(by=by, user=user, role=Role.objects.get(code="entrepreneur"), on=enterprise.seen_on,
                         centre=organisation.centre)  # fmt: skip
        link_account(by=by, person=person, user=user)

"""The centres of the demonstration and the people who sign in to it."""

from datetime import date

from django.db import transaction

from yanapay.accounts.actions.users import create_user
from yanapay.accounts.models import Role, User
from yanapay.audit.rules import Actor
from yanapay.centres.actions.memberships import grant_membership
from yanapay.centres.actions.organisation import create_centre, create_institution
from yanapay.centres.models import Centre

PASSWORD = "yanapay-demo-2026"  # noqa: S105  demo users refuse to exist outside the demo
CAST = (
    ("ana", "Ana Huamán Quispe", "promoter", ("cat-hoy", "cat-demo")),
    ("beto", "Beto Rojas Inga", "coordinator", ("cat-hoy", "cat-demo")),
    ("pablo", "Pablo Ticse Rivas", "specialist", ("cat-hoy",)),
    ("carla", "Carla Mendoza Solís", "promoter", ("ess-demo",)),
    ("elena", "Elena Paz Oré", "coordinator", ("ess-demo",)),
    ("marta", "Marta Soto Ccama", "mapper", ("ess-demo",)),
    ("diego", "Diego Salas Vera", "admin", ()),
    ("lucia", "Lucía Ríos Cano", "readonly", ("cat-demo",)),
)
FORMER = (("teresa", "Teresa Alva Rojas"), ("hugo", "Hugo Meza Ccanto"))  # promoters of the history


@transaction.atomic
def open_centres(by: Actor) -> dict[str, Centre]:
    """The mapping network with its real organisations, and a fictitious institute with two centres."""
    network = create_institution(
        by=by, name="Red de economía solidaria (demostración)", acronym="ESS"
    )
    institute = create_institution(
        by=by, name="Instituto ficticio de apoyo a la empresa", acronym="CAT"
    )
    made = [
        create_centre(by=by, institution=network, code="ess-demo", name="Mapeo ESS del Perú (demostración)"),
        create_centre(by=by, institution=institute, code="cat-demo",
                      name="CAT Lima-Huancayo 1999-2004 (ficticio)", is_fictitious=True),
        create_centre(by=by, institution=institute, code="cat-hoy", name="CAT Huancayo (ficticio)",
                      is_fictitious=True),
    ]  # fmt: skip
    return {centre.code: centre for centre in made}


@transaction.atomic
def open_users(by: Actor, today: date) -> dict[str, User]:
    """The cast of today, and the two promoters of the history, who have left."""
    centres = {centre.code: centre for centre in Centre.objects.all()}
    users = {}
    for username, full_name, role, codes in CAST:
        users[username] = _user(by, username, full_name)
        held = Role.objects.get(code=role)
        places: list[Centre | None] = [centres[code] for code in codes]
        for place in places or [None]:
            grant_membership(by=by, user=users[username], role=held, on=today, centre=place)
    for username, full_name in FORMER:
        users[username] = _user(by, username, full_name)
    return users


def _user(by: Actor, username: str, full_name: str) -> User:
    return create_user(by=by, username=username, password=PASSWORD, full_name=full_name,
                       must_change_password=False, is_fictitious=True)  # fmt: skip

"""Two centres and the people of every story: Ana, Beto, Carla and Diego."""

from dataclasses import dataclass
from datetime import date

from tests.factories.accounts import OPERATOR, make_account, make_role

from yanapay.accounts.models import User
from yanapay.centres.actions import create_centre, create_institution, grant_membership
from yanapay.centres.models import Centre, Institution

LONG_AGO = date(2020, 1, 1)


def make_centre(code: str = "huancayo") -> Centre:
    """The centre of that code, opened once."""
    if found := Centre.objects.filter(code=code).first():
        return found
    institution = Institution.objects.first() or create_institution(by=OPERATOR, name="Wiñay")
    return create_centre(
        by=OPERATOR, institution=institution, code=code, name=f"CAT {code.title()}"
    )


def make_member(username: str, role: str, centre: Centre | None, full_name: str = "") -> User:
    """Somebody with one role, held since long ago."""
    fields = {"full_name": full_name or username.title(), "email": f"{username}@example.org"}
    user = make_account(username, is_entrepreneur=role == "entrepreneur", **fields)
    grant_membership(by=OPERATOR, user=user, role=make_role(role), centre=centre, on=LONG_AGO)
    return user


@dataclass(frozen=True)
class Cast:
    """Ana (promoter) and Beto (coordinator) of Huancayo, Carla (promoter) of Ayacucho, Diego (admin)."""

    huancayo: Centre
    ayacucho: Centre
    ana: User
    beto: User
    carla: User
    diego: User


def make_cast() -> Cast:
    huancayo, ayacucho = make_centre("huancayo"), make_centre("ayacucho")
    return Cast(
        huancayo,
        ayacucho,
        ana=make_member("ana", "promoter", huancayo, "Ana Quispe Rojas"),
        beto=make_member("beto", "coordinator", huancayo, "Beto Huamán"),
        carla=make_member("carla", "promoter", ayacucho, "Carla Ñahui"),
        diego=make_member("diego", "admin", None, "Diego Páucar"),
    )

"""The mapping in the demonstration: the printed mapping as external entries, and a campaign under way.

The organisations of 2018 are real; the campaign, whom it visits and who registers are fictitious and marked so.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.models import Organisation
from yanapay.mapping.actions.entries import list_external
from yanapay.mapping.actions.interviews import assign, move_interview, propose_interview
from yanapay.mapping.actions.proposals import propose
from yanapay.mapping.choices import InterviewState, Source
from yanapay.places.models import Area
from yanapay.surveys.models import Instrument

SOURCE = "Mapeo de la ESS del Perú (GRESP, 2018)"
PUBLISHED_ON = date(2018, 6, 8)
NEW_ONES = (  # whom to visit, district, who goes, in how many days
    ("Asociación de Tejedoras Sumaq Ruway (ficticia)", "050101", "marta", 12),
    ("Cooperativa Agraria Valle Verde de Satipo (ficticia)", "120601", "marta", 20),
    ("Banco Comunal Las Retamas (ficticio)", "120114", "marta", 6),
    ("Feria Agroecológica de Barranco Chico (ficticia)", "150104", "carla", 9),
    ("Red de Ollas Solidarias de Villa María (ficticia)", "150143", "carla", 15),
    ("Taller de Cerámica Achiote (ficticio)", "200101", "", 0),
    ("Apicultores Unidos de la Quebrada (ficticia)", "080101", "", 0),
    ("Comedor Popular Nueva Esperanza (ficticio)", "150132", "", 0),
    ("Asociación de Turismo Vivencial Laguna Clara (ficticia)", "210101", "", 0),
    ("Reciclaje con Causa (ficticia)", "040101", "", 0),
)
DROPPED = "Reciclaje con Causa (ficticia)"
REGISTERED: Mapping[str, object] = {
    "name": "Huertos de Altura (ficticia)", "kind": "productores", "area": "120114",
    "phone": "964000321", "website": "huertosdealtura.example", "start_year": 2019,
    "description": "Doce familias que siembran papa nativa y hortalizas sin agroquímicos.",
    "products": "Papa nativa, quinua, hortalizas en canasta semanal",
}  # fmt: skip


@transaction.atomic
def list_mapped(by: Actor, centre: Centre, today: date) -> int:
    """Show the organisations of the printed mapping as what they are: taken from a cited source."""
    found = Organisation.objects.live().filter(centre=centre).by_name()
    for organisation in found.select_related("area", "centre"):
        list_external(
            by=by, organisation=organisation, source=SOURCE, source_date=PUBLISHED_ON, on=today
        )
    return len(found)


@transaction.atomic
def begin_campaign(by: Actor, centre: Centre, users: Mapping[str, User], today: date) -> int:
    """Some ten visits planned, half of them assigned, one given up; how many."""
    form = Instrument.objects.get(form_id="ess")
    for name, district, who, days in NEW_ONES:
        interview = propose_interview(
            by=by, centre=centre, instrument=form, name=name, is_fictitious=True,
            area=Area.objects.get(code=district), contact="964000321 (número ficticio)",
        )  # fmt: skip
        if who:
            assign(
                by=by, interview=interview, interviewer=users[who], due_on=today + timedelta(days)
            )
        if name == DROPPED:
            move_interview(by=by, interview=interview, state=InterviewState.DROPPED, on=today,
                           reason="Se mudó y nadie sabe adónde")  # fmt: skip
    return len(NEW_ONES)


@transaction.atomic
def register_itself(by: Actor, centre: Centre, today: date) -> None:
    """An organisation that nobody knew yet wrote through the public page."""
    propose(
        by=by, centre=centre, organisation=None, source=Source.REGISTRATION, proposed=REGISTERED, on=today,
        consents=["service", "public"], is_fictitious=True,
        contact={"name": "Yeni Rojas (ficticia)", "reach": "964000321", "text": "public-2026-1"},
    )  # fmt: skip

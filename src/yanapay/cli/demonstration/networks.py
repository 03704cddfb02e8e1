"""The memberships that the mapping of 2018 states between its own organisations; no others are invented."""

from datetime import date

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.actions.persons import affiliate
from yanapay.directory.models import Organisation

TABLE, TEXT = "Mapeo 2018, cuadros de 3.1", "Mapeo 2018, capítulo 3.3"
STATED = (
    ("Foro Salud", "Mesa de Protección Social", None, TABLE),
    ("Grupo Red de Economía Solidaria del Perú", "Mesa de Protección Social", None, TABLE),
    ("Juventud Obrera Cristiana", "Mesa de Protección Social", None, TABLE),
    ("Asociación Nacional de Periodistas", "Mesa de Protección Social", None, TABLE),
    ("Género y Economía (integrante de la Marcha Mundial de Mujeres)", "Marcha Mundial de Mujeres", None,
     TABLE),
    ("Filomena Tomaira", "Red Uniendo Manos", None, TABLE),
    ("Consumidores por el Desarrollo", "Grupo Red de Economía Solidaria del Perú", date(2007, 1, 1), TEXT),
    ("GIES Cusco", "Grupo Red de Economía Solidaria del Perú", None, TEXT),
)  # fmt: skip


@transaction.atomic
def affiliate_mapped(by: Actor, centre: Centre) -> int:
    """Put the organisations of the mapping into their networks; how many memberships there are."""
    held = {one.name: one for one in Organisation.objects.live().filter(centre=centre)}
    for member, network, since, evidence in STATED:
        affiliate(by=by, member=held[member], network=held[network], since=since, evidence=evidence)
    return len(STATED)

"""What waits for a decision in the live centre: a list brought again, a list of others, a file asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.centres.models import Centre
from yanapay.centres.queries import scope_of
from yanapay.cli.demonstration.clients import Import, by_number, client_list, phone, spreadsheet
from yanapay.cli.demonstration.profile import Enterprise
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.actions.sharing import ask_for_sharing
from yanapay.directory.models import Organisation
from yanapay.linkage.tasks import search

CORRECTED, ASKED_FOR = 1005, 1004
NEW_PHONE = "964 000 118"
# Who stood at the fair, as its organisers wrote them down.
FAIR: Mapping[int, Mapping[str, str]] = {
    1011: {"name": "DULCERIA CAPULI", "owner_name": "Lazarte Huarocc, Rosaura"},
    1014: {"name": "Queseria Flor d Alfalfa", "owner_name": "Rosaura Matosala Paucarpura"},
    1017: {"name": "Golozinas Dos Comadres", "owner_name": "Petronila Peñaloz"},
}
PURPOSE = "La visitamos con el mapeo en enero: queremos leer su ficha para no preguntar dos veces lo mismo."


def leave_undecided(
    folder: Path, take: Import, centres: Mapping[str, Centre], users: Mapping[str, User],
    made: Sequence[Enterprise], today: date,
) -> None:  # fmt: skip
    """Fill the queues of duplicates, of proposals of imports and of sharing as an office fills them."""
    centre, clients = centres["cat-hoy"], by_number(centres["cat-hoy"])
    _correct(clients[CORRECTED], users["ana"], today)
    take(client_list(folder / "clientes_ficticios_hoy_2.csv", _told_later(made)), centre)
    take(_fair(folder / "feria_ficticia.csv", made), centre)
    search(by=scope_of(users["beto"], today).actor(centre.pk), centre=centre)
    _ask(clients[ASKED_FOR], centres["ess-demo"], users["elena"], today)


@transaction.atomic
def _correct(organisation: Organisation, promoter: User, today: date) -> None:
    by = scope_of(promoter, today).actor(organisation.centre_id)
    fields = {"private_phone": NEW_PHONE, "start_year": (organisation.start_year or today.year) - 1}
    change_organisation(by=by, organisation=organisation, fields=fields)


def _told_later(made: Sequence[Enterprise]) -> list[Enterprise]:
    """The same list a month later: it says another year of the enterprise that the promoter corrected."""
    return [replace(e, started=(e.started or 0) + 2) if e.number == CORRECTED else e for e in made]


def _fair(path: Path, made: Sequence[Enterprise]) -> Path:
    """The list of a fair: no keys, no documents, names as somebody typed them."""
    stood = [enterprise for enterprise in made if enterprise.number in FAIR]
    return spreadsheet(path, [
        {"kind": "empresa", "ubigeo": e.district, "phone": phone(e), **FAIR[e.number]} for e in stood
    ])  # fmt: skip


def _ask(organisation: Organisation, centre: Centre, coordinator: User, today: date) -> None:
    by = scope_of(coordinator, today).actor(centre.pk)
    ask_for_sharing(
        by=by, organisation=organisation, centre=centre, asked_by=coordinator, purpose=PURPOSE
    )

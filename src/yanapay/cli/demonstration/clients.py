"""Fictitious clients: a spreadsheet through the importer, then what spreadsheets do not carry."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.profile import Enterprise
from yanapay.directory.actions.attributes import add_formality
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.observations import observe
from yanapay.directory.actions.organisations import change_organisation, create_organisation
from yanapay.directory.actions.persons import affiliate, change_person
from yanapay.directory.models import Organisation, Person

Import = Callable[[Path, Centre], None]
BEES = "0149"  # ISIC Rev. 4: raising of other animals


def by_number(centre: Centre) -> dict[int, Organisation]:
    """The clients of a centre by the number that their key ends in ("CAT-0007")."""
    listed = Organisation.objects.filter(centre=centre, provenance__source_key__startswith="CAT-")
    found = listed.select_related("provenance", "area")
    return {int((o.provenance.source_key or "").rpartition("-")[2]): o for o in found}


def client_list(path: Path, made: Iterable[Enterprise]) -> Path:
    """The fictitious clients as the spreadsheet that a centre would bring."""
    return spreadsheet(path, [_row(enterprise) for enterprise in made])


def spreadsheet(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A CSV file of rows that have the same columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def phone(enterprise: Enterprise) -> str:
    """A number of nine digits like those of mobile telephones, of nobody's range."""
    return f"9{enterprise.number:05d}000"


def _row(enterprise: Enterprise) -> dict[str, object]:
    return {
        "source_id": f"CAT-{enterprise.number:04d}", "name": enterprise.name, "kind": "empresa",
        "ubigeo": enterprise.district, "activity": enterprise.activity, "start_year": enterprise.started,
        "phone": phone(enterprise), "workers": enterprise.women + enterprise.men,
        "workers_women": enterprise.women, "workers_men": enterprise.men, "annual_sales": enterprise.sales,
        "currency": "PEN", "observed_on": enterprise.seen_on.isoformat(), "owner_name": enterprise.owner,
        "owner_sex": enterprise.owner_sex, "owner_document": f"990{enterprise.number:05d}",
    }  # fmt: skip


@transaction.atomic
def complete(
    by: Actor,
    centre: Centre,
    made: Iterable[Enterprise],
    responsible: Mapping[str, User],
    today: date,
) -> None:
    """What a client list does not carry: the second visit, schooling, formality, consent, the network.

    ``responsible`` answers for every ninth enterprise of their zone.
    """
    organisations, network = by_number(centre), None
    for enterprise in made:
        organisation = organisations[enterprise.number]
        _visit(by, organisation, enterprise, today)
        _marks(by, organisation, enterprise)
        _owner(by, organisation, enterprise)
        if enterprise.number % 9 == 1:
            fields = {"responsible": responsible[enterprise.zone]}
            change_organisation(by=by, organisation=organisation, fields=fields)
        if enterprise.activity == BEES:
            network = network or _association(by, organisation)
            affiliate(by=by, member=organisation, network=network, since=enterprise.seen_on)


def _association(by: Actor, first: Organisation) -> Organisation:
    """The bee-keepers around the first of them have one."""
    place = first.area.name if first.area else ""
    fields = {
        "name": f"Asociación de Apicultores de {place} (ficticia)", "kind": "productores", "area": first.area,
        "is_fictitious": True,
    }  # fmt: skip
    return create_organisation(by=by, centre=first.centre, fields=fields)


def _visit(by: Actor, organisation: Organisation, enterprise: Enterprise, today: date) -> None:
    """The visit a year later, or today: figures that the first list did not have, and a little growth."""
    women, men = enterprise.women + (enterprise.number % 4 == 0), enterprise.men
    stable = {"women_stable": women, "men_stable": men} if enterprise.stable else {
        "women_unstable": women, "men_unstable": men,
    }  # fmt: skip
    figures = {
        "observed_on": min(enterprise.seen_on + timedelta(days=365), today), "workers": women + men,
        "workers_women": women, "workers_men": men, **stable,
        "annual_sales": enterprise.sales * (100 + enterprise.number % 23),
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
        "education": enterprise.education, "birth_year": enterprise.seen_on.year - enterprise.age,
    }  # fmt: skip
    change_person(by=by, person=person, fields=fields)
    give_consent(by=by, about=person, purpose="service", text_version="2003-1", given_on=enterprise.seen_on,
                 channel="paper")  # fmt: skip

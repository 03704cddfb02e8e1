"""``yanapay init`` and ``yanapay demo``: from an empty directory to a filled installation."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from yanapay.accounts.actions.roles import load_roles
from yanapay.accounts.models import User
from yanapay.audit.rules import Actor
from yanapay.base.backups import dumps
from yanapay.centres.actions.organisation import create_centre, create_institution
from yanapay.centres.models import Centre
from yanapay.cli.demonstration.build import CAST, PASSWORD, build
from yanapay.cli.language import translate
from yanapay.directory import exchange
from yanapay.directory.actions.attributes import load_terms
from yanapay.kernel.errors import RuleBroken
from yanapay.places.actions import load_reference
from yanapay.quality.actions.formats import load_formats
from yanapay.roster.actions.catalogue import load_requirements, load_technologies
from yanapay.surveys.actions.shipped import load_shipped

Step = tuple[str, Callable[[], object]]


@click.command(help=translate("Create or upgrade the database and load reference data."))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def init(as_json: bool) -> None:
    done = prepare()
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
    else:
        click.echo(translate("Ready: {home}").format(home=settings.YANAPAY_HOME))


def load_all(by: Actor) -> dict[str, object]:
    """The reference data of this release; twice changes nothing."""
    return {
        "roles": load_roles(by=by),
        "places": load_reference(by=by)._asdict(),
        "terms": load_terms(by=by),
        "formats": load_formats(by=by),
        "requirements": load_requirements(by=by),
        "technologies": load_technologies(by=by),
        "forms": load_shipped(by=by),
    }


def prepare() -> dict[str, object]:
    """Bring database, reference data and static files to this release; twice changes nothing."""
    settings.YANAPAY_HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    by = Actor.system()
    done = load_all(by) | {"centre": _first_centre(by)}
    call_command("collectstatic", verbosity=0, interactive=False)
    return done


def _first_centre(by: Actor) -> str:
    """An office starts with one centre of its own; a demonstration brings others."""
    if settings.YANAPAY_MODE != "demo" and not Centre.objects.exists():
        institution = create_institution(by=by, name=translate("Our institution"))
        name = translate("Main centre")
        create_centre(by=by, institution=institution, code="principal", name=name)
    return Centre.objects.values_list("code", flat=True).order_by("pk").first() or ""


@click.command(help=translate("Fill the database with real and fictitious demo data."))
@click.option(
    "--reset", is_flag=True, help=translate("Throw the demonstration away and start again.")
)
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def demo(reset: bool, as_json: bool) -> None:
    if settings.YANAPAY_MODE != "demo":
        _become_demo()
    if reset:
        _throw_away()
    prepare()
    made = {} if _is_demo() else _fill()
    click.echo(json.dumps(made) if as_json else _cast())


def _become_demo() -> None:
    """An installation that nobody uses yet may become a demonstration, and then stays one."""
    if os.environ.get("YANAPAY_MODE") or (_tables() and User.objects.exists()):
        raise RuleBroken("Demo data exist only in a demonstration: this installation is in use.")
    settings.YANAPAY_HOME.mkdir(parents=True, exist_ok=True)
    (settings.YANAPAY_HOME / "mode").write_text("demo\n")
    settings.YANAPAY_MODE = "demo"


def _fill() -> dict[str, int]:
    if User.objects.exists():
        raise RuleBroken(
            "This installation holds the data of others; a demonstration starts empty."
        )
    return build(settings.YANAPAY_HOME / "demo", _take, timezone.localdate())


def _take(path: Path, centre: Centre) -> None:
    """Take a demonstration file in as an operator does; a row that is refused is a bug of ours."""
    by = Actor.operator(centre.pk, centre.name)
    batch = exchange.stage(path, centre=centre, by=by, today=exchange.today_at(centre))
    if batch.counts["rejected"]:
        raise RuleBroken("A row of the demonstration was rejected.")
    exchange.load(batch, by=by)


def _is_demo() -> bool:
    return User.objects.filter(is_fictitious=True).exists()


def _throw_away() -> None:
    """Remove database and files of a demonstration. Refuses anything else."""
    if _tables() and User.objects.exists() and not _is_demo():
        raise RuleBroken("This installation is not a demonstration: nothing was removed.")
    dumps.clear()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _tables() -> bool:
    return "accounts_user" in connection.introspection.table_names()


def _cast() -> str:
    """Who may sign in to the demonstration."""
    head = translate("Demo users, all with the password {password}:").format(password=PASSWORD)
    people = "\n".join(f"  {name:<8} {full_name} ({role})" for name, full_name, role, _ in CAST)
    return f"{head}\n{people}"

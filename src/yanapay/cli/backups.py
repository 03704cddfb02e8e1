"""``yanapay backup`` and ``yanapay restore``."""

import json
import shutil
import tempfile
from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone

from yanapay import __version__
from yanapay.accounts.models import User
from yanapay.audit.queries import count_events, verify
from yanapay.base.backups import dumps
from yanapay.base.backups.archive import Manifest, pack, unpacked
from yanapay.cli.language import translate
from yanapay.cli.site import prepare
from yanapay.directory.models import Organisation, Person
from yanapay.kernel.errors import RuleBroken

Figures = dict[str, int]


@click.command(help=translate("Write a backup while the site is running."))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def backup(path: Path, as_json: bool) -> None:
    figures = _figures()
    manifest = Manifest(
        engine=connection.vendor, made_at=timezone.now().isoformat(), version=__version__,
        schema=dumps.schema_of_database(),
    )  # fmt: skip
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix="backup-") as folder:
        dumps.dump(Path(folder))
        pack(Path(folder), settings.MEDIA_ROOT, manifest, path.resolve())
    _tell(translate("Backup written: {path}"), path, figures, as_json)


@click.command(help=translate("Restore a backup into an empty installation."))
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def restore(path: Path, as_json: bool) -> None:
    settings.YANAPAY_HOME.mkdir(parents=True, exist_ok=True)
    _refuse_unless_empty()
    with unpacked(path, settings.YANAPAY_HOME) as (folder, manifest):
        _refuse_misfit(manifest)
        dumps.load(folder / "database", manifest.schema)
        if (folder / "files").exists():
            shutil.move(folder / "files", settings.MEDIA_ROOT)
    prepare()
    if broken := verify():
        raise RuleBroken("Restored, but the audit trail does not verify: {broken}", broken=broken)
    _tell(translate("Restored from {path}; the audit trail verifies."), path, _figures(), as_json)


def _refuse_unless_empty() -> None:
    """Nobody's work may be replaced: no users, no organisations, no files."""
    tables = connection.introspection.table_names()
    used = "accounts_user" in tables and (User.objects.exists() or Organisation.objects.exists())
    if used or any(settings.MEDIA_ROOT.glob("**/*")):
        raise RuleBroken("This installation is not empty; restore into a new YANAPAY_HOME.")
    if settings.MEDIA_ROOT.exists():
        shutil.rmtree(settings.MEDIA_ROOT)


def _refuse_misfit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise RuleBroken(
            "The backup is of {theirs}, this installation is on {ours}; set DATABASE_URL.",
            theirs=manifest.engine, ours=connection.vendor,
        )  # fmt: skip
    if unknown := dumps.unknown_migrations(manifest.schema):
        raise RuleBroken(
            "A later release made this backup; upgrade first ({unknown}).", unknown=unknown[0]
        )


def _figures() -> Figures:
    """What must be the same after a restore."""
    return {
        "users": User.objects.count(),
        "organisations": Organisation.objects.count(),
        "persons": Person.objects.count(),
        "events": count_events(),
    }


def _tell(sentence: str, path: Path, figures: Figures, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"path": str(path), **figures}))
        return
    click.echo(sentence.format(path=path))
    click.echo(", ".join(f"{translate(name)}: {count}" for name, count in figures.items()))

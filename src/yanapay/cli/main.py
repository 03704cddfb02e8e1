"""The ``yanapay`` command: names of commands and where they live. Each is loaded only when called."""

import importlib
import os
import sys
from typing import Any, NamedTuple

import click

from yanapay.base.storage import is_unwritable
from yanapay.cli.language import say, speak, translate
from yanapay.kernel.errors import YanapayError

_UNWRITABLE = translate(
    "The disk is full or cannot be written: {error}. What was there is unharmed. "
    "Make room, or make the folder of the installation writable, and run the command again."
)


class Target(NamedTuple):
    """Where a command lives (``module:name`` below ``yanapay.cli``), what it is for, what it needs."""

    where: str
    summary: str
    needs_django: bool = True


COMMANDS = {
    "init": Target(
        "site:init", translate("Create or upgrade the database and load reference data.")
    ),
    "demo": Target("site:demo", translate("Fill the database with real and fictitious demo data.")),
    "serve": Target("serving:serve", translate("Serve the site, with its worker.")),
    "worker": Target("serving:worker", translate("Run background work only.")),
    "import": Target("imports:import_group", translate("Take files in.")),
    "export": Target("exports:export_group", translate("Write files out.")),
    "forms": Target(
        "forms_answers:forms", translate("Forms for the field: upload, devices, answers.")
    ),
    "classify": Target(
        "classify:classify", translate("Tell the size class of enterprises."), needs_django=False
    ),
    "report": Target("reports:report", translate("Compute a report.")),
    "tables": Target(
        "tables:tables", translate("Count needs, answers, cooperatives, networks by any group.")
    ),
    "duplicates": Target("duplicates:duplicates", translate("Find, merge and unmerge duplicates.")),
    "audit": Target("audit:audit", translate("Prove the audit trail.")),
    "user": Target("users:user", translate("Create users.")),
    "token": Target("users:token", translate("Create access tokens for programs.")),
    "backup": Target("backups:backup", translate("Write a backup while the site is running.")),
    "restore": Target("backups:restore", translate("Restore a backup into an empty installation.")),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is used, so that small commands answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        target = COMMANDS[cmd_name]
        if target.needs_django:
            importlib.import_module("yanapay.cli.setup").start_django()
        module, _, name = target.where.partition(":")
        command: click.Command = getattr(importlib.import_module(f"yanapay.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(translate("Commands")):
            formatter.write_dl([(name, target.summary) for name, target in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    help=translate(
        "Yanapay: know whom you serve, help them in an orderly way, prove what changed."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="yanapay", help=translate("Show the version and exit."))
def cli(**_: Any) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanapay.config.settings")


def main() -> None:
    """Run a command: 0 all done, 1 done in part, 2 not done; never a traceback for bad input."""
    speak()
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        _stop(translate("Stopped."))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except YanapayError as error:
        _stop(say(error.message))
    except Exception as error:
        sentence = _sentence(error)
        if not sentence:
            raise
        _stop(sentence.format(error=error))


def _sentence(error: Exception) -> str:
    """What to tell of a fault that is not the program's; nothing for one that is."""
    if _is_refused_by_the_database(error):
        return translate("The database does not take this value: {error}")
    if is_unwritable(error):
        return _UNWRITABLE
    if _is_fault_of_the_machine(error):
        return translate("The computer refused: {error}")
    return ""


def _is_fault_of_the_machine(error: Exception) -> bool:
    """A full or read-only disk, a busy port, a database that does not answer (sqlite3's, psycopg, Django)."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return bool(kinds & {"OSError", "OperationalError"})


def _is_refused_by_the_database(error: Exception) -> bool:
    """A number, a text or a combination that no table can hold."""
    return any(kind.__name__ in {"DataError", "IntegrityError"} for kind in type(error).__mro__)


def _stop(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()

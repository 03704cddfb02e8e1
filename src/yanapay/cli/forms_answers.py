"""``yanapay forms device`` and ``submissions``: addresses for telephones, and what they sent."""

import json
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import User
from yanapay.accounts.rules import draw_token
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.centres.queries import scope_of
from yanapay.cli.centres import centre_named
from yanapay.cli.forms import form_named, forms
from yanapay.cli.language import language, translate
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.surveys.actions.devices import create_device
from yanapay.surveys.exchange.answers import FORMATS, export_answers
from yanapay.surveys.models import Instrument, Submission
from yanapay.surveys.rules.devices import server_address
from yanapay.surveys.tasks import derive_pending

__all__ = ["forms"]  # the group, with the commands of this module in it


@forms.command("device", help=translate("Create the address of a device and print it, this once."))
@click.option("--user", "username", required=True, help=translate("User in whose name it sends."))
@click.option("--form", help=translate("The only form that it may fetch and send."))
@click.option("--centre", "code", help=translate("Code of the centre that its answers belong to."))
@click.option("--base-url", default="", help=translate("Address of the site, as devices reach it."))
@click.option("--label", default="", help=translate("Name of the device."))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def create(
    username: str, form: str | None, code: str | None, base_url: str, label: str, as_json: bool
) -> None:
    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        raise NotFound("There is no user {name}.", name=username)
    instrument = form_named(form) if form else None
    centre = centre_named(code) if code else _centre_of(user, instrument)
    raw = draw_token()
    made = create_device(
        by=Actor.operator(centre.pk, centre.name), user=user, centre=centre, raw=raw,
        on=timezone.localdate(), label=label, instrument=instrument,
    )  # fmt: skip
    address = server_address(base_url or settings.BASE_URL, raw)
    told = {
        "id": made.pk,
        "user": user.username,
        "centre": centre.code,
        "form": form,
        "url": address,
    }
    click.echo(json.dumps(told) if as_json else address)


@forms.command("submissions", help=translate("Write the answers to a form to a file."))
@click.argument("form")
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True,
              help=translate("The kind of file."))  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help=translate("Where to write."))  # fmt: skip
@click.option("--language", "words", type=click.Choice(["es", "en"]), default=language,
              help=translate("Of the words of csv-labels; else that of the terminal."))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def submissions(form: str, format_name: str, out: Path, words: str, as_json: bool) -> None:
    instrument = form_named(form)
    derive_pending()
    unfinished = out.with_name(f".{out.name}.part")
    try:
        with unfinished.open("wb") as stream, override(words):
            found = Submission.objects.filter(instrument=instrument)
            count = export_answers(instrument, found, format_name, stream)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    said = translate("{n} answers were written to {path}.").format(n=count, path=out)
    click.echo(json.dumps({"rows": count, "path": str(out)}) if as_json else said)


def _centre_of(user: User, instrument: Instrument | None) -> Centre:
    """The centre of the form, else the only one where the user sends answers."""
    if instrument and instrument.centre:
        return instrument.centre
    held = scope_of(user, timezone.localdate()).centres_with(Permission.SURVEYS_SUBMIT)
    active = Centre.objects.filter(is_active=True)
    found = list((active if held is None else active.filter(pk__in=held)).order_by("pk")[:2])
    if not found:
        raise RuleBroken("{user} may not send answers in any centre.", user=user.get_full_name())
    if len(found) > 1:
        raise RuleBroken("Say for which centre.", field="centre")
    return found[0]

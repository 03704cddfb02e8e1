"""``yanapay forms``: upload forms, open and close them."""

import json
from pathlib import Path

import click

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.cli.centres import centre_named
from yanapay.cli.language import say, translate
from yanapay.kernel.errors import NotFound
from yanapay.surveys.actions.instruments import discard, publish, set_state, upload
from yanapay.surveys.choices import FormState
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.rules.xlsform import Finding, UnusableForm, finding

_READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("forms", help=translate("Forms for the field: upload, devices, answers."))
def forms() -> None:
    """Commands below ``yanapay forms``."""


@forms.command("upload", help=translate("Take an XLSForm in, check it, and offer it if asked to."))
@click.argument("file", type=_READABLE)
@click.option(
    "--publish", "wants_publishing", is_flag=True, help=translate("Offer it to devices at once.")
)
@click.option(
    "--media",
    type=_READABLE,
    multiple=True,
    help=translate("A file that the form needs; repeat it."),
)
@click.option(
    "--centre", "code", help=translate("Code of the centre; without it the form is of all centres.")
)
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def upload_form(
    file: Path, wants_publishing: bool, media: tuple[Path, ...], code: str | None, as_json: bool
) -> None:
    centre = centre_named(code) if code else None
    by = _operator(centre)
    try:
        version = upload(
            by=by, centre=centre, name=file.name, content=file.read_bytes(),
            media={one.name: one.read_bytes() for one in media},
        )  # fmt: skip
    except UnusableForm as refused:
        _tell({"form": None, "findings": [_plain(one) for one in refused.findings]}, as_json)
        raise
    if wants_publishing:
        version = publish(by=by, version=version)
    _tell(_told(version), as_json)


@forms.command("state", help=translate("Open a form, let it run out, or close it."))
@click.argument("form")
@click.argument("state", type=click.Choice(["open", "closing", "closed"]))
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def change_state(form: str, state: str, as_json: bool) -> None:
    instrument = form_named(form)
    changed = set_state(by=_operator(instrument.centre), instrument=instrument, state=state)
    shown = {"form": changed.form_id, "state": changed.state}
    said = f"{changed.form_id}: {FormState(changed.state).label}"
    click.echo(json.dumps(shown) if as_json else said)


@forms.command("discard", help=translate("Do away with a draft that was never published."))
@click.argument("form")
@click.argument("version")
@click.option("--json", "as_json", is_flag=True, help=translate("Answer in JSON."))
def discard_draft(form: str, version: str, as_json: bool) -> None:
    instrument = form_named(form)
    draft = instrument.versions.filter(number=version).first()
    if draft is None:
        raise NotFound("There is no version {number} of {form}.", number=version, form=form)
    left = discard(by=_operator(instrument.centre), version=draft)
    shown = {"form": form, "discarded": version, "is_gone": left is None}
    said = translate("{form}: draft {version} discarded.").format(form=form, version=version)
    click.echo(json.dumps(shown) if as_json else said)


def form_named(form_id: str) -> Instrument:
    """The form with this form_id. Raises NotFound with those there are."""
    found = Instrument.objects.select_related("centre", "current").filter(form_id=form_id).first()
    if found is None:
        known = ", ".join(Instrument.objects.values_list("form_id", flat=True)) or "—"
        raise NotFound("There is no form {form}. Forms: {known}.", form=form_id, known=known)
    return found


def _operator(centre: Centre | None) -> Actor:
    return Actor.operator(centre.pk, centre.name) if centre else Actor.operator()


def _told(version: Version) -> dict[str, object]:
    instrument = Instrument.objects.get(pk=version.instrument_id)
    return {
        "form": instrument.form_id, "version": version.number, "state": instrument.state,
        "published": version.published_at is not None, "md5": version.md5, "languages": version.languages,
        "questions": len(version.schema), "validated_by": version.validated_by,
        "findings": [_plain(finding(one)) for one in version.findings],
    }  # fmt: skip


def _plain(found: Finding) -> dict[str, object]:
    return {"severity": found.severity, "code": found.code, "sheet": found.sheet, "row": found.row,
            "column": found.column, "message": say(found.message)}  # fmt: skip


def _tell(told: dict[str, object], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    findings = told["findings"]
    for one in findings if isinstance(findings, list) else []:
        place = " ".join(
            str(part) for part in (one["sheet"], one["row"] or "", one["column"]) if part
        )
        click.echo(f"{one['severity']:<8} {place:<40} {one['message']}", err=True)
    if told["form"]:
        click.echo("{form} {version} {state}".format(**told))

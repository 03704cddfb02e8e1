"""``yanapay user`` and ``yanapay token``: accounts for people, keys for programs."""

import json
import sys

import click
from django.utils import timezone

from yanapay.accounts.actions import create_token
from yanapay.accounts.models import Role, User
from yanapay.accounts.rules import draw_password, draw_token
from yanapay.audit.rules import Actor
from yanapay.centres.actions import admit_user
from yanapay.centres.models import Centre
from yanapay.cli.centres import centre_called
from yanapay.cli.language import language, translate
from yanapay.kernel.errors import NotFound


@click.group(help=translate("Create users."))
def user() -> None: ...


@user.command("create", help=translate("Create a user with a role and print the first password."))
@click.argument("name")
@click.option("--role", required=True, help=translate("Code of the role, as in promoter."))
@click.option(
    "--centre", help=translate("Code of the centre; none for a role that holds everywhere.")
)
@click.option("--email", default="", help=translate("E-mail address."))
@click.option("--full-name", default="", help=translate("Name as colleagues know it."))
@click.option(
    "--password-stdin", is_flag=True, help=translate("Read the password from standard input.")
)
@click.option("--fictitious", is_flag=True, help=translate("A demo user; only in a demo."))
def create(
    name: str, role: str, centre: str | None, email: str, full_name: str,
    password_stdin: bool, fictitious: bool,
) -> None:  # fmt: skip
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else draw_password()
    held = _role(role)
    place = _place(centre, held)
    account = {
        "username": name, "password": password, "full_name": full_name, "email": email,
        "language": language(), "is_fictitious": fictitious,
        "must_change_password": not password_stdin,
    }  # fmt: skip
    admitted = admit_user(
        by=Actor.operator(place.pk if place else None, place.name if place else ""),
        account=account, role=held, centre=place, on=timezone.localdate(),
    )  # fmt: skip
    shown = {"id": admitted.pk, "user": name, "role": role, "centre": place.code if place else None}
    _print(shown if password_stdin else {**shown, "password": password})


@click.group(help=translate("Create access tokens for programs."))
def token() -> None: ...


@token.command("create", help=translate("Create a token and print it, this once."))
@click.option("--user", "username", required=True, help=translate("User in whose name it acts."))
@click.option(
    "--scope", "scopes", multiple=True, required=True, help=translate("As in directory:read.")
)
@click.option("--name", default="", help=translate("What it is for."))
@click.option("--days", type=click.IntRange(min=1), help=translate("Days until it expires."))
def create_access_token(
    username: str, scopes: tuple[str, ...], name: str, days: int | None
) -> None:
    owner = User.objects.filter(username__iexact=username).first()
    if owner is None:
        raise NotFound("There is no user {name}.", name=username)
    raw = draw_token()
    made = create_token(
        by=Actor.operator(), user=owner, raw=raw, scopes=scopes, name=name, days=days
    )
    expires = made.expires_at.isoformat() if made.expires_at else None
    shown = {"id": made.pk, "user": owner.username, "scopes": made.scopes, "expires_at": expires}
    _print({**shown, "token": raw})


def _role(code: str) -> Role:
    if role := Role.objects.filter(code=code).first():
        return role
    known = ", ".join(Role.objects.values_list("code", flat=True)) or "—"
    raise NotFound("There is no role {code}. Roles: {known}.", code=code, known=known)


def _place(code: str | None, role: Role) -> Centre | None:
    """The centre that is named; else the only one there is, and none for a role that holds everywhere."""
    if code:
        return centre_called(code)
    centres = [] if role.everywhere else list(Centre.objects.filter(is_active=True)[:2])
    return centres[0] if len(centres) == 1 else None


def _print(shown: dict[str, object]) -> None:
    click.echo(json.dumps(shown, ensure_ascii=False))

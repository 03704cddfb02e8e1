"""Keys for programs. The raw key is shown once; afterwards only its digest is known."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from yanapay.accounts.access import can_sign_in
from yanapay.accounts.choices import TokenScope
from yanapay.accounts.models import Token, User
from yanapay.accounts.rules import token_digest
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def create_token(
    *,
    by: Actor,
    user: User,
    raw: str,
    scopes: Iterable[str],
    name: str = "",
    days: int | None = None,
) -> Token:
    """Let whoever holds ``raw`` (``rules.draw_token``) act as the user within the scopes."""
    asked = set(scopes)
    if not asked or asked - set(TokenScope.values):
        raise RuleBroken(
            "Choose among: {names}.", field="scopes", names=", ".join(TokenScope.values)
        )
    if not can_sign_in(user):
        raise RuleBroken("This user cannot sign in, so no token can act for them.", field="user")
    token = Token(
        user=user, name=name or ", ".join(sorted(asked)), digest=token_digest(raw),
        scopes=[scope for scope in TokenScope.values if scope in asked],
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )  # fmt: skip
    token.save()
    changes = {"user": user.pk, "scopes": token.scopes, "expires_at": token.expires_at}
    record(by=by, action="token.created", object_type="token", object_id=token.pk, changes=changes)
    return token


@transaction.atomic
def revoke_token(*, by: Actor, token: Token) -> Token:
    """End a token at once; a second time changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        changes = {"user": token.user_id}
        record(
            by=by, action="token.revoked", object_type="token", object_id=token.pk, changes=changes
        )
    return token

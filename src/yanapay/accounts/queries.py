"""Whose token this is; who is meant by a name; the roles that are shipped."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from yanapay.accounts.access import can_sign_in
from yanapay.accounts.models import Token, User
from yanapay.accounts.rules import TOKEN_PREFIX, token_digest
from yanapay.kernel.text import fold, words

_ROLES = Path(__file__).parent / "data/roles.json"
_USE_NOTED_EVERY = timedelta(minutes=10)


def authenticate_token(raw: str) -> Token | None:
    """The valid token with this key and its user, or None. Notes its use every ten minutes."""
    if not raw.startswith(TOKEN_PREFIX):
        return None
    token = Token.objects.valid().select_related("user").filter(digest=token_digest(raw)).first()
    if token is None or not can_sign_in(token.user):
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _USE_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def find_users(users: QuerySet[User], asked: str) -> QuerySet[User]:
    """Those whose name, user name or address holds every word, whatever its case and accents.

    Compared here, because SQLite takes Ñ and ñ for different letters; an office has few users.
    """
    wanted = words(asked)
    fields = users.order_by().values_list("pk", "username", "full_name", "email")
    found = [pk for pk, *texts in fields if all(word in fold(" ".join(texts)) for word in wanted)]
    return users.filter(pk__in=found)


def shipped_roles() -> list[dict[str, Any]]:
    """The roles of this release: code, labels, descriptions, permissions, everywhere."""
    roles: list[dict[str, Any]] = json.loads(_ROLES.read_text(encoding="utf-8"))
    return roles

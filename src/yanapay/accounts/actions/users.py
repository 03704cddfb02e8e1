"""Accounts of people: created, changed, closed, opened again.

Names and addresses are personal: they go beside the chain under ``user:<id>``, never into it.
"""

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone

from yanapay.accounts.access import can_be_fictitious
from yanapay.accounts.models import Token, User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def create_user(
    *,
    by: Actor,
    username: str,
    password: str,
    full_name: str = "",
    email: str = "",
    language: str = "es",
    must_change_password: bool = True,
    is_entrepreneur: bool = False,
    is_fictitious: bool = False,
) -> User:
    """Open an account. It may do nothing until a role is granted (``centres.actions``)."""
    if is_fictitious and not can_be_fictitious():
        raise RuleBroken("Demo users exist only where YANAPAY_MODE is demo.")
    user = User(
        username=username.strip(), full_name=full_name.strip(), email=email.strip(),
        language=language, must_change_password=must_change_password,
        is_entrepreneur=is_entrepreneur, is_fictitious=is_fictitious,
    )  # fmt: skip
    _check(user)
    _give_password(user, password)
    user.save()
    personal = {field: (None, getattr(user, field)) for field in ("username", "full_name", "email")}
    marks = {"is_entrepreneur": is_entrepreneur, "is_fictitious": is_fictitious}
    true = {mark: value for mark, value in marks.items() if value}
    _record(by, "user.created", user, changes=true, personal=personal)
    return user


@transaction.atomic
def change_user(
    *,
    by: Actor,
    user: User,
    full_name: str | None = None,
    email: str | None = None,
    language: str | None = None,
) -> User:
    """Change what is given; nothing is written when nothing differs."""
    asked = {"full_name": full_name, "email": email, "language": language}
    given = {field: value.strip() for field, value in asked.items() if value is not None}
    changed = {f: (getattr(user, f), new) for f, new in given.items() if getattr(user, f) != new}
    if not changed:
        return user
    for field, (_, new) in changed.items():
        setattr(user, field, new)
    _check(user)
    user.save(update_fields=list(changed))
    language_change = {"language": changed.pop("language")} if "language" in changed else {}
    _record(by, "user.changed", user, changes=language_change, personal=changed)
    return user


@transaction.atomic
def set_password(*, by: Actor, user: User, password: str, must_change: bool = False) -> User:
    """Give a new password; every session of the old one ends."""
    _give_password(user, password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    action = "user.password_reset" if by.user_id != user.pk else "user.password_changed"
    _record(by, action, user)
    return user


@transaction.atomic
def close_account(*, by: Actor, user: User) -> User:
    """Nobody signs in with it any more: no password, no session, no token. The row stays."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    revoked = Token.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    _record(by, "user.closed", user, changes={"tokens_revoked": revoked})
    return user


@transaction.atomic
def reactivate_user(*, by: Actor, user: User, password: str) -> User:
    """Open a closed account again with a new first password; roles must be granted anew."""
    user.is_active, user.must_change_password = True, True
    _give_password(user, password)
    user.save(update_fields=["is_active", "password", "must_change_password"])
    _record(by, "user.reactivated", user)
    return user


def _check(user: User) -> None:
    """The rules of the model and of uniqueness, as one sentence for the first field at fault."""
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        blamed = "" if field == NON_FIELD_ERRORS else field
        raise RuleBroken("{problem}", field=blamed, problem=messages[0]) from error


def _give_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems = " ".join(error.messages)
        raise RuleBroken("{problem}", field="password", problem=problems) from error
    user.set_password(password)


def _record(
    by: Actor, action: str, user: User, *,
    changes: Mapping[str, object] | None = None,
    personal: Mapping[str, tuple[object, object]] | None = None,
) -> None:  # fmt: skip
    record(
        by=by, action=action, object_type="user", object_id=user.pk,
        changes=changes, personal=personal, subject=f"user:{user.pk}",
    )  # fmt: skip

"""People who sign in, made by the real actions."""

from itertools import count

from yanapay.accounts.actions import create_user, load_roles
from yanapay.accounts.models import Role, User
from yanapay.audit.rules import Actor

OPERATOR = Actor.operator()
PASSWORD = "el puente de ichu 1532"

_number = count(1)


def make_role(code: str = "promoter") -> Role:
    """A shipped role, loaded if need be."""
    if not Role.objects.filter(code=code).exists():
        load_roles(by=OPERATOR)
    return Role.objects.get(code=code)


def make_account(username: str = "", *, is_entrepreneur: bool = False, **fields: str) -> User:
    """An account without roles that signs in with ``PASSWORD``."""
    return create_user(
        by=OPERATOR, username=username or f"user{next(_number)}", password=PASSWORD,
        must_change_password=False, is_entrepreneur=is_entrepreneur, **fields,
    )  # fmt: skip

"""What can be done to users, roles and tokens."""

from yanapay.accounts.actions.erasure import erase_user
from yanapay.accounts.actions.roles import change_role, create_role, load_roles, reset_role
from yanapay.accounts.actions.tokens import create_token, revoke_token
from yanapay.accounts.actions.users import (
    change_user,
    close_account,
    create_user,
    reactivate_user,
    set_password,
)

__all__ = [
    "change_role",
    "change_user",
    "close_account",
    "create_role",
    "create_token",
    "create_user",
    "erase_user",
    "load_roles",
    "reactivate_user",
    "reset_role",
    "revoke_token",
    "set_password",
]

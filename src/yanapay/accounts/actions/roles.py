"""Roles are data: shipped ones are loaded, own ones added, all of them changed here.

A shipped role follows each release until an administrator changes its permissions; from then on only
its words follow, and :func:`reset_role` takes the release's permissions back.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role
from yanapay.accounts.queries import shipped_roles
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken

_WORDS = ("label_es", "label_en", "description_es", "description_en")


@transaction.atomic
def load_roles(*, by: Actor) -> list[str]:
    """Bring the shipped roles to this release; the codes of those that changed."""
    changed = [shipped["code"] for shipped in shipped_roles() if _load(shipped)]
    if changed:
        record(by=by, action="roles.loaded", object_type="role", changes={"codes": changed})
    return changed


@transaction.atomic
def create_role(*, by: Actor, code: str, label: str, permissions: Iterable[str]) -> Role:
    """A role of this installation's own, with one label for both languages."""
    if Role.objects.filter(code=code).exists():
        raise RuleBroken("There is a role with this code already.", field="code")
    role = Role(code=code, label_es=label, label_en=label, permissions=_known(permissions))
    role.save()
    granted = {"code": code, "permissions": [[], role.permissions]}
    record(by=by, action="role.created", object_type="role", object_id=code, changes=granted)
    return role


@transaction.atomic
def change_role(*, by: Actor, role: Role, permissions: Iterable[str]) -> Role:
    """Give a role other permissions. A shipped one stops following the releases."""
    wanted = _known(permissions)
    if role.everywhere and Permission.CENTRES_MANAGE not in wanted:
        raise RuleBroken("The administrator must keep the right to manage centres and roles.")
    if set(wanted) == set(role.permissions):
        return role
    before, role.permissions, role.is_changed_here = role.permissions, wanted, role.is_shipped
    role.save(update_fields=["permissions", "is_changed_here"])
    changes = {"permissions": [before, wanted]}
    record(by=by, action="role.changed", object_type="role", object_id=role.code, changes=changes)
    return role


@transaction.atomic
def reset_role(*, by: Actor, role: Role) -> Role:
    """Take a shipped role back to the permissions of this release."""
    shipped = next((s for s in shipped_roles() if s["code"] == role.code), None)
    if shipped is None:
        raise RuleBroken("This role does not come with the release.")
    before, role.permissions = role.permissions, _known(shipped["permissions"])
    role.is_changed_here = False
    role.save(update_fields=["permissions", "is_changed_here"])
    changes = {"permissions": [before, role.permissions]}
    record(by=by, action="role.reset", object_type="role", object_id=role.code, changes=changes)
    return role


def _load(shipped: dict[str, Any]) -> bool:
    role = Role.objects.filter(code=shipped["code"]).first() or Role(code=shipped["code"])
    wanted: dict[str, Any] = {word: shipped[word] for word in _WORDS}
    wanted |= {"everywhere": shipped.get("everywhere", False), "is_shipped": True}
    if not role.is_changed_here:
        wanted["permissions"] = _known(shipped["permissions"])
    if role.pk and all(getattr(role, field) == value for field, value in wanted.items()):
        return False
    for field, value in wanted.items():
        setattr(role, field, value)
    role.save()
    return True


def _known(permissions: Iterable[str]) -> list[str]:
    """Known permissions, in the order of their list."""
    asked = set(permissions)
    if unknown := asked - set(Permission.values):
        raise RuleBroken("Unknown permission: {names}.", names=", ".join(sorted(unknown)))
    return [permission for permission in Permission.values if permission in asked]

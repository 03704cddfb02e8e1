"""Roles are data that the release ships and an administrator may change."""

import pytest
from django.utils import translation
from tests.factories.accounts import OPERATOR, make_role

from yanapay.accounts.actions import change_role, create_role, load_roles, reset_role
from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role
from yanapay.accounts.queries import shipped_roles
from yanapay.audit.models import Event
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
CODES = [
    "admin", "coordinator", "promoter", "specialist", "trainer", "mapper", "reviewer",
    "programme", "readonly", "entrepreneur",
]  # fmt: skip


def test_the_ten_roles_are_loaded_once() -> None:
    assert load_roles(by=OPERATOR) == CODES
    events = Event.objects.count()
    assert load_roles(by=OPERATOR) == []
    assert Event.objects.count() == events
    assert Role.objects.filter(is_shipped=True).count() == 10


def test_shipped_permissions_are_known_ones() -> None:
    for role in shipped_roles():
        assert set(role["permissions"]) <= set(Permission.values), role["code"]


def test_labels_follow_the_reader() -> None:
    role = make_role("promoter")
    with translation.override("es"):
        assert str(role) == "Promotor(a)"
    with translation.override("en"):
        assert str(role) == "Promoter"


def test_a_changed_role_no_longer_follows_the_release_until_reset() -> None:
    role = make_role("promoter")
    change_role(by=OPERATOR, role=role, permissions=["directory.view"])
    assert load_roles(by=OPERATOR) == []
    role.refresh_from_db()
    assert role.permissions == ["directory.view"]
    reset_role(by=OPERATOR, role=role)
    assert "persons.view" in role.permissions
    assert not role.is_changed_here


def test_the_administrator_cannot_lock_everybody_out() -> None:
    with pytest.raises(RuleBroken):
        change_role(by=OPERATOR, role=make_role("admin"), permissions=["directory.view"])


def test_own_roles_have_codes_of_their_own() -> None:
    make_role()
    create_role(by=OPERATOR, code="tesoreria", label="Tesorería", permissions=["directory.view"])
    with pytest.raises(RuleBroken):
        create_role(by=OPERATOR, code="promoter", label="Otro", permissions=[])
    with pytest.raises(RuleBroken):
        create_role(by=OPERATOR, code="x", label="X", permissions=["fly"])

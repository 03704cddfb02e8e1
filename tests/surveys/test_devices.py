"""Devices: whom they act for, and the code that Collect reads."""

import base64
import json
import time
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories.accounts import OPERATOR
from tests.factories.centres import make_cast
from tests.factories.surveys import make_device, make_form

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role, Token
from yanapay.audit.models import Event
from yanapay.centres.actions import end_membership
from yanapay.centres.models import Membership
from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.actions.devices import revoke_device
from yanapay.surveys.queries.devices import devices, possible_users, sender_with_token
from yanapay.surveys.rules.devices import server_address, settings_code


def test_the_code_holds_the_settings_that_collect_reads() -> None:
    code = settings_code(server_address("https://cat.example/", "yan_x"), "Mapeo")
    told = json.loads(zlib.decompress(base64.b64decode(code)))
    assert told == {
        "general": {"server_url": "https://cat.example/odk/t/yan_x",
                    "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"},
        "admin": {}, "project": {"name": "Mapeo"},
    }  # fmt: skip


@pytest.mark.django_db
def test_a_device_may_submit_and_nothing_else_and_its_key_is_not_kept() -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    assert device.token.scopes == ["forms:submit"]
    assert not Token.objects.filter(digest__contains=raw).exists()
    assert raw not in str(list(Event.objects.values_list("changes", flat=True)))


@pytest.mark.django_db
def test_a_device_taken_back_is_unknown_at_once() -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    on = device.created_at.date()
    sender = sender_with_token(raw, on)
    assert sender
    assert sender.device == device
    revoke_device(by=OPERATOR, device=device)
    assert sender_with_token(raw, on) is None


@pytest.mark.django_db
def test_a_closed_account_sends_no_more() -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    on = device.created_at.date()
    assert sender_with_token(raw, on)
    cast.ana.is_active = False
    cast.ana.save()
    assert sender_with_token(raw, on) is None


@pytest.mark.django_db
def test_nobody_gets_a_device_where_they_may_not_send() -> None:
    cast = make_cast()
    with pytest.raises(RuleBroken):
        make_device(cast.ana, cast.ayacucho)
    with pytest.raises(RuleBroken):
        make_device(cast.ana, cast.huancayo, make_form(centre=cast.ayacucho).instrument)


@pytest.mark.django_db
def test_whoever_manages_forms_sees_the_devices_of_the_own_centre() -> None:
    cast = make_cast()
    device, _ = make_device(cast.ana, cast.huancayo)
    make_device(cast.carla, cast.ayacucho)
    scope = scope_of(cast.beto, device.created_at.date())
    assert list(devices(scope)) == [device]
    assert cast.carla not in possible_users(scope)
    assert {cast.ana, cast.beto} <= set(possible_users(scope))


@pytest.mark.django_db
def test_whoever_loses_the_role_sends_no_more_at_once() -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    on = device.created_at.date()
    sender = sender_with_token(raw, on)
    assert sender
    assert sender.scope.may(Permission.SURVEYS_SUBMIT, cast.huancayo.pk)
    end_membership(by=OPERATOR, membership=Membership.objects.get(user=cast.ana), on=on)
    sender = sender_with_token(raw, on)
    assert sender
    assert not sender.scope.may(Permission.SURVEYS_SUBMIT, cast.huancayo.pk)


@pytest.mark.django_db
def test_a_role_that_loses_its_permission_takes_it_from_every_telephone_at_once() -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    on = device.created_at.date()
    assert sender_with_token(raw, on)
    Role.objects.filter(code="promoter").update(permissions=[])
    sender = sender_with_token(raw, on)
    assert sender
    assert not sender.scope.may(Permission.SURVEYS_SUBMIT)


@pytest.mark.django_db
def test_an_address_ends_when_its_token_does() -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    on = device.created_at.date()
    soon = timezone.now() + timedelta(seconds=0.2)
    Token.objects.filter(pk=device.token.pk).update(expires_at=soon)
    assert sender_with_token(raw, on)
    time.sleep(0.25)
    assert sender_with_token(raw, on) is None


@pytest.mark.django_db
def test_a_telephone_is_looked_up_with_one_question_each_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cast = make_cast()
    device, raw = make_device(cast.ana, cast.huancayo)
    on = device.created_at.date()
    sender_with_token(raw, on)
    with django_assert_num_queries(1):
        assert sender_with_token(raw, on)

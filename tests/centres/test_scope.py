"""What each of the cast may see and do."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import OPERATOR, make_role
from tests.factories.centres import Cast, make_member

from yanapay.centres.access import can_grant_role, can_manage_user
from yanapay.centres.actions import end_membership, grant_membership
from yanapay.centres.models import Membership
from yanapay.centres.queries import (
    OPERATOR as OPERATOR_SCOPE,
    centres_of,
    memberships_of,
    scope_of,
    users_managed_by,
)
from yanapay.kernel.errors import NotAllowed, RuleBroken


def test_a_promoter_works_in_one_centre(cast: Cast, today: date) -> None:
    scope = scope_of(cast.ana, today)
    assert scope.may("persons.view", cast.huancayo.pk)
    assert not scope.may("persons.view", cast.ayacucho.pk)
    assert list(centres_of(scope)) == [cast.huancayo]
    with pytest.raises(NotAllowed):
        scope.require("users.manage")
    actor = scope.actor()
    assert (actor.user_name, actor.centre_name) == ("Ana Quispe Rojas", "CAT Huancayo")


def test_an_administrator_works_everywhere(cast: Cast, today: date) -> None:
    scope = scope_of(cast.diego, today)
    assert scope.may("centres.manage", cast.ayacucho.pk)
    assert scope.centres_with("directory.view") is None
    assert scope.actor(cast.ayacucho.pk).centre_name == "CAT Ayacucho"
    assert OPERATOR_SCOPE.may("data.erase", cast.huancayo.pk)


def test_an_entrepreneur_signs_with_a_number(cast: Cast, today: date) -> None:
    rosa = make_member("rosa", "entrepreneur", cast.huancayo, "Rosa Mamani")
    scope = scope_of(rosa, today)
    assert scope.user_name == f"entrepreneur {rosa.pk}"
    assert scope.may("own.view")
    assert not scope.may("directory.view")


def test_a_role_that_ended_today_no_longer_holds(cast: Cast, today: date) -> None:
    membership = memberships_of(cast.ana, today).get()
    end_membership(by=OPERATOR, membership=membership, on=today)
    assert not scope_of(cast.ana, today).may("directory.view")
    assert scope_of(cast.ana, today - timedelta(days=1)).may("directory.view")


def test_roles_add_up(cast: Cast, today: date) -> None:
    grant_membership(
        by=OPERATOR, user=cast.ana, role=make_role("reviewer"), centre=cast.huancayo, on=today
    )
    scope = scope_of(cast.ana, today)
    assert scope.may("directory.merge", cast.huancayo.pk)
    assert scope.may("directory.export", cast.huancayo.pk)


def test_a_role_is_granted_once(cast: Cast, today: date) -> None:
    again = grant_membership(
        by=OPERATOR, user=cast.ana, role=make_role("promoter"), centre=cast.huancayo, on=today
    )
    assert Membership.objects.filter(user=cast.ana).get() == again
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=cast.ana, role=again.role, centre=cast.huancayo, since=today)


def test_the_installation_is_held_once_too(cast: Cast, today: date) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=cast.diego, role=make_role("admin"), since=today)


def test_memberships_end_after_they_began(cast: Cast, today: date) -> None:
    with pytest.raises(IntegrityError, match="centres_membership_in_order"), transaction.atomic():
        Membership.objects.create(
            user=cast.ana, role=make_role("trainer"), centre=cast.huancayo,
            since=today, until=today - timedelta(days=1),
        )  # fmt: skip


@pytest.mark.parametrize(("role", "centre"), [("promoter", None), ("entrepreneur", "huancayo")])
def test_roles_that_do_not_fit_are_refused(
    cast: Cast, today: date, role: str, centre: str | None
) -> None:
    place = getattr(cast, centre) if centre else None
    with pytest.raises(RuleBroken):
        grant_membership(by=OPERATOR, user=cast.ana, role=make_role(role), centre=place, on=today)


def test_nobody_gives_away_more_than_they_hold(cast: Cast, today: date) -> None:
    beto = scope_of(cast.beto, today)
    assert can_grant_role(beto, make_role("coordinator"), cast.huancayo)
    assert can_grant_role(beto, make_role("entrepreneur"), cast.huancayo)
    assert not can_grant_role(beto, make_role("promoter"), cast.ayacucho)
    assert not can_grant_role(beto, make_role("admin"), cast.huancayo)
    assert not can_grant_role(scope_of(cast.ana, today), make_role("readonly"), cast.huancayo)


def test_a_coordinator_manages_the_own_people_only(cast: Cast, today: date) -> None:
    beto = scope_of(cast.beto, today)
    assert set(users_managed_by(beto, today)) == {cast.ana, cast.beto}
    grant_membership(
        by=OPERATOR, user=cast.diego, role=make_role("readonly"), centre=cast.huancayo, on=today
    )
    assert not can_manage_user(beto, memberships_of(cast.diego, today))

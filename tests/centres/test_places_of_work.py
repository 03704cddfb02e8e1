"""Institutions, centres and teams."""

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast

from yanapay.audit.models import Event
from yanapay.centres.actions import (
    change_centre,
    change_institution,
    create_centre,
    create_team,
    grant_membership,
)
from yanapay.centres.models import Team
from yanapay.kernel.errors import RuleBroken


def test_a_change_names_before_and_after(cast: Cast) -> None:
    change_centre(
        by=OPERATOR, centre=cast.huancayo, name="CAT Junín", area=None,
        time_zone="America/Lima", currency="PEN", is_active=True,
    )  # fmt: skip
    assert Event.objects.latest("pk").changes == {"name": ["CAT Huancayo", "CAT Junín"]}


def test_an_unchanged_institution_leaves_no_event(cast: Cast) -> None:
    institution, before = cast.huancayo.institution, Event.objects.count()
    change_institution(
        by=OPERATOR, institution=institution, name=institution.name, acronym="", country="PE"
    )
    assert Event.objects.count() == before


def test_codes_of_centres_are_unique(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        create_centre(
            by=OPERATOR, institution=cast.huancayo.institution, code="huancayo", name="Otro"
        )
    assert refused.value.field == "code"


def test_a_team_has_one_name_in_its_centre(cast: Cast) -> None:
    team = create_team(by=OPERATOR, centre=cast.huancayo, name="Campo")
    create_team(by=OPERATOR, centre=cast.ayacucho, name="Campo")
    with pytest.raises(RuleBroken):
        create_team(by=OPERATOR, centre=cast.huancayo, name="Campo")
    with pytest.raises(IntegrityError), transaction.atomic():
        Team.objects.create(centre=team.centre, name="Campo")


def test_a_team_of_another_centre_is_refused(cast: Cast) -> None:
    team = create_team(by=OPERATOR, centre=cast.ayacucho, name="Campo")
    membership = cast.huancayo.memberships.filter(user=cast.ana).get()
    with pytest.raises(RuleBroken):
        grant_membership(
            by=OPERATOR, user=cast.ana, role=membership.role, centre=cast.huancayo, team=team,
            on=membership.since,
        )  # fmt: skip

"""Somebody leaves: work passes on, rights end, the name stays."""

from datetime import date

import pytest
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_member

from yanapay.audit.models import Event
from yanapay.audit.queries import verify
from yanapay.base import work
from yanapay.base.work import WorkSource, register
from yanapay.centres.actions import deactivate_user
from yanapay.centres.models import Membership
from yanapay.centres.queries import heirs_of, scope_of
from yanapay.kernel.errors import RuleBroken
from yanapay.notices.models import Notice


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Open files on people's desks: a source of work of this test alone."""
    monkeypatch.setattr(work, "_sources", {})
    files: dict[int, int] = {}

    def pass_on(*, by: object, from_user_id: int, to_user_id: int) -> int:
        passed = files.pop(from_user_id, 0)
        files[to_user_id] = files.get(to_user_id, 0) + passed
        return passed

    register(WorkSource("files", "Files", None, lambda user: files.get(user, 0), pass_on))
    return files


def test_the_work_passes_to_the_colleague(cast: Cast, desk: dict[int, int], today: date) -> None:
    desk[cast.ana.pk] = 3
    by = scope_of(cast.beto, today).actor()
    assert deactivate_user(by=by, user=cast.ana, heir=cast.beto, on=today) == {"files": 3}
    assert desk == {cast.beto.pk: 3}
    assert not Membership.objects.current(today).filter(user=cast.ana).exists()
    event = Event.objects.get(action="user.deactivated")
    assert event.changes == {"heir": cast.beto.pk, "handed_over": {"files": 3}}
    assert verify() == []


def test_the_colleague_is_told(cast: Cast, desk: dict[int, int], today: date) -> None:
    desk[cast.ana.pk] = 3
    deactivate_user(by=OPERATOR, user=cast.ana, heir=cast.beto, on=today)
    notice = Notice.objects.filter(user=cast.beto).latest("pk")
    assert notice.values == {"name": "Ana Quispe Rojas", "count": 3}


def test_open_work_needs_an_heir_and_nothing_happens_without(
    cast: Cast, desk: dict[int, int], today: date
) -> None:
    desk[cast.ana.pk] = 1
    for heir in (None, cast.ana):
        with pytest.raises(RuleBroken) as refused:
            deactivate_user(by=OPERATOR, user=cast.ana, heir=heir, on=today)
        assert refused.value.field == "heir"
    cast.ana.refresh_from_db()
    assert cast.ana.is_active
    assert desk == {cast.ana.pk: 1}


def test_the_name_stays_in_the_history(cast: Cast, today: date) -> None:
    deactivate_user(by=scope_of(cast.diego, today).actor(), user=cast.beto, on=today)
    deactivate_user(by=OPERATOR, user=cast.ana, on=today)
    signed = Event.objects.get(action="user.deactivated", object_id=str(cast.beto.pk))
    assert signed.actor_name == "Diego Páucar"
    cast.beto.refresh_from_db()
    assert str(cast.beto) == "Beto Huamán"


def test_nobody_closes_themselves_and_an_administrator_remains(cast: Cast, today: date) -> None:
    with pytest.raises(RuleBroken, match="own account"):
        deactivate_user(by=scope_of(cast.beto, today).actor(), user=cast.beto, on=today)
    with pytest.raises(RuleBroken, match="last administrator"):
        deactivate_user(by=OPERATOR, user=cast.diego, on=today)


def test_heirs_are_colleagues_of_the_centre_or_administrators(cast: Cast, today: date) -> None:
    assert set(heirs_of(cast.ana, today)) == {cast.beto, cast.diego}


def test_nobody_who_only_reads_takes_work_over(cast: Cast, today: date) -> None:
    """Lucía reads, Pablo serves: neither could go on with Ana's cases; another specialist with Pablo's."""
    make_member("lucia", "readonly", cast.huancayo)
    pablo, rita = (make_member(name, "specialist", cast.huancayo) for name in ("pablo", "rita"))
    assert set(heirs_of(cast.ana, today)) == {cast.beto, cast.diego}
    assert set(heirs_of(pablo, today)) == {cast.ana, cast.beto, cast.diego, rita}

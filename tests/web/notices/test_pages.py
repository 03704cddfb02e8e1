"""Notices in the browser."""

from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast
from tests.web.conftest import Browse

from yanapay.notices.actions import notify
from yanapay.notices.models import Notice


def tell(cast: Cast, url: str = "") -> Notice:
    text = "{name} left. {count} pieces of open work are now yours."
    notice = notify(by=OPERATOR, user_id=cast.beto.pk, text=text, url=url, name="Ana", count=3)
    assert notice
    return notice


def test_notices_are_read_by_their_owner(cast: Cast, browse: Browse) -> None:
    notice, beto = tell(cast, "/profile/"), browse(cast.beto)
    assert "Ana" in beto.get("/notices/").content.decode()
    browse(cast.carla).post("/notices/read/", {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None
    onwards = beto.post("/notices/read/", {"notice": notice.pk, "next": "/profile/"})
    assert onwards.headers["Location"] == "/profile/"
    notice.refresh_from_db()
    assert notice.read_at


def test_all_at_once_and_never_to_another_site(cast: Cast, browse: Browse) -> None:
    tell(cast), tell(cast)
    answer = browse(cast.beto).post("/notices/read/", {"next": "https://example.org/"})
    assert answer.headers["Location"] == "/notices/"
    assert not Notice.objects.unread().filter(user=cast.beto).exists()


def test_nobody_is_told_of_their_own_deeds(cast: Cast) -> None:
    from_ana = OPERATOR.__class__(cast.ana.pk, "Ana")
    assert notify(by=from_ana, user_id=cast.ana.pk, text="x") is None

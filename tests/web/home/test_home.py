"""The first page: what is due, and what to begin with."""

from tests.factories.centres import Cast
from tests.factories.directory import BY, make_organisation
from tests.web.conftest import Browse

from yanapay.base.work import hand_over, owned_by
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.actions.sharing import ask_for_sharing


def test_an_empty_centre_is_shown_the_first_step(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ana).get("/").content.decode()
    assert "/imports/new/" in page
    assert "/directory/new/" in page


def test_ana_sees_her_incomplete_clients_and_beto_the_requests(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation("Tejidos Wari", centre=cast.huancayo)
    change_organisation(by=BY, organisation=organisation, fields={"responsible": cast.ana})
    ask_for_sharing(by=BY, organisation=organisation, centre=cast.ayacucho, asked_by=cast.carla,
                    purpose="Se mudó a Huanta")  # fmt: skip
    ana = browse(cast.ana).get("/").content.decode()
    assert f"/directory/{organisation.pk}/edit/" in ana
    assert "Se mudó a Huanta" not in ana
    assert "Se mudó a Huanta" in browse(cast.beto).get("/").content.decode()


def test_clients_pass_to_the_heir_of_a_leaver(cast: Cast) -> None:
    organisation = make_organisation(centre=cast.huancayo, responsible=cast.ana)
    assert [(source.kind, n) for source, n in owned_by(cast.ana.pk)] == [("clients", 1)]
    hand_over(by=BY, from_user_id=cast.ana.pk, to_user_id=cast.beto.pk)
    organisation.refresh_from_db()
    assert organisation.responsible == cast.beto

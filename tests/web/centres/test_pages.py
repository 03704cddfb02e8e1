"""Institutions and centres in the browser."""

from tests.factories.centres import Cast
from tests.web.conftest import Browse

from yanapay.centres.models import Centre, Institution, Team


def test_one_sees_the_own_centre(cast: Cast, browse: Browse) -> None:
    carla = browse(cast.carla)
    assert "CAT Huancayo" not in carla.get("/centres/").content.decode()
    assert carla.get(f"/centres/{cast.ayacucho.pk}/").status_code == 200
    assert carla.get(f"/centres/{cast.huancayo.pk}/").status_code == 404
    assert carla.get(f"/centres/{cast.ayacucho.pk}/edit/").status_code == 403
    assert carla.post(f"/centres/{cast.ayacucho.pk}/teams/", {"name": "X"}).status_code == 403


def test_an_administrator_opens_and_changes_centres(cast: Cast, browse: Browse) -> None:
    diego = browse(cast.diego)
    diego.post("/institutions/new/", {"name": "Red Sur", "country": "PE"})
    red = Institution.objects.get(name="Red Sur")
    new = {
        "institution": red.pk, "name": "CAT Cusco", "code": "cusco", "area": "",
        "time_zone": "America/Lima", "currency": "PEN",
    }  # fmt: skip
    assert diego.post("/centres/new/", {**new, "time_zone": "Lima"}).context["form"].errors
    assert diego.post("/centres/new/", {**new, "area": "999999"}).context["form"].errors
    assert diego.post("/centres/new/", new).status_code == 302
    cusco = Centre.objects.get(code="cusco")
    diego.post(f"/centres/{cusco.pk}/edit/", {**new, "name": "CAT Qosqo", "is_active": "on"})
    diego.post(f"/institutions/{red.pk}/", {"name": "Red del Sur", "country": "PE"})
    page = diego.get("/centres/").content.decode()
    assert "CAT Qosqo" in page
    assert "Red del Sur" in page


def test_a_coordinator_makes_teams(cast: Cast, browse: Browse) -> None:
    beto = browse(cast.beto)
    beto.post(f"/centres/{cast.huancayo.pk}/teams/", {"name": "Campo"})
    assert Team.objects.get().centre == cast.huancayo
    assert "Campo" in beto.get(f"/centres/{cast.huancayo.pk}/").content.decode()
    again = beto.post(f"/centres/{cast.huancayo.pk}/teams/", {"name": "Campo"})
    assert again.context["team_form"].errors
    assert beto.get("/centres/new/").status_code == 403

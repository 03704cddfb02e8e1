"""Administration of users and roles in the browser."""

import pytest
from tests.factories.centres import Cast, make_member
from tests.factories.directory import make_organisation
from tests.web.conftest import Browse

from yanapay.accounts.models import Role, Token, User
from yanapay.accounts.queries import authenticate_token
from yanapay.centres.models import Membership


def test_who_may_not_manage_is_told(cast: Cast, browse: Browse) -> None:
    for address in ("/users/", "/users/new/", "/roles/", "/audit/"):
        assert browse(cast.ana).get(address).status_code == 403, address


def test_a_coordinator_sees_the_people_of_the_centre(cast: Cast, browse: Browse) -> None:
    page = browse(cast.beto).get("/users/")
    assert set(page.context["page"].object_list) == {cast.ana, cast.beto}
    assert "Ana Quispe Rojas" in page.content.decode()
    found = browse(cast.diego).get("/users/?q=ñahui")
    assert list(found.context["page"].object_list) == [cast.carla]


def test_people_of_another_centre_do_not_exist(cast: Cast, browse: Browse) -> None:
    beto = browse(cast.beto)
    assert beto.get(f"/users/{cast.carla.pk}/").status_code == 404
    assert beto.post(f"/users/{cast.carla.pk}/password/").status_code == 404
    assert beto.get(f"/users/{cast.carla.pk}/leave/").status_code == 404
    foreign = Membership.objects.get(user=cast.carla)
    assert beto.post(f"/memberships/{foreign.pk}/end/").status_code == 404


def test_a_new_colleague(cast: Cast, browse: Browse) -> None:
    role = Role.objects.get(code="promoter")
    form = {
        "full_name": "Eva Ccori", "username": "eva", "email": "", "language": "es",
        "role": role.pk, "centre": cast.huancayo.pk,
    }  # fmt: skip
    page = browse(cast.beto).post("/users/new/", form)
    eva = User.objects.get(username="eva")
    assert eva.check_password(page.context["password"])
    assert eva.must_change_password
    assert page.headers["Cache-Control"] == "no-store"
    assert Membership.objects.get(user=eva).centre == cast.huancayo


def test_what_was_typed_is_kept_when_a_rule_refuses(cast: Cast, browse: Browse) -> None:
    role = Role.objects.get(code="promoter")
    form = {
        "full_name": "Otra Ana", "username": "ANA", "email": "", "language": "es",
        "role": role.pk, "centre": cast.huancayo.pk,
    }  # fmt: skip
    page = browse(cast.beto).post("/users/new/", form)
    assert page.status_code == 422
    assert "Otra Ana" in page.content.decode()
    assert page.context["form"].errors


@pytest.mark.parametrize(
    "page",
    ["/users/new/", "/users/{ana}/", "/users/{ana}/roles/", "/profile/", "/profile/tokens/",
     "/roles/new/", "/centres/new/", "/centres/{huancayo}/edit/", "/centres/{huancayo}/teams/",
     "/institutions/new/", "/institutions/{institution}/"],
)  # fmt: skip
def test_a_refused_form_says_so_to_programs_too(cast: Cast, browse: Browse, page: str) -> None:
    address = page.format(
        ana=cast.ana.pk, huancayo=cast.huancayo.pk, institution=cast.huancayo.institution_id
    )
    nothing = dict.fromkeys(("full_name", "role", "reason", "name", "language"), "")
    assert browse(cast.diego).post(address, {**nothing, "email": "no"}).status_code == 422


@pytest.mark.parametrize(("code", "centre"), [("admin", None), ("admin", "huancayo")])
def test_a_coordinator_gives_no_administrators(
    cast: Cast, browse: Browse, code: str, centre: str | None
) -> None:
    role = Role.objects.get(code=code)
    place = getattr(cast, centre).pk if centre else ""
    address = f"/users/{cast.ana.pk}/roles/"
    browse(cast.beto).post(address, {"role": role.pk, "centre": place})
    assert not Membership.objects.filter(user=cast.ana, role=role).exists()


def test_roles_are_given_and_taken(cast: Cast, browse: Browse) -> None:
    role, beto = Role.objects.get(code="reviewer"), browse(cast.beto)
    given = {"role": role.pk, "centre": cast.huancayo.pk}
    assert beto.post(f"/users/{cast.ana.pk}/roles/", given).status_code == 302
    membership = Membership.objects.get(user=cast.ana, role=role)
    assert "Revisión de datos" in beto.get(f"/users/{cast.ana.pk}/").content.decode()
    beto.post(f"/memberships/{membership.pk}/end/")
    membership.refresh_from_db()
    assert membership.until


def test_leaving_in_one_step(cast: Cast, browse: Browse) -> None:
    beto = browse(cast.beto)
    page = beto.get(f"/users/{cast.ana.pk}/leave/")
    assert set(page.context["form"].fields["heir"].queryset) == {cast.beto, cast.diego}
    answer = beto.post(f"/users/{cast.ana.pk}/leave/", {"heir": cast.beto.pk, "reason": "Viaje"})
    assert answer.status_code == 302
    cast.ana.refresh_from_db()
    assert not cast.ana.is_active
    assert cast.ana in beto.get("/users/?left=1").context["page"].object_list


def test_whoever_leaves_work_behind_names_who_takes_it_over(cast: Cast, browse: Browse) -> None:
    make_organisation(centre=cast.huancayo, responsible=cast.ana)
    beto, path = browse(cast.beto), f"/users/{cast.ana.pk}/leave/"
    assert beto.get(path).context["form"]["heir"].field.required
    assert beto.post(path, {"reason": ""}).context["form"].errors["heir"]
    assert User.objects.get(pk=cast.ana.pk).is_active


def test_somebody_comes_back(cast: Cast, browse: Browse) -> None:
    beto = browse(cast.beto)
    beto.post(f"/users/{cast.ana.pk}/leave/", {"reason": ""})
    assert not User.objects.get(pk=cast.ana.pk).is_active
    page = beto.post(f"/users/{cast.ana.pk}/password/")
    cast.ana.refresh_from_db()
    assert cast.ana.is_active
    assert cast.ana.check_password(page.context["password"])


def test_the_matrix_is_read_by_coordinators_and_changed_by_administrators(
    cast: Cast, browse: Browse
) -> None:
    assert "Promotor(a)" in browse(cast.beto).get("/roles/").content.decode()
    assert browse(cast.beto).get("/roles/promoter/").status_code == 403
    diego = browse(cast.diego)
    assert diego.get("/roles/promoter/").status_code == 200
    diego.post("/roles/promoter/", {"permissions": ["directory.view"]})
    assert Role.objects.get(code="promoter").permissions == ["directory.view"]
    diego.post("/roles/promoter/reset/")
    assert len(Role.objects.get(code="promoter").permissions) > 1
    diego.post("/roles/new/", {"code": "tesoreria", "label": "Tesorería"})
    assert Role.objects.filter(code="tesoreria").exists()


def test_the_own_account(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    own = {"full_name": "Ana Quispe", "email": "ana@example.org", "language": "es"}
    assert ana.post("/profile/", own).status_code == 302
    taken = {**own, "email": "beto@example.org"}
    assert ana.post("/profile/", taken).context["form"].errors
    cast.ana.refresh_from_db()
    assert (cast.ana.full_name, cast.ana.email) == ("Ana Quispe", "ana@example.org")


def test_own_tokens(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    page = ana.post("/profile/tokens/", {"name": "Excel", "scopes": ["directory:read"]})
    raw = page.context["raw"]
    assert authenticate_token(raw)
    assert raw not in ana.get("/profile/tokens/").content.decode()
    token = Token.objects.get()
    assert browse(cast.carla).post(f"/profile/tokens/{token.pk}/revoke/").status_code == 404
    ana.post(f"/profile/tokens/{token.pk}/revoke/")
    assert authenticate_token(raw) is None


def test_an_entrepreneur_sees_no_administration(cast: Cast, browse: Browse) -> None:
    rosa = browse(make_member("rosa", "entrepreneur", cast.huancayo))
    assert rosa.get("/profile/").status_code == 200
    assert rosa.get("/users/").status_code == 403
    assert rosa.get("/audit/").status_code == 403


def test_a_refused_leave_changes_nothing(cast: Cast, browse: Browse) -> None:
    page = browse(cast.diego).post(f"/users/{cast.diego.pk}/leave/", {"reason": ""})
    assert page.status_code == 422
    cast.diego.refresh_from_db()
    assert cast.diego.is_active

"""``yanapay user``, ``token`` and ``audit`` as an operator types them."""

import json

import pytest
from click.testing import CliRunner, Result
from django.db import DataError, connection
from pytest_django.fixtures import Settings
from tests.databases import append_only_lifted
from tests.factories.accounts import PASSWORD, make_role
from tests.factories.centres import make_centre

from yanapay.accounts.models import User
from yanapay.accounts.queries import authenticate_token
from yanapay.centres.models import Membership
from yanapay.cli import main
from yanapay.cli.audit import BROKEN, audit
from yanapay.cli.users import token, user
from yanapay.kernel.errors import NotFound, RuleBroken

pytestmark = pytest.mark.django_db


def run(command: object, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, words, input=typed)  # type: ignore[arg-type]


def test_a_user_with_a_drawn_password() -> None:
    make_role(), make_centre("huancayo")
    done = run(user, "create", "ana", "--role", "promoter", "--centre", "huancayo")
    shown = json.loads(done.stdout)
    ana = User.objects.get(username="ana")
    assert (shown["user"], shown["id"]) == ("ana", ana.pk)
    assert ana.check_password(shown["password"])
    assert ana.must_change_password
    assert Membership.objects.get(user=ana).role.code == "promoter"


def test_the_only_centre_need_not_be_named() -> None:
    make_role(), make_centre("huancayo")
    assert (
        json.loads(run(user, "create", "ana", "--role", "promoter").stdout)["centre"] == "huancayo"
    )
    make_centre("puno")
    refused = run(user, "create", "beto", "--role", "promoter")
    assert isinstance(refused.exception, RuleBroken)


def test_a_password_from_standard_input_is_not_printed() -> None:
    make_role()
    words = ("create", "diego", "--role", "admin", "--password-stdin")
    done = run(user, *words, typed=f"{PASSWORD}\n")
    assert "password" not in json.loads(done.stdout)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(("words", "error"), [
    (("--role", "nobody"), NotFound),
    (("--role", "promoter", "--centre", "nowhere"), NotFound),
    (("--role", "promoter"), RuleBroken),
])  # fmt: skip
def test_what_cannot_be_is_refused_whole(words: tuple[str, ...], error: type[Exception]) -> None:
    make_role()
    assert isinstance(run(user, "create", "ana", *words).exception, error)
    assert not User.objects.exists()


def test_an_entrepreneur_gets_an_account_of_that_kind() -> None:
    make_role(), make_centre("huancayo")
    run(user, "create", "rosa", "--role", "entrepreneur", "--centre", "huancayo")
    assert User.objects.get().is_entrepreneur


def test_demo_users_only_in_a_demo(settings: Settings) -> None:
    make_role(), make_centre("huancayo")
    settings.YANAPAY_MODE = "production"
    words = ("create", "demo", "--role", "promoter", "--centre", "huancayo", "--fictitious")
    assert isinstance(run(user, *words).exception, RuleBroken)
    assert not User.objects.exists()


def test_a_token() -> None:
    make_role()
    run(user, "create", "diego", "--role", "admin")
    done = run(token, "create", "--user", "diego", "--scope", "directory:read", "--days", "3")
    found = authenticate_token(json.loads(done.stdout)["token"])
    assert found
    assert found.scopes == ["directory:read"]


def test_the_proof_says_so_or_names_the_break() -> None:
    make_role()
    assert run(audit, "verify").exit_code == 0
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET action = 'x'")
    done = run(audit, "verify", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["broken"] == [{"chain": 0, "seq": 1, "problem": "altered"}]


def test_the_proof_reaches_the_rows_that_an_event_vouches_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_role()
    monkeypatch.setattr("yanapay.audit.queries.broken_links", lambda chains: [(0, 1)])
    done = run(audit, "verify")
    assert (done.exit_code, done.stdout.strip()) == (1, BROKEN["rows"].format(chain=0, seq=1))


def test_what_the_database_refuses_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(**_: object) -> None:
        raise DataError("value too long for type character varying(150)")

    monkeypatch.setattr(main, "cli", refuse)
    with pytest.raises(SystemExit, match="2"):
        main.main()
    assert "value too long" in capsys.readouterr().err

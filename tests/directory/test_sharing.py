"""Between centres: who learns that a file exists, who opens it, until when; and what search shows of it."""

from datetime import date

import pytest
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_organisation,
    make_person,
    make_scope,
    make_share,
    make_user,
)

from yanapay.audit.models import Event
from yanapay.centres.rules import Scope
from yanapay.directory.access import can_edit_organisation, can_see_people, can_share_organisation
from yanapay.directory.actions.merging import merge_organisations
from yanapay.directory.actions.sharing import answer_sharing, ask_for_sharing, end_share
from yanapay.directory.models import Organisation, Share
from yanapay.directory.queries.record import open_organisation, open_person
from yanapay.directory.queries.search import find
from yanapay.kernel.errors import NotFound, RuleBroken

pytestmark = pytest.mark.django_db
RUC = "20100070970"


def shown(scope: Scope, text: str) -> list[tuple[str, bool]]:
    return [(hit.organisation.name, hit.is_open) for hit in find(scope, text).organisations]


def opens(scope: Scope, organisation: Organisation) -> bool:
    try:
        return open_organisation(scope, organisation.pk) == organisation
    except NotFound:
        return False


def test_another_centres_client_shows_only_that_it_exists() -> None:
    theirs, mine = make_organisation("Quesos Wayra", make_centre("puno"), RUC), make_centre()
    scope = make_scope(centre=mine)
    for text in ("quesos", "quezos", "ques", "201 000 70970", "20-100070970"):
        assert shown(scope, text) == [("Quesos Wayra", False)], text
    assert not opens(scope, theirs)
    own = make_organisation("Quesos Wayra", mine)
    assert shown(scope, "quesos") == [("Quesos Wayra", True), ("Quesos Wayra", False)]
    assert opens(scope, own)


def test_a_shared_file_opens_until_the_share_ends() -> None:
    organisation, puno = make_organisation(), make_centre("puno")
    owner = make_person(centre=organisation.centre)
    scope = make_scope("coordinator", puno)
    share = make_share(organisation, puno)
    assert opens(scope, organisation)
    assert shown(scope, "lacteos") == [(organisation.name, True)]
    allowed = (can_edit_organisation, can_see_people, can_share_organisation)
    assert not any(may(scope, organisation) for may in allowed)
    with pytest.raises(NotFound):
        open_person(scope, owner.pk)
    with pytest.raises(RuleBroken, match="before the beginning"):
        end_share(by=BY, share=share, on=date(2026, 3, 1))
    end_share(by=BY, share=share, on=TODAY)
    assert not opens(scope, organisation)
    end_share(by=BY, share=share, on=date(2027, 1, 1))
    assert Event.objects.filter(action="directory.share_ended").count() == 1
    assert make_share(organisation, puno).pk != share.pk  # asked for again


def test_one_open_question_at_a_time_and_one_answer() -> None:
    organisation, puno = make_organisation(), make_centre("puno")
    user = make_user(centre=puno)

    def ask(purpose: str = "fair"):  # type: ignore[no-untyped-def]
        return ask_for_sharing(
            by=BY, organisation=organisation, centre=puno, asked_by=user, purpose=purpose
        )

    with pytest.raises(RuleBroken, match="needed for"):
        ask(" ")
    with pytest.raises(RuleBroken, match="already a client"):
        ask_for_sharing(
            by=BY, organisation=organisation, centre=organisation.centre, asked_by=user, purpose="x"
        )
    request = ask()
    assert ask("again") == request
    answer_sharing(by=BY, request=request, accept=False, on=TODAY, decided_by=user, answer="no")
    assert not Share.objects.exists()
    with pytest.raises(RuleBroken, match="already answered"):  # from a page opened before
        answer_sharing(by=BY, request=request, accept=True, on=TODAY, decided_by=user)
    assert ask() != request
    told = Event.objects.filter(action__startswith="directory.sharing").values_list(
        "action", flat=True
    )
    assert sorted(told) == ["directory.sharing_answered", *["directory.sharing_asked"] * 2]


def test_a_merged_file_leads_to_the_one_that_was_kept() -> None:
    keep, drop = make_organisation("Uno"), make_organisation("Uno SAC")
    merge_organisations(by=BY, keep=keep, drop=drop, on=TODAY)
    scope = make_scope()
    assert open_organisation(scope, drop.pk) == keep
    assert shown(scope, "uno") == [("Uno", True)]
    with pytest.raises(NotFound):
        open_organisation(make_scope(centre=make_centre("puno")), drop.pk)


def test_search_says_what_it_understood_and_ranks_what_was_typed_first() -> None:
    scope = make_scope()
    for name in ("Panela Ecológica del Norte", "Panela", "Canela"):
        make_organisation(name)
    assert [name for name, _ in shown(scope, "panela")][:2] == [
        "Panela",
        "Panela Ecológica del Norte",
    ]
    assert find(scope, "panela").understood_as == ""
    assert find(scope, "norte pamela").understood_as == "norte panela"
    assert shown(scope, "pamelo") == []  # two errors
    assert shown(scope, "panela xyzzy") == []
    for nothing in ("", "  ", "«»", "\0"):
        assert shown(scope, nothing) == []


def test_a_person_is_found_by_document_in_their_centre_only() -> None:
    person = make_person("Rosa Quispe", document_type="dni", document_number="45678901")
    assert find(make_scope(), "4567 8901").persons == [person]
    assert find(make_scope(centre=make_centre("puno")), "45678901").persons == []
    assert find(make_scope(), "²²²²²²²²").persons == []

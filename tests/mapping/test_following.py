"""What happens in the directory and the public entries follow; what is kept about people goes with them."""

from datetime import date, timedelta

import pytest
from tests.factories.directory import BY, TODAY, make_organisation, make_person
from tests.factories.mapping import agree, make_entry, make_external, make_interview, make_proposal

from yanapay.base.personal import stored_about
from yanapay.base.schedule import _jobs
from yanapay.directory.actions.consents import withdraw_consent
from yanapay.directory.actions.merging import merge_organisations, undo_merge
from yanapay.directory.actions.organisations import set_status
from yanapay.directory.actions.persons import add_role
from yanapay.directory.actions.privacy import erase_person
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.claims import issue_claim, propose_as_owner
from yanapay.mapping.actions.confirmations import answer_confirmation, ask_due
from yanapay.mapping.actions.entries import republish
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.models import Confirmation, Entry, Interview, Proposal
from yanapay.mapping.queries.claims import claim_with
from yanapay.mapping.queries.confirmations import asked_with, code_of
from yanapay.mapping.rules.codes import digest

pytestmark = pytest.mark.django_db
ONE_YEAR_ON = TODAY + timedelta(days=365)


def test_consent_withdrawn_the_page_goes_at_once() -> None:
    entry = make_entry()
    withdraw_consent(by=BY, consent=Consent.objects.get(), on=TODAY)
    entry.refresh_from_db()
    assert (entry.state, bool(entry.unpublished_reason)) == ("unpublished", True)
    with pytest.raises(RuleBroken, match="has not agreed"):
        republish(by=BY, entry=entry, on=TODAY)


def test_another_consent_in_force_keeps_it() -> None:
    entry = make_entry()
    agree(entry.organisation)
    agree(entry.organisation, "service")
    for consent in Consent.objects.exclude(pk=Consent.objects.filter(purpose="public")[0].pk):
        withdraw_consent(by=BY, consent=consent, on=TODAY)
    assert Entry.objects.public().exists()


def test_what_closes_is_no_longer_shown() -> None:
    entry = make_external()
    set_status(by=BY, organisation=entry.organisation, status="closed", on=TODAY, reason="cerró")
    entry.refresh_from_db()
    assert entry.state == "unpublished"


def test_the_entry_goes_along_with_a_merged_organisation_and_comes_back() -> None:
    entry, keep = make_entry(), make_organisation(name="Lácteos del Valle SAC")
    drop = entry.organisation
    merge = merge_organisations(by=BY, keep=keep, drop=drop, on=TODAY)
    entry.refresh_from_db()
    assert (entry.organisation, entry.state, entry.slug) == (keep, "published", "lacteos-del-valle")
    undo_merge(by=BY, merge=merge)
    entry.refresh_from_db()
    assert entry.organisation == drop


def test_of_two_entries_the_kept_one_stays_shown() -> None:
    kept, dropped = make_entry(make_organisation(name="A")), make_external(name="A bis")
    make_interview(dropped.organisation)
    merge_organisations(by=BY, keep=kept.organisation, drop=dropped.organisation, on=TODAY)
    assert [e.slug for e in Entry.objects.public()] == ["a"]
    assert Interview.objects.get().organisation == kept.organisation


def _owned(name: str = "Rosa Quispe Huamán") -> tuple[Person, Organisation]:
    person, firm = make_person(name), make_organisation(name="Tejidos Rosa")
    add_role(by=BY, person=person, organisation=firm, role="owner")
    return person, firm


def test_an_erasure_takes_the_page_and_what_was_said() -> None:
    person, firm = _owned()
    make_entry(firm, phone="964555777", description="Rosa teje", point="-12.1 -75.2")
    make_proposal(firm, representative="Rosa Quispe Huamán", phone="964555777",
                  contact={"email": "rosa@x.pe"})  # fmt: skip
    make_interview(firm, contact="Rosa 964555777")
    assert set(stored_about(person.pk, [firm.pk])) >= {"proposals", "interviews", "entries"}
    erase_person(by=BY, person=person, reason="lo pidió")
    kept = [*Entry.objects.values(), *Entry.objects.get().versions.values(),
            *Proposal.objects.values(), *Interview.objects.values()]  # fmt: skip
    told = str(kept)
    assert "964555777" not in told
    assert "Quispe" not in told
    assert "teje" not in told
    assert Entry.objects.get().state == "unpublished"


def test_in_what_concerns_others_only_the_name_goes() -> None:
    person, firm = _owned()
    add_role(by=BY, person=make_person("Juan Paz"), organisation=firm, role="owner")
    entry = make_entry(firm, phone="064200100")
    make_proposal(firm, representative="ROSA QUISPE HUAMAN", phone="064200100",
                  private_phone="964555777")  # fmt: skip
    make_interview(firm, contact="Rosa Quispe Huamán, 964555777")
    make_interview(make_organisation("Otra"), contact="Rosa Quispe Huamán")
    erase_person(by=BY, person=person, reason="lo pidió")
    assert Proposal.objects.get().proposed == {"phone": "064200100"}
    assert list(Interview.objects.order_by("pk").values_list("contact", flat=True)) == [
        "", "Rosa Quispe Huamán",
    ]  # fmt: skip
    entry.refresh_from_db()
    assert entry.state == "published"


def test_a_name_that_only_the_reviewer_wrote_goes_too() -> None:
    firm = make_organisation(name="Tejidos Rosa")
    rosa, luz = make_person("Rosa Quispe Huamán"), make_person("Luz Inga Rojas")
    for person in (rosa, luz):
        add_role(by=BY, person=person, organisation=firm, role="owner")
    proposal = make_proposal(firm, consents=["service"], representative="Roza Kispe",
                             private_phone="964555770", acronym="TR")  # fmt: skip
    decide(by=BY, proposal=proposal, accepted={"representative", "private_phone", "acronym"}, on=TODAY,
           corrected={"representative": "Rosa Quispe Huamán", "private_phone": "964555777"})  # fmt: skip
    erase_person(by=BY, person=rosa, reason="lo pidió")
    kept = Proposal.objects.get()
    assert (kept.proposed, kept.corrected, kept.held) == ({"acronym": "TR"}, {}, {})


def test_a_code_lets_its_people_propose_changes() -> None:
    entry = make_entry(phone="064200100")
    claim, code = issue_claim(by=BY, entry=entry, on=TODAY)
    assert claim.digest not in code
    assert claim_with(code.lower().replace("-", " "), TODAY) == claim
    proposal = propose_as_owner(by=BY, entry=entry, told={"phone": "064 200 100", "email": "a@b.pe",
                                "acronym": ""}, source="owner", on=TODAY, claim=claim)  # fmt: skip
    assert (proposal.proposed, proposal.source) == ({"email": "a@b.pe"}, "owner")
    claim.refresh_from_db()
    assert claim.used_at is not None
    with pytest.raises(RuleBroken, match="Nothing was changed"):
        propose_as_owner(by=BY, entry=entry, told={"phone": "064200100"}, source="owner", on=TODAY)


def test_a_code_ends_with_its_days_and_with_a_newer_one() -> None:
    entry = make_entry()
    _, first = issue_claim(by=BY, entry=entry, on=TODAY)
    _, second = issue_claim(by=BY, entry=entry, on=TODAY)
    assert claim_with(second, TODAY) is not None
    for code, on in ((first, TODAY), (second, TODAY + timedelta(days=91)), ("", TODAY)):
        with pytest.raises(RuleBroken, match="not known"):
            claim_with(code, on)


def test_after_a_year_its_people_are_asked_once() -> None:
    entry = make_entry()
    make_external()
    assert ask_due(by=BY, on=ONE_YEAR_ON - timedelta(days=1)) == 0
    assert ask_due(by=BY, on=ONE_YEAR_ON) == 1
    assert ask_due(by=BY, on=ONE_YEAR_ON + timedelta(days=30)) == 0
    question = Confirmation.objects.get()
    code = code_of(question)
    assert (question.digest, asked_with(code)) == (digest(code), question)
    answer_confirmation(by=BY, confirmation=question, answer="right", on=ONE_YEAR_ON)
    entry.refresh_from_db()
    assert entry.confirmed_on == ONE_YEAR_ON
    with pytest.raises(RuleBroken, match="already"):
        answer_confirmation(by=BY, confirmation=question, answer="closed", on=ONE_YEAR_ON)
    assert ask_due(by=BY, on=date(2027, 12, 1)) == 0
    assert "confirmations" in _jobs

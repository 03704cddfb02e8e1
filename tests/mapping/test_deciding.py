"""A reviewer decides field by field; what is accepted goes into the directory in one transaction."""

from typing import Any

import pytest
from tests.factories.directory import (
    BY,
    TODAY,
    make_area,
    make_centre,
    make_observation,
    make_organisation,
    make_scope,
)
from tests.factories.mapping import agree, make_answer, make_entry, make_proposal

from yanapay.audit.models import Event
from yanapay.audit.rules import Actor
from yanapay.directory.actions.attributes import load_terms
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.models import Consent, Observation, Organisation, Person, PersonRoleRecord
from yanapay.kernel.errors import EditConflict, RuleBroken
from yanapay.mapping.actions.entries import republish, unpublish
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.mapping.queries.entries import offered
from yanapay.mapping.queries.review import lines_of, possibly_the_same

pytestmark = pytest.mark.django_db
ELENA = Actor(7, "Elena Paz")


def test_what_is_accepted_goes_into_the_directory_and_the_rest_does_not() -> None:
    load_terms(by=BY)
    make_area("PE/12/1201/120101", "Huancayo")
    firm = make_organisation(name="Warmi", phone="964000000")
    proposal = make_proposal(
        firm, name="Taller Warmi", phone="964555777", area="120101", point="-12.068123 -75.210987 3200 5",
        need_codes=["acceso_mercado"], members_women=12, start_year="1998",
    )  # fmt: skip
    accepted = {"name", "area", "point", "members_women", "start_year"}
    done = decide(by=ELENA, proposal=proposal, accepted=accepted, on=TODAY)
    firm.refresh_from_db()
    assert (firm.name, firm.phone, firm.start_year) == ("Taller Warmi", "964000000", 1998)
    assert firm.area is not None
    assert (firm.area.code, firm.latitude, firm.precision) == ("120101", -12.068123, "gps")
    assert Observation.objects.get(organisation=firm).members_women == 12
    assert (done.state, done.decided_by_name) == ("partly", "Elena Paz")
    assert done.decisions == {
        "phone": "refused", "need_codes": "refused", **dict.fromkeys(accepted, "accepted"),
    }  # fmt: skip


def test_the_trail_tells_which_fields_and_no_personal_value() -> None:
    firm = make_organisation()
    proposal = make_proposal(firm, consents=["service"], representative="Rosa Quispe Huamán",
                             contact={"name": "Rosa Quispe Huamán"})  # fmt: skip
    decide(by=ELENA, proposal=proposal, accepted={"representative"}, on=TODAY)
    event = Event.objects.get(action="mapping.proposal_decided")
    assert event.changes["accepted"] == ["representative"]
    assert "Rosa" not in str(list(Event.objects.values_list("changes", "reason")))
    assert Proposal.objects.get().contact == {}
    role = PersonRoleRecord.objects.get(organisation=firm)
    assert (role.person.name, role.role) == ("Rosa Quispe Huamán", "representative")
    assert Consent.objects.filter(person=role.person, purpose="service").exists()


def test_a_corrected_value_is_written_and_shown_and_the_trail_names_its_field() -> None:
    firm = make_organisation(name="Warmi", phone="964000000")
    agree(firm)
    proposal = make_proposal(firm, name="tayer warmi", phone="964555777", description="Tegidos")
    decide(by=ELENA, proposal=proposal, accepted={"name", "phone", "description"}, on=TODAY, publish=True,
           corrected={"name": "Taller  Warmi", "description": "Tejidos"})  # fmt: skip
    firm.refresh_from_db()
    assert (firm.name, firm.phone) == ("Taller Warmi", "964555777")
    entry = Entry.objects.get()
    assert (entry.name, entry.shown["description"]) == ("Taller Warmi", "Tejidos")
    assert offered(firm)["description"] == "Tejidos", "what the office is offered later"
    done = Proposal.objects.get()
    assert (done.proposed["name"], done.corrected["name"]) == ("tayer warmi", "Taller Warmi")
    assert done.held == {"name": "Warmi", "phone": "964000000"}
    event = Event.objects.get(action="mapping.proposal_decided")
    assert event.changes["corrected"] == ["description", "name"]


def test_a_correction_is_read_as_any_value_and_needs_its_tick() -> None:
    proposal = make_proposal(make_organisation(), email="mal@", phone="964555777")
    with pytest.raises(RuleBroken) as told:
        decide(by=ELENA, proposal=proposal, accepted={"email"}, on=TODAY, corrected={"email": "x"})
    assert told.value.field == "email"
    with pytest.raises(RuleBroken, match="not ticked"):
        decide(by=ELENA, proposal=proposal, accepted={"phone"}, on=TODAY,
               corrected={"email": "taller@warmi.pe"})  # fmt: skip
    assert Proposal.objects.get().state == "pending"


def test_the_answer_itself_is_never_corrected() -> None:
    proposal = make_answer(name="Nuevo", kind="red")
    decide(by=ELENA, proposal=proposal, accepted={"name", "kind"}, on=TODAY,
           corrected={"name": "Red Nueva"})  # fmt: skip
    assert proposal.submission
    assert proposal.submission.records.get().values["name"] == "Nuevo"


def test_without_consent_to_a_file_no_person_is_kept_and_nothing_else_either() -> None:
    firm = make_organisation(name="Warmi")
    proposal = make_proposal(firm, name="Taller Warmi", representative="Rosa Quispe")
    with pytest.raises(RuleBroken, match="agreed to a file") as told:
        decide(by=ELENA, proposal=proposal, accepted={"name", "representative"}, on=TODAY)
    assert told.value.field == "representative"
    firm.refresh_from_db()
    assert firm.name == "Warmi"
    assert not Person.objects.exists()


def test_the_second_reviewer_is_told_who_decided() -> None:
    proposal = make_proposal(make_organisation(), phone="964555777")
    decide(by=ELENA, proposal=proposal, accepted={"phone"}, on=TODAY)
    with pytest.raises(RuleBroken, match="Elena Paz has decided"):
        decide(by=Actor(8, "Beto"), proposal=proposal, accepted=set(), on=TODAY, reason="no")
    assert Proposal.objects.get().state == "accepted"


def test_a_record_edited_since_the_reviewer_looked_is_not_overwritten() -> None:
    firm = make_organisation(name="Warmi")
    proposal = make_proposal(firm, name="Taller Warmi")
    seen = firm.version
    change_organisation(by=BY, organisation=firm, fields={"name": "Warmi SAC"})
    with pytest.raises(EditConflict):
        decide(by=ELENA, proposal=proposal, accepted={"name"}, on=TODAY, version=seen)
    (line,) = lines_of(Proposal.objects.get(), TODAY)
    assert (line.state, line.current, line.proposed) == ("conflict", "Warmi SAC", "Taller Warmi")


def test_refused_whole_needs_a_reason() -> None:
    proposal = make_proposal(contact={"email": "x@y.pe"})
    with pytest.raises(RuleBroken, match="Say why"):
        decide(by=ELENA, proposal=proposal, accepted=set(), on=TODAY)
    done = decide(by=ELENA, proposal=proposal, accepted=set(), on=TODAY, reason="publicidad")
    assert (done.state, done.reason, done.contact) == ("refused", "publicidad", {})
    assert not Organisation.objects.exists()


def test_an_unknown_organisation_is_created_or_turns_out_to_be_a_known_one() -> None:
    created = decide(by=ELENA, proposal=make_proposal(), accepted={"name", "kind"}, on=TODAY)
    assert created.organisation is not None
    assert (created.organisation.name, created.organisation.kind) == ("Taller Warmi", "artesanos")
    assert created.organisation.centre == make_centre()
    again = make_proposal(phone="964555777")
    decide(
        by=ELENA, proposal=again, accepted={"phone"}, on=TODAY, organisation=created.organisation
    )
    created.organisation.refresh_from_db()
    assert created.organisation.phone == "964555777"
    assert Organisation.objects.count() == 1


def test_a_new_one_needs_its_name() -> None:
    proposal = make_proposal(phone="964555777")
    with pytest.raises(RuleBroken, match="needs one") as told:
        decide(by=ELENA, proposal=proposal, accepted={"phone"}, on=TODAY)
    assert told.value.field == "name"


def test_the_client_of_another_centre_is_not_changed_here() -> None:
    theirs = make_organisation(centre=make_centre("puno"))
    with pytest.raises(RuleBroken, match="another centre"):
        decide(by=ELENA, proposal=make_proposal(phone="964555777"), accepted={"phone"}, on=TODAY,
               organisation=theirs)  # fmt: skip


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"name": "Warmi, Taller"}, {}),
        ({"name": "Otra cosa", "ruc": "20131312955"}, {"tax_id": "20131312955"}),
        ({"name": "TALLER WARMI SAC", "private_phone": "964 555 777"}, {"phone": "964555777"}),
    ],
)
def test_known_ones_that_may_be_the_same(known: dict[str, Any], told: dict[str, Any]) -> None:
    firm = make_organisation(**known)
    make_organisation(name="Casa Betania")
    found = possibly_the_same(make_scope("coordinator"), make_proposal(**told))
    assert [likeness.organisation for likeness in found] == [firm]


def test_published_at_once_with_the_consent_of_the_form() -> None:
    proposal = make_answer(name="Nuevo", kind="red", description="Ferias", representative="Rosa Quispe",
                           point="-12.068123 -75.210987 0 0", consent_public="si")  # fmt: skip
    accepted = {"name", "kind", "description", "point"}
    decide(by=ELENA, proposal=proposal, accepted=accepted, on=TODAY, publish=True)
    entry = Entry.objects.get()
    assert (entry.name, entry.kind, entry.latitude) == ("Nuevo", "red", -12.07)
    assert entry.shown == {"description": "Ferias"}
    assert entry.approved_by_name == "Elena Paz"
    interview = Interview.objects.get()
    assert (interview.state, interview.reviewer_name, interview.organisation) == (
        "published", "Elena Paz", entry.organisation,
    )  # fmt: skip
    assert Consent.objects.get(organisation=entry.organisation).text_version == "ess 1"


def test_publishing_without_consent_undoes_the_whole_decision() -> None:
    proposal = make_answer(name="Nuevo", kind="red")
    with pytest.raises(RuleBroken, match="has not agreed"):
        decide(by=ELENA, proposal=proposal, accepted={"name", "kind"}, on=TODAY, publish=True)
    assert not Organisation.objects.exists()
    assert Proposal.objects.get().state == "pending"
    done = decide(by=ELENA, proposal=proposal, accepted={"name", "kind"}, on=TODAY)
    assert done.interview is not None
    assert done.interview.state == "in_review"


def test_the_last_approved_version_stays_while_a_change_waits() -> None:
    entry = make_entry(description="Ferias")
    proposal = make_proposal(entry.organisation, description="Ferias y tejidos", phone="964555777")
    entry.refresh_from_db()
    assert entry.shown == {"description": "Ferias"}
    decide(by=ELENA, proposal=proposal, accepted={"description"}, on=TODAY, publish=True)
    entry.refresh_from_db()
    assert (entry.shown, entry.number) == ({"description": "Ferias y tejidos"}, 2)


def test_what_is_the_same_is_not_written_again() -> None:
    firm = make_organisation(phone="964 555 777")
    as_kept = firm.phone
    make_observation(firm, members_women=12)
    agree(firm)
    proposal = make_proposal(firm, phone="964555777", members_women=12, consents=["public"])
    decide(by=ELENA, proposal=proposal, accepted={"phone", "members_women"}, on=TODAY)
    firm.refresh_from_db()
    assert firm.phone == as_kept
    assert Observation.objects.count() == 1
    assert Consent.objects.count() == 1


def test_figures_that_contradict_each_other_are_refused_with_their_field() -> None:
    firm = make_organisation()
    proposal = make_proposal(firm, workers=3, workers_women=2, workers_men=2)
    with pytest.raises(RuleBroken, match="add up") as told:
        decide(by=ELENA, proposal=proposal, accepted=set(proposal.proposed), on=TODAY)
    assert told.value.field == "workers"
    assert Proposal.objects.get().state == "pending"


def test_the_interview_is_published_and_taken_down_with_its_entry() -> None:
    proposal = make_answer(name="Nuevo", kind="red", consent_public="si")
    done = decide(by=ELENA, proposal=proposal, accepted={"name", "kind"}, on=TODAY)
    assert done.organisation is not None
    interview = Interview.objects.get()
    assert interview.state == "in_review"
    entry = make_entry(done.organisation)
    interview.refresh_from_db()
    assert interview.state == "published"
    unpublish(by=ELENA, entry=entry, reason="lo pidió")
    interview.refresh_from_db()
    assert (interview.state, interview.reason) == ("unpublished", "lo pidió")
    republish(by=ELENA, entry=entry, on=TODAY)
    interview.refresh_from_db()
    assert interview.state == "published"


@pytest.mark.parametrize(
    ("accepted", "review"), [({"name"}, "approved"), (set(), "rejected")], ids=["some", "nothing"]
)
def test_deciding_on_what_an_answer_says_reviews_the_answer(
    accepted: set[str], review: str
) -> None:
    proposal = make_answer(name="Warmi", kind="artesanos")
    decide(by=ELENA, proposal=proposal, accepted=accepted, on=TODAY, reason="Falta el resto")
    assert proposal.submission
    proposal.submission.refresh_from_db()
    assert (proposal.submission.review, proposal.submission.reviewed_by_name) == (
        review,
        "Elena Paz",
    )

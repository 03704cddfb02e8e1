"""Stories of the roster: who is in it, what they know, what their papers lack."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.directory import (
    BY,
    TODAY,
    make_area,
    make_centre,
    make_organisation,
    make_person,
    make_scope,
    make_user,
)
from tests.factories.roster import make_specialist, show_papers

from yanapay.audit.models import Event
from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import EditConflict, NotFound, RuleBroken
from yanapay.roster.actions.catalogue import add_technology, load_requirements, load_technologies
from yanapay.roster.actions.credentials import add_credential, remove_credential
from yanapay.roster.actions.knowledge import (
    add_absence,
    add_speciality,
    rate_specialist,
    set_areas,
)
from yanapay.roster.actions.specialists import add_specialist, change_specialist
from yanapay.roster.models import Requirement, Specialist, Technology
from yanapay.roster.queries.accreditation import standings_of
from yanapay.roster.queries.specialists import RosterFilters, open_specialist, roster
from yanapay.roster.rules.accreditation import is_accredited

pytestmark = pytest.mark.django_db


def test_the_shipped_data_load_once() -> None:
    assert (load_requirements(by=BY), load_technologies(by=BY)) == (14, 46)
    events = Event.objects.count()
    assert (load_requirements(by=BY), load_technologies(by=BY)) == (0, 0)
    assert Event.objects.count() == events


def test_a_newcomer_lacks_four_papers_and_is_accredited_with_them() -> None:
    load_requirements(by=BY)
    specialist = make_specialist(accredited=False)
    assert len([s for s in standings_of(specialist, TODAY) if s.is_lacking]) == 6
    show_papers(specialist)
    assert is_accredited(standings_of(specialist, TODAY))
    assert not is_accredited(standings_of(specialist, date(2027, 6, 1)))  # the tax printout is old


def test_a_person_is_listed_once_per_kind() -> None:
    person = make_person("Rosa Quispe")
    add_specialist(by=BY, centre=person.centre, kind="trainer", person=person, fields={})
    with pytest.raises(RuleBroken, match="already"):
        add_specialist(by=BY, centre=person.centre, kind="trainer", person=person, fields={})
    with pytest.raises(RuleBroken, match="person or the firm"):
        add_specialist(by=BY, centre=person.centre, kind="trainer", fields={})


def test_a_firm_is_a_supplier() -> None:
    firm = make_organisation("Envases del Centro")
    with pytest.raises(RuleBroken, match="supplier"):
        add_specialist(by=BY, centre=firm.centre, kind="specialist", organisation=firm, fields={})
    supplier = add_specialist(
        by=BY, centre=firm.centre, kind="supplier", organisation=firm, fields={}
    )
    assert str(supplier) == "Envases del Centro"


def test_a_rate_has_a_currency_and_two_editors_meet() -> None:
    specialist = make_specialist()
    with pytest.raises(RuleBroken, match="currency"):
        change_specialist(by=BY, specialist=specialist, fields={"day_rate": 35_000})
    rate = {"day_rate": 35_000, "currency": "PEN"}
    change_specialist(by=BY, specialist=specialist, fields=rate, version=1)
    with pytest.raises(EditConflict):
        change_specialist(by=BY, specialist=specialist, fields={"most_cases": 2}, version=1)


def test_conflicts_of_interest_stay_out_of_the_trail() -> None:
    specialist = make_specialist()
    change_specialist(by=BY, specialist=specialist, fields={"conflicts": "Prima de Rosa Quispe"})
    event = Event.objects.filter(action="roster.specialist_changed").get()
    assert event.changes == {"conflicts": "changed"}


def test_a_paper_needs_its_evidence_its_kind_and_a_safe_file() -> None:
    specialist = make_specialist()
    education = Requirement.objects.get(code="specialist-education")
    with pytest.raises(RuleBroken, match="what was shown"):
        add_credential(
            by=BY, specialist=specialist, requirement=education, obtained_on=TODAY, evidence=" "
        )
    with pytest.raises(RuleBroken, match="asked of others"):
        add_credential(by=BY, specialist=specialist, obtained_on=TODAY, evidence="x",
                       requirement=Requirement.objects.get(code="trainer-tax"))  # fmt: skip
    script = SimpleUploadedFile("titulo.html", b"<script>", "text/html")
    with pytest.raises(RuleBroken, match="Only PDF"):
        add_credential(by=BY, specialist=specialist, requirement=education, obtained_on=TODAY,
                       evidence="Título", file=script, content_type="text/html")  # fmt: skip


def test_a_paper_taken_back_is_missing_again() -> None:
    specialist = make_specialist()
    held = specialist.credentials.get(requirement__code="specialist-education")
    remove_credential(by=BY, credential=held, reason="it was of a namesake")
    assert not is_accredited(standings_of(specialist, TODAY))


def test_absences_do_not_overlap() -> None:
    specialist = make_specialist()
    add_absence(by=BY, specialist=specialist, since=date(2026, 3, 10), until=date(2026, 3, 20))
    with pytest.raises(RuleBroken, match="noted already"):
        add_absence(by=BY, specialist=specialist, since=date(2026, 3, 20), until=date(2026, 3, 25))


def test_rating_the_same_case_again_corrects_the_first() -> None:
    specialist = make_specialist()
    for score in (2, 4):
        rate_specialist(
            by=BY, specialist=specialist, score=score, on=TODAY, subject="SAT-2026-0001"
        )
    assert [rating.score for rating in specialist.ratings.all()] == [4]


def test_the_list_is_cut_by_what_is_asked() -> None:
    baker, tailor = make_specialist("Ada Rojas"), make_specialist("Beto Poma", accredited=False)
    add_speciality(by=BY, specialist=baker, topic="calidad", years=5)
    set_areas(by=BY, specialist=baker, areas=[make_area("PE/12")])
    add_absence(by=BY, specialist=tailor, since=TODAY, until=TODAY)
    make_area("PE/12/1201")
    scope = make_scope()

    def names(**asked: str) -> list[str]:
        return [str(one) for one in roster(scope, RosterFilters(**asked), TODAY)]

    assert names() == ["Ada Rojas", "Beto Poma"]
    assert (
        names(topic="calidad") == names(accredited="yes") == names(available="yes") == ["Ada Rojas"]
    )
    assert names(area="1201") == names(q="rojas") == ["Ada Rojas"]
    assert names(accredited="no") == ["Beto Poma"]


def test_another_centre_sees_nothing_and_the_specialist_sees_themself() -> None:
    user = make_user("specialist")
    own, other = make_specialist("Ada Rojas", user=user), make_specialist("Beto Poma")
    with pytest.raises(NotFound):
        open_specialist(make_scope("promoter", make_centre("ayacucho")), own.pk)
    scope = scope_of(user, TODAY)
    assert open_specialist(scope, own.pk) == own
    assert list(Specialist.objects.visible_to(scope)) == [own]
    with pytest.raises(NotFound):
        open_specialist(scope, other.pk)


def test_the_catalogue_grows_without_doubles() -> None:
    load_technologies(by=BY)
    known = Technology.objects.get(name="Peladora de ajos")
    again = add_technology(by=BY, category=known.category, name="PELADORA DE AJOS")
    new = add_technology(by=BY, category=known.category, name="Secador solar")
    assert again == known
    assert not new.is_published

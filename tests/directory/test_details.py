"""What hangs on a file: codes, activities, notes, files, consents, corrected figures, roles, networks."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.factories.directory import (
    BY,
    TODAY,
    make_activity,
    make_area,
    make_observation,
    make_organisation,
    make_person,
    make_user,
)

from yanapay.audit.models import Event
from yanapay.directory.actions.attributes import (
    add_formality,
    load_terms,
    remove_formality,
    set_activities,
    set_codes,
    set_further_areas,
)
from yanapay.directory.actions.consents import give_consent, withdraw_consent
from yanapay.directory.actions.notes import add_file, remove_file, write_note
from yanapay.directory.actions.observations import correct_observation
from yanapay.directory.actions.persons import (
    add_role,
    affiliate,
    change_person,
    end_affiliation,
    end_role,
)
from yanapay.directory.actions.views import remove_view, save_view
from yanapay.directory.models import FileRecord, Note, Observation, SavedView, Term
from yanapay.directory.queries.record import timeline
from yanapay.kernel.errors import EditConflict, RuleBroken
from yanapay.places.models import ActivityCode

pytestmark = pytest.mark.django_db
YESTERDAY, LONG_AGO = date(2026, 3, 11), date(2019, 1, 1)


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def told(action: Callable[[], object]) -> list[Event]:
    """The events that an action leaves."""
    last = Event.objects.count()
    action()
    return list(Event.objects.order_by("pk"))[last:]


def test_codes_become_exactly_these_and_the_event_tells_both() -> None:
    organisation = make_organisation()

    def want(*codes: str) -> Any:
        return lambda: set_codes(
            by=BY, organisation=organisation, vocabulary="need_codes", codes=codes
        )

    told(want("credit", "market"))
    (event,) = told(want("market", "training"))
    assert event.changes == {"need_codes": [["credit", "market"], ["market", "training"]]}
    assert set(organisation.attributes.values_list("code", flat=True)) == {"market", "training"}
    assert told(want("training", "market")) == []


def test_the_first_activity_is_the_main_one_and_a_new_product_line_is_an_event() -> None:
    organisation, sugar, bread = make_organisation(), make_activity("1072"), make_activity("1071")

    def want(*chosen: tuple[ActivityCode, str]) -> Any:
        return lambda: set_activities(by=BY, organisation=organisation, activities=chosen)

    told(want((sugar, "panela"), (bread, ""), (sugar, "panela")))
    assert [row.activity for row in organisation.activities.filter(is_main=True)] == [sugar]
    (event,) = told(want((sugar, "panela orgánica"), (bread, "")))
    assert event.changes["activities"][1] == ["1072 panela orgánica", "1071"]
    assert told(want((sugar, "panela orgánica"), (bread, ""))) == []
    assert len(told(want((bread, ""), (sugar, "panela orgánica")))) == 1
    assert organisation.activities.get(is_main=True).activity == bread


def test_further_areas_become_exactly_these() -> None:
    organisation, junin, puno = make_organisation(), make_area("PE/12"), make_area("PE/21")
    set_further_areas(by=BY, organisation=organisation, areas=[junin, puno, junin])
    assert organisation.further_areas.count() == 2
    same = lambda: set_further_areas(by=BY, organisation=organisation, areas=[puno, junin])  # noqa: E731
    assert told(same) == []


def test_marks_of_formality_have_days_in_order() -> None:
    organisation = make_organisation()
    with pytest.raises(RuleBroken, match="before"):
        add_formality(
            by=BY, organisation=organisation, mark="brand", obtained_on=TODAY, expires_on=YESTERDAY
        )
    brand = add_formality(by=BY, organisation=organisation, mark="brand", obtained_on=TODAY)
    remove_formality(by=BY, formality=brand, reason="of another")
    assert not organisation.formality.exists()
    assert Event.objects.newest_first()[0].reason == "of another"


def test_vocabularies_are_loaded_once() -> None:
    count = load_terms(by=BY)
    assert (load_terms(by=BY), Term.objects.count()) == (count, count)
    assert events().count("directory.terms_loaded") == 1


def test_a_note_is_kept_and_its_words_are_not_in_the_trail() -> None:
    organisation = make_organisation()
    with pytest.raises(RuleBroken, match="Write something"):
        write_note(by=BY, about=organisation, text=" \n")
    (event,) = told(lambda: write_note(by=BY, about=organisation, text="debe a su prima"))
    assert "prima" not in str(event.entry())
    assert timeline(organisation, [])[0].subject == Note.objects.get()


@pytest.fixture
def keep(settings: Any, tmp_path: Any) -> Callable[..., FileRecord]:
    settings.MEDIA_ROOT = tmp_path
    organisation = make_organisation()

    def keep(name: str = "Acta.PDF", kind: str = "application/pdf", content: bytes = b"a") -> Any:
        file = ContentFile(content, name)
        return add_file(by=BY, about=organisation, name=name, content_type=kind, content=file)

    return keep


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("virus.exe", "application/x-msdownload"),
        ("virus.exe", "application/pdf"),
        ("page.html", "text/html"),
        ("page.pdf", "text/html"),
        ("pdf", "application/pdf"),
    ],
)
def test_a_file_of_another_type_is_refused(
    keep: Callable[..., FileRecord], name: str, kind: str
) -> None:
    with pytest.raises(RuleBroken, match="Only PDF"):
        keep(name, kind)
    assert not FileRecord.objects.exists()


def test_a_file_too_large_is_refused(keep: Callable[..., FileRecord], settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    keep(content=b"x" * 1024 * 1024)
    with pytest.raises(RuleBroken, match="larger than 1 MB"):
        keep(content=b"y" * (1024 * 1024 + 1))


def test_the_same_bytes_are_kept_once(keep: Callable[..., FileRecord]) -> None:
    first = keep("acta.pdf", content=b"same")
    assert told(lambda: keep("copia.pdf", content=b"same")) == []
    assert keep("otra.pdf", content=b"other") != first
    assert FileRecord.objects.count() == 2


def test_a_removed_file_is_gone_with_its_bytes(
    keep: Callable[..., FileRecord], django_capture_on_commit_callbacks: Any
) -> None:
    kept = keep()
    storage, path = kept.stored.storage, kept.stored.name
    assert Path(storage.path(path)).read_bytes() == b"a"
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(by=BY, file=kept, reason="a mistake")
        assert storage.exists(path)  # until the transaction holds
    assert not storage.exists(path)
    assert events()[-1] == "directory.file_removed"


def test_consent_is_withdrawn_once_and_not_before_it_was_given() -> None:
    consent = give_consent(
        by=BY, about=make_person(), purpose="service", text_version="1", given_on=TODAY, channel="paper"
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="before the consent"):
        withdraw_consent(by=BY, consent=consent, on=YESTERDAY)
    assert consent.person is not None
    assert consent.person.consents.in_force().count() == 1
    withdraw_consent(by=BY, consent=consent, on=TODAY)
    assert told(lambda: withdraw_consent(by=BY, consent=consent, on=date(2026, 4, 1))) == []
    assert (consent.withdrawn_on, consent.person.consents.in_force().count()) == (TODAY, 0)


def test_figures_are_not_foretold() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="lies in the future") as refused:
        make_observation(make_organisation(), on=tomorrow, workers=5)
    assert refused.value.field == "observed_on"


def test_a_correction_has_a_reason_and_the_old_figures_stay_readable() -> None:
    wrong = make_observation(make_organisation(), workers=50, annual_sales=900_00)
    right = {"observed_on": wrong.observed_on, "workers": 5}
    with pytest.raises(RuleBroken, match="Say why"):
        correct_observation(by=BY, observation=wrong, figures=right, reason=" ")
    new = correct_observation(by=BY, observation=wrong, figures=right, reason="a zero too many")
    old = Observation.objects.get(pk=wrong.pk)
    assert (old.workers, old.annual_sales, old.currency) == (50, 900_00, "PEN")
    assert (old.replaced_by, new.reason) == (new, "a zero too many")
    assert list(Observation.objects.standing()) == [new]
    with pytest.raises(RuleBroken, match="already corrected"):  # from a page opened before
        correct_observation(by=BY, observation=wrong, figures=right, reason="again")


def test_what_ended_has_ended() -> None:
    person, member, network = make_person(), make_organisation("Uno"), make_organisation("Red")
    role = add_role(by=BY, person=person, organisation=member, role="owner", since=YESTERDAY)
    tie = affiliate(by=BY, member=member, network=network, since=YESTERDAY)
    assert affiliate(by=BY, member=member, network=network) == tie
    with pytest.raises(RuleBroken, match="before the beginning"):
        end_affiliation(by=BY, affiliation=tie, on=LONG_AGO)
    for end in (
        lambda on: end_role(by=BY, role=role, on=on),
        lambda on: end_affiliation(by=BY, affiliation=tie, on=on),
    ):
        assert len(told(lambda end=end: end(TODAY))) == 1  # type: ignore[misc]
        assert told(lambda end=end: end(date(2027, 1, 1))) == []  # type: ignore[misc]
    assert (role.until, tie.until) == (TODAY, TODAY)
    assert affiliate(by=BY, member=member, network=network) != tie


def test_no_organisation_is_a_member_of_itself() -> None:
    network = make_organisation("Red")
    with pytest.raises(RuleBroken, match="of itself"):
        affiliate(by=BY, member=network, network=network)


def test_the_second_of_two_editors_of_a_person_is_told() -> None:
    person = make_person()
    change_person(by=BY, person=person, fields={"phone": "964000111"}, version=1)
    with pytest.raises(EditConflict):
        change_person(by=BY, person=person, fields={"phone": "964000222"}, version=1)
    with pytest.raises(RuleBroken, match="Write the name"):
        change_person(by=BY, person=person, fields={"name": " "})
    with pytest.raises(RuleBroken, match="centre"):
        change_person(by=BY, person=person, fields={"centre": None})
    assert told(lambda: change_person(by=BY, person=person, fields={"phone": "964000111"})) == []


def test_a_saved_view_replaces_the_one_of_the_same_name() -> None:
    ana, beto = make_user(), make_user()
    for user, name, query in ((ana, "Mine", "q=1"), (ana, " Mine ", "q=2"), (beto, "Mine", "q=3")):
        save_view(by=BY, user=user, page="directory", name=name, query=query)
    assert [view.query for view in SavedView.objects.filter(user=ana)] == ["q=2"]
    with pytest.raises(RuleBroken, match="name"):
        save_view(by=BY, user=ana, page="directory", name=" ", query="")
    remove_view(by=BY, view=SavedView.objects.get(user=ana))
    assert SavedView.objects.get().user == beto

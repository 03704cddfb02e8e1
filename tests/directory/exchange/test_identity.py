"""The same organisation again: unchanged, changed, or a conflict for a person to decide."""

# ruff: noqa: E501  lines of files are as long as they are

from typing import Any

import pytest
from tests.directory.exchange.conftest import HEADER, TakeIn
from tests.directory.test_tally import counted, tallied

from yanapay.audit.models import Event
from yanapay.audit.rules import Actor
from yanapay.directory import exchange
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.models import BatchChange, Conflict, Observation, Organisation
from yanapay.kernel.errors import RuleBroken

LIST = "source_id,name,kind,ubigeo,ruc\n1,Molino Inca,empresa,150101,20100030595\n2,Tejidos Sol,empresa,120114,\n"


def outcome(batch: Any) -> dict[str, int]:
    return {name: n for name, n in batch.counts.items() if n}


def test_the_same_file_twice_changes_nothing(take_in: Any) -> None:
    take_in(LIST)
    assert outcome(take_in(LIST)) == {"rows": 2, "unchanged": 2}
    assert Organisation.objects.count() == 2


def test_without_key_and_number_name_kind_and_area_decide(take_in: Any) -> None:
    rows = "name,kind,ubigeo\nMolino Inca,empresa,150101\nMOLINO  ÍNCA,empresa,120114\n"
    assert outcome(take_in(rows)) == {"rows": 2, "created": 2}
    again = rows.replace("Molino Inca", "molino inca")
    assert outcome(take_in(again)) == {"rows": 2, "changed": 1, "unchanged": 1}


def test_a_change_is_written_with_its_history(take_in: Any) -> None:
    take_in(LIST)
    batch = take_in(LIST.replace("Tejidos Sol", "Tejidos Luna"))
    assert outcome(batch) == {"rows": 2, "unchanged": 1, "changed": 1}
    changed = Organisation.objects.get(name="Tejidos Luna")
    assert (changed.name_key, changed.version) == ("tejidos luna", 2)
    history = BatchChange.objects.get()
    assert (history.before, history.after) == ({"name": "Tejidos Sol"}, {"name": "Tejidos Luna"})


def test_an_empty_cell_takes_nothing_away(take_in: Any) -> None:
    take_in("source_id,name,address\n1,Molino,Jr. Unión\n")
    assert outcome(take_in("source_id,name,address\n1,Molino,\n")) == {"rows": 1, "unchanged": 1}
    assert Organisation.objects.get().address == "Jr. Unión"


def test_what_a_person_edited_is_never_overwritten(take_in: Any, operator: Any) -> None:
    take_in(LIST)
    edited = Organisation.objects.get(name="Molino Inca")
    change_organisation(by=operator, organisation=edited, fields={"name": "Molino del Inca"})
    assert outcome(take_in(LIST)) == {"rows": 2, "unchanged": 1, "conflicts": 1}
    edited.refresh_from_db()
    assert edited.name == "Molino del Inca"
    conflict = Conflict.objects.get()
    assert conflict.current == {"name": "Molino del Inca"}
    assert conflict.proposed["name"] == "Molino Inca"


@pytest.mark.parametrize("accepted", [True, False])
def test_a_decided_conflict_is_not_asked_again(take_in: Any, operator: Any, accepted: bool) -> None:
    take_in(LIST)
    edited = Organisation.objects.get(name="Molino Inca")
    change_organisation(by=operator, organisation=edited, fields={"name": "Molino del Inca"})
    take_in(LIST)
    decide = exchange.accept_conflict if accepted else exchange.refuse_conflict
    decide(by=operator, conflict=Conflict.objects.get())
    edited.refresh_from_db()
    assert edited.name == ("Molino Inca" if accepted else "Molino del Inca")
    assert outcome(take_in(LIST)) == {"rows": 2, "unchanged": 2}


def test_the_same_number_under_another_key_is_the_same_organisation(take_in: Any) -> None:
    take_in(LIST)
    rows = "source_id,name,kind,ubigeo,ruc\n77,Molino Inca,empresa,150101,20100030595\n"
    assert outcome(take_in(rows)) == {"rows": 1, "unchanged": 1}


def test_a_very_different_name_under_the_same_number_is_a_conflict(take_in: Any) -> None:
    take_in(LIST)
    rows = "source_id,name,kind,ubigeo,ruc\n77,Ferretería El Cóndor,empresa,150101,20100030595\n"
    assert outcome(take_in(rows)) == {"rows": 1, "conflicts": 1}
    assert outcome(take_in("source_id,name,ruc\n8,Café Selva,20131312955\n9,Transportes Huayna,20131312955\n")) == {
        "rows": 2, "created": 1, "conflicts": 1,
    }  # fmt: skip
    assert Conflict.objects.count() == 2


def test_new_figures_are_added_and_corrected_ones_keep_the_old(take_in: Any) -> None:
    take_in("source_id,name,workers,observed_on\n1,Molino,4,2024-01-01\n")
    take_in("source_id,name,workers,observed_on\n1,Molino,6,2025-01-01\n")
    take_in("source_id,name,workers,observed_on\n1,Molino,7,2025-01-01\n")
    assert sorted(Observation.objects.standing().values_list("workers", flat=True)) == [4, 7]
    assert Observation.objects.count() == 3


def test_a_batch_is_one_event_and_moves_the_tally(take_in: Any) -> None:
    batch = take_in(LIST)
    event = Event.objects.get(action="directory.imported")
    assert (event.object_id, event.changes["created"]) == (str(batch.pk), 2)
    assert event.changes["sha256"] == batch.sha256
    assert "Molino" not in str(event.changes)
    assert tallied() == counted()


def test_undo_takes_everything_out_again(take_in: Any, operator: Any) -> None:
    batch = take_in(LIST)
    assert exchange.undo(batch, by=operator) == 2
    batch.refresh_from_db()
    assert (batch.state, exchange.discard(batch).state) == ("undone", "undone")
    assert not Organisation.objects.exists()
    assert tallied() == {}
    assert outcome(take_in(LIST)) == {"rows": 2, "created": 2}


def test_the_tally_follows_a_file_sort_by_sort_and_back(take_in: TakeIn, operator: Actor) -> None:
    take_in(f"{HEADER}\n1,Molino Inca,empresa,120101\n2,Tejidos Sol,empresa,120101\n")
    as_loaded = tallied()
    second = take_in(f"{HEADER}\n1,Molino Inca,cooperativa,120101\n2,Tejidos Sol,empresa,120114\n")
    assert second.counts["changed"] == 2
    assert tallied() == counted() != as_loaded
    exchange.undo(second, by=operator)
    assert tallied() == counted() == as_loaded


def test_undo_says_what_stands_against_it(take_in: Any, operator: Any) -> None:
    batch = take_in(LIST)
    one = Organisation.objects.get(name="Molino Inca")
    change_organisation(by=operator, organisation=one, fields={"address": "Jr. Unión"})
    with pytest.raises(RuleBroken, match="1 of the organisations were edited since: Molino Inca"):
        exchange.undo(batch, by=operator)


def test_undo_puts_back_what_the_file_changed_of_older_records(take_in: Any, operator: Any) -> None:
    take_in(LIST)
    changed = LIST.replace("Molino Inca", "Molino Inka").replace("Tejidos Sol", "Tejidos del Sol")
    second = take_in(changed)
    assert second.counts["changed"] == 2
    edited = Organisation.objects.get(name="Tejidos del Sol")
    change_organisation(by=operator, organisation=edited, fields={"address": "Jr. Unión"})
    assert exchange.undo(second, by=operator) == 0
    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Molino Inca",
        "Tejidos del Sol",
    }
    event = Event.objects.get(action="directory.import_undone")
    assert (event.changes["reverted"], event.changes["left"]) == (1, 1)
    assert Organisation.objects.get(name="Molino Inca").search_text == "molino inca"
    assert outcome(take_in(changed))["changed"] == 1


def test_rows_that_resemble_known_ones_are_counted(take_in: Any) -> None:
    take_in("name,phone\nPanadería Rosita SAC,999888777\n")
    batch = take_in("name,phone\nPanaderia Rositta,+51 999 888 777\nZapatería Sur,999888777\n")
    assert batch.counts["possible_duplicates"] == 1
    within = take_in(
        "name,latitude,longitude\nCafé Selva,-12.05,-75.2\nCafe Selba,-12.0505,-75.2\n"
    )
    assert within.counts["possible_duplicates"] == 1


def test_rows_of_a_file_resemble_each_other_by_any_of_their_telephones(take_in: Any) -> None:
    """With the code of the country or without, first number or second; the same number twice is one."""
    batch = take_in(
        "name,phone\n"
        "Panadería Rosita SAC,064 231 122 / 999888777\n"
        "Panaderia Rositta,+51 999 888 777 / 999888777\n"
        "Zapatería Sur,999888777 / 064 231122\n"
        "Zapateria Sur,064 555 111\n"
    )
    assert batch.counts["possible_duplicates"] == 1
    (example,) = batch.options["suspects"]
    assert (example["row_no"], example["other_row"]) == (3, 2)


def test_one_owner_of_two_enterprises_is_one_person(take_in: Any) -> None:
    take_in("name,owner_name,dni\nMolino,Ana Quispe,45678901\nTejidos,Ana Quispe,45678901\n")
    take_in("name,owner_name,dni\nCafé Selva,Ana Quispe,45678901\n")
    owners = {o.people.get().person_id for o in Organisation.objects.all()}
    assert len(owners) == 1

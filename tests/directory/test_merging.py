"""Two records of one organisation become one, and two again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_observation,
    make_organisation,
    make_person,
)

from yanapay.audit.models import Event, PersonalValue
from yanapay.directory.actions.merging import merge_organisations, undo_merge
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.actions.persons import add_role, affiliate
from yanapay.directory.choices import Status
from yanapay.directory.models import (
    Affiliation,
    CodedAttribute,
    Consent,
    Identifier,
    Merge,
    Note,
    Organisation,
    Tally,
)
from yanapay.directory.queries import merging
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
UNTOLD = {"version", "updated_at"}


def merge(keep: Organisation, drop: Organisation, take: list[str] | None = None) -> Merge:
    return merge_organisations(by=BY, keep=keep, drop=drop, on=TODAY, take=take)


def picture() -> dict[str, Any]:
    """Every row of the directory that a merge may touch, without what any save changes."""
    return {
        model._meta.label: {
            row.pop("id", row.get("organisation_id")): {
                name: value for name, value in row.items() if name not in UNTOLD
            }
            for row in model._default_manager.values()
        }
        for model in apps.get_app_config("directory").get_models()
        if model not in (Merge, Tally)
    }


def tallied() -> dict[tuple[Any, ...], int]:
    sorts = Tally.objects.values_list("centre", "kind", "status", "area").annotate(n=Sum("n"))
    return {tuple(sort): n for *sort, n in sorts if n}


def test_everything_moves_and_the_old_record_leads_to_the_new_one() -> None:
    keep = make_organisation("Panadería Rosa", ruc="20131312955")
    drop = make_organisation("Panaderia Rossa", phone="064 211 211")
    make_observation(drop, workers=4)
    add_role(by=BY, person=make_person(), organisation=drop, role="owner")
    merge(keep, drop)
    keep.refresh_from_db()
    drop.refresh_from_db()
    assert (drop.status, drop.merged_into) == (Status.MERGED, keep)
    assert (keep.name, keep.phone) == ("Panadería Rosa", "064211211")
    assert keep.observations.count() == keep.people.count() == 1
    assert tallied() == {(keep.centre_id, "empresa", "active", None): 1,
                         (keep.centre_id, "empresa", "merged", None): 1}  # fmt: skip


def test_the_dry_run_names_every_relation_that_moves() -> None:
    keep, drop = make_organisation("A"), make_organisation("B", ruc="20131312955")
    make_observation(drop, workers=4)
    make_observation(drop, on=date(2017, 5, 1), workers=5)
    plan = merging.plan_merge(keep, drop)
    assert {r.label.split(".")[1]: len(r.moving) for r in plan.relations} == {
        "Identifier": 1, "Observation": 2,
    }  # fmt: skip
    done = merge(keep, drop)
    assert {label: len(rows["moved"]) for label, rows in done.moved.items()} == {
        r.label: len(r.moving) for r in plan.relations
    }


def test_each_field_survives_from_the_record_that_was_chosen() -> None:
    keep = make_organisation(
        "Panadería Rosa", address="Jr. Puno 1", latitude=-12.0, longitude=-75.0
    )
    drop = make_organisation("Rosa Pan", address="Jr. Lima 2", latitude=-13.0, longitude=-74.0)
    merge(keep, drop, take=["name", "latitude"])
    keep.refresh_from_db()
    assert (keep.name, keep.name_key, keep.address) == ("Rosa Pan", "rosa pan", "Jr. Puno 1")
    assert (keep.latitude, keep.longitude) == (-13.0, -74.0)


def test_what_both_have_is_kept_once_and_comes_back() -> None:
    network = make_organisation("Red", kind="red")
    keep, drop = make_organisation("A"), make_organisation("B")
    for one in (keep, drop):
        affiliate(by=BY, member=one, network=network)
        CodedAttribute.objects.create(organisation=one, vocabulary="need", code="credit")
    before = picture()
    done = merge(keep, drop)
    assert Affiliation.objects.count() == CodedAttribute.objects.count() == 1
    undo_merge(by=BY, merge=done)
    assert picture() == before


def test_a_network_does_not_become_a_member_of_itself() -> None:
    keep, drop = make_organisation("Red", kind="red"), make_organisation("Red bis", kind="red")
    affiliate(by=BY, member=keep, network=drop)
    before = picture()
    done = merge(keep, drop)
    assert not Affiliation.objects.exists()
    undo_merge(by=BY, merge=done)
    assert picture() == before


def test_personal_values_are_kept_apart_from_the_chain() -> None:
    keep, drop = make_organisation("A"), make_organisation("B", private_phone="987654321")
    merge(keep, drop)
    event = Event.objects.get(action="directory.merged")
    assert "987654321" not in str(event.changes)
    value = PersonalValue.objects.get(event=event)
    assert (value.subject, value.field, value.after) == (
        f"organisation:{keep.pk}", "private_phone", "987654321",
    )  # fmt: skip


def test_a_merge_cannot_be_undone_when_its_fields_were_changed_since() -> None:
    keep, drop = make_organisation("A"), make_organisation("B", phone="064 211 211")
    done = merge(keep, drop)
    change_organisation(by=BY, organisation=keep, fields={"phone": "064 999 999"})
    with pytest.raises(RuleBroken, match="changed since"):
        undo_merge(by=BY, merge=done)


def test_what_was_added_since_stays_with_the_kept_record() -> None:
    keep, drop = make_organisation("A"), make_organisation("B")
    make_observation(drop, workers=4)
    done = merge(keep, drop)
    newer = make_observation(keep, on=date(2018, 1, 1), workers=9)
    undo_merge(by=BY, merge=done)
    assert list(keep.observations.values_list("pk", flat=True)) == [newer.pk]
    assert drop.observations.count() == 1


def test_a_moved_row_that_is_gone_makes_undo_impossible() -> None:
    keep, drop = make_organisation("A"), make_organisation("B", ruc="20131312955")
    done = merge(keep, drop)
    Identifier.objects.all().delete()
    with pytest.raises(RuleBroken, match="changed since"):
        undo_merge(by=BY, merge=done)
    drop.refresh_from_db()
    assert drop.status == Status.MERGED


def test_merges_are_undone_newest_first() -> None:
    a, b, c, d = (make_organisation(name) for name in "ABCD")
    first, second = merge(a, b), merge(a, c)
    with pytest.raises(RuleBroken, match="first"):
        undo_merge(by=BY, merge=first)
    third = merge(d, a)
    with pytest.raises(RuleBroken, match="merged into another"):
        undo_merge(by=BY, merge=second)
    for done in (third, second, first):
        undo_merge(by=BY, merge=done)
    assert not Organisation.objects.filter(status=Status.MERGED).exists()
    with pytest.raises(RuleBroken, match="already undone"):
        undo_merge(by=BY, merge=first)


def test_a_record_is_merged_once_and_not_with_itself() -> None:
    a, b, c = (make_organisation(name) for name in "ABC")
    merge(a, b)
    with pytest.raises(RuleBroken):
        merge(c, b)
    with pytest.raises(RuleBroken):
        merge(a, a)


@pytest.fixture
def vouchers() -> Iterator[type[models.Model]]:
    """A relation of an upper domain that the directory has never heard of: one voucher per client."""

    class Voucher(models.Model):
        organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
        programme = models.CharField(max_length=20)

        class Meta:
            app_label = "linkage"
            db_table = "test_voucher"
            verbose_name_plural = "vouchers"

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_voucher (id INTEGER PRIMARY KEY, programme TEXT, "
            "organisation_id BIGINT UNIQUE)"
        )
    yield Voucher
    del apps.all_models["linkage"]["voucher"]
    apps.clear_cache()


def test_an_unknown_relation_of_an_upper_domain_moves_too(vouchers: Any) -> None:
    keep, drop = make_organisation("A"), make_organisation("B")
    voucher = vouchers.objects.create(pk=1, organisation=drop, programme="Procompite")
    assert [r.title for r in merging.plan_merge(keep, drop).relations] == ["vouchers"]
    done = merge(keep, drop)
    voucher.refresh_from_db()
    assert voucher.organisation == keep
    undo_merge(by=BY, merge=done)
    voucher.refresh_from_db()
    assert voucher.organisation == drop


def test_a_relation_that_cannot_move_is_refused_by_name_and_nothing_changes(vouchers: Any) -> None:
    keep, drop = make_organisation("A"), make_organisation("B", ruc="20131312955")
    for number, one in enumerate((keep, drop), 1):
        vouchers.objects.create(pk=number, organisation=one, programme="Procompite")
    before = picture()
    with pytest.raises(RuleBroken, match="vouchers cannot be moved"):
        merge(keep, drop)
    assert picture() == before


class UndoIsExact(TestCase):
    """Merge and undo together change nothing, whatever hangs on the two records."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_merge_and_undo_is_identity(self, data: st.DataObject) -> None:
        keep, drop = _record(data), _record(data)
        networks = [make_organisation(f"Red {n}", kind="red") for n in range(2)]
        people = [make_person(f"Persona {n}") for n in range(2)]
        for one, other in ((keep, drop), (drop, keep)):
            _relate(data, one, [*networks, other], people)
        before, counted = picture(), tallied()
        take = data.draw(st.none() | st.lists(st.sampled_from(merging.FIELDS).map(lambda f: f[0])))
        undo_merge(by=BY, merge=merge(keep, drop, take))
        assert picture() == before
        assert tallied() == counted


def _record(data: st.DataObject) -> Organisation:
    centre = make_centre(data.draw(st.sampled_from(["huancayo", "puno"])))
    point = data.draw(st.none() | st.tuples(st.floats(-18, 0), st.floats(-81, -68)))
    return make_organisation(
        data.draw(st.sampled_from(["Ñandú", "Pan Rosa", "Taller 7"])), centre,
        phone=data.draw(st.sampled_from(["", "064 211 211"])),
        private_phone=data.draw(st.sampled_from(["", "987654321"])),
        kind=data.draw(st.sampled_from(["empresa", "red"])),
        start_date=data.draw(st.none() | st.just(date(2001, 2, 3))),
        languages=data.draw(st.sampled_from([[], ["es"], ["es", "qu"]])),
        latitude=point and point[0], longitude=point and point[1],
    )  # fmt: skip


def _relate(data: st.DataObject, one: Organisation, networks: Any, people: Any) -> None:
    for network in data.draw(st.lists(st.sampled_from(networks), unique_by=id)):
        affiliate(by=BY, member=one, network=network)
    for person in data.draw(st.lists(st.sampled_from(people))):
        add_role(by=BY, person=person, organisation=one, role="owner")
    for code in data.draw(st.sets(st.sampled_from(["credit", "training", "market"]))):
        CodedAttribute.objects.create(
            organisation=one, vocabulary="need", code=code, noted_on=TODAY
        )
    for workers in data.draw(st.lists(st.integers(0, 50), max_size=3)):
        make_observation(one, workers=workers, annual_sales=workers * 100)
    if data.draw(st.booleans()):
        Note.objects.create(organisation=one, text="Llamó", author_name="Ana")
        Consent.objects.create(
            organisation=one, purpose="public", text_version="1", given_on=TODAY,
            channel="paper", recorded_by="Ana",
        )  # fmt: skip

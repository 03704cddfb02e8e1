"""Facets are sums of a tally: after any actions they equal a real count, short or long."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.directory import (
    BY,
    TODAY,
    make_area,
    make_centre,
    make_clients,
    make_organisation,
)

from yanapay.directory.actions import tally
from yanapay.directory.actions.merging import merge_organisations, undo_merge
from yanapay.directory.actions.organisations import change_organisation, set_status
from yanapay.directory.actions.tally import merge_tally
from yanapay.directory.models import Merge, Organisation, Tally

SORT = ("centre", "kind", "status", "area")
STATUS = {"pause": "paused", "close": "closed", "open": "active"}
ACTIONS = ["create", "kind", "area", "name", *STATUS, "merge", "undo"]


def tallied() -> dict[Any, int]:
    rows = Tally.objects.values_list(*SORT).annotate(Sum("n"))
    return {tuple(sort): n for *sort, n in rows if n}


def counted() -> dict[Any, int]:
    return dict(Counter(Organisation.objects.values_list(*SORT)))


def act(action: str, which: int, kind: str) -> None:
    """One action upon one of the organisations that are there; nothing where it does not fit."""
    live = list(Organisation.objects.live().order_by("pk"))
    one = live[which % len(live)] if live else None
    if action == "undo":
        if merge := Merge.objects.filter(undone_at=None).order_by("-pk").first():
            undo_merge(by=BY, merge=merge)
    elif action == "create" or one is None:
        make_organisation(f"Empresa {which}", make_centre(f"c{which % 2}"), kind=kind)
    elif action == "merge":
        if one != live[0]:
            merge_organisations(by=BY, keep=live[0], drop=one, on=TODAY)
    elif action in STATUS:
        day = date(2026, 1, 1)
        set_status(by=BY, organisation=one, status=STATUS[action], on=day, reason="-")
    else:
        value = make_area(f"PE/{which:02}") if action == "area" else kind
        change_organisation(by=BY, organisation=one, fields={action: value})


class CountsNeverDrift(TestCase):
    @settings(max_examples=25)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(ACTIONS), st.integers(0, 3), st.sampled_from(["empresa", "ong"])
            ),
            min_size=4,
            max_size=12,
        )
    )
    def test_tally(self, steps: list[tuple[str, int, str]]) -> None:
        for step in steps:
            act(*step)
        assert tallied() == counted()


@pytest.mark.django_db
def test_a_shorter_tally_counts_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, _ = make_clients(["Uno", "Dos", "Tres"])
    for kind in ("ong", "red", "empresa", "ong"):
        change_organisation(by=BY, organisation=one, fields={"kind": kind})
    merge_organisations(by=BY, keep=one, drop=other, on=TODAY)
    before, rows = tallied(), Tally.objects.count()
    assert (merge_tally(by=BY), Tally.objects.count()) == (0, rows)  # not worth it yet
    monkeypatch.setattr(tally, "WORTH_IT", 1)
    gone = merge_tally(by=BY)
    assert (tallied(), Tally.objects.count()) == (before, rows - gone)
    assert Tally.objects.count() == len(before) < rows
    assert merge_tally(by=BY) == 0

"""A shelf loses nothing that somebody needs, and keeps nothing that nobody does."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from yanapay.base.shelf import Shelf

LONG_AGO, BEFORE = 1_000.0, 2_000.0


@pytest.fixture
def shelf(tmp_path: Path, settings: Any) -> Shelf:
    settings.MEDIA_ROOT = tmp_path
    return Shelf("photos")


def kept(shelf: Shelf, content: bytes, at: float = LONG_AGO) -> str:
    sha256 = shelf.keep(ContentFile(content))
    os.utime(shelf.place(sha256), (at, at))
    return sha256


def sweep(shelf: Shelf, wanted: Collection[str] = ()) -> int:
    shelf.tidy(BEFORE)
    return sum(shelf.sweep(part, BEFORE, lambda _: wanted) for part in shelf.parts())


def test_a_sweep_takes_what_is_old_and_belongs_to_nobody(shelf: Shelf) -> None:
    orphan, owned, new = (
        kept(shelf, b"A"),
        kept(shelf, b"B"),
        shelf.keep(ContentFile(b"C")),
    )
    assert sweep(shelf, wanted={owned}) == 1
    assert [shelf.place(one).exists() for one in (orphan, owned, new)] == [False, True, True]


def test_bytes_that_are_kept_again_are_new_again(shelf: Shelf) -> None:
    sha256 = kept(shelf, b"A")
    assert shelf.keep(ContentFile(b"A")) == sha256
    assert sweep(shelf) == 0
    assert shelf.place(sha256).read_bytes() == b"A"


def test_bytes_that_are_kept_while_the_sweep_looks_stay(shelf: Shelf) -> None:
    sha256 = kept(shelf, b"A")

    def meanwhile(_: list[str]) -> list[str]:
        shelf.keep(ContentFile(b"A"))
        return []

    assert shelf.sweep(sha256[:2], BEFORE, meanwhile) == 0
    assert shelf.place(sha256).read_bytes() == b"A"


def test_what_a_cut_off_sweep_had_in_its_hand_is_put_back(shelf: Shelf) -> None:
    sha256 = kept(shelf, b"A")
    shelf.place(sha256).rename(shelf.folder / f"leaving-{sha256}")
    assert sweep(shelf, wanted={sha256}) == 0
    assert shelf.place(sha256).read_bytes() == b"A"


def test_a_file_left_half_written_goes_too_unless_it_is_being_written(shelf: Shelf) -> None:
    kept(shelf, b"A")
    left, coming = shelf.folder / "coming-left", shelf.folder / "coming-now"
    left.write_bytes(b"hal")
    coming.write_bytes(b"hal")
    os.utime(left, (LONG_AGO, LONG_AGO))
    shelf.tidy(BEFORE)
    assert (left.exists(), coming.exists()) == (False, True)

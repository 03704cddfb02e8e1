"""The files that came with answers."""

from yanapay.base.shelf import Shelf

SHELF = Shelf("answers")

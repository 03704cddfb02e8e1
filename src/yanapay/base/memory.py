"""How this process looks after its memory."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_millions() -> Iterator[None]:
    """For work that makes millions of plain values and drops them.

    To look for cycles among them would cost a third of the time. What they took is given back afterwards: a
    worker lives for weeks and a small computer has other things to do.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        _give_back()


def _give_back() -> None:
    """The C library of Debian keeps what was freed between blocks in use, 200 MB after a national file."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)

"""Work shared with forked helper processes, where the machine has a processor to spare."""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST_HELPERS = 4


def ordered(work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """``map(work, items)``, computed ahead by helpers that know what this process knew when they were forked.

    ``work`` must not touch the database. Without a second processor, or beside other threads, whose locks a
    fork would freeze, this process works alone.
    """
    count = min(len(os.sched_getaffinity(0)), MOST_HELPERS)
    if count < 2 or threading.active_count() > 1:
        yield from map(work, items)
        return
    helpers = [_Helper(work) for _ in range(count)]
    try:
        yield from _in_turn(helpers, items)
    finally:
        for helper in helpers:
            helper.dismiss()


def _in_turn(helpers: "list[_Helper[T, R]]", items: Iterable[T]) -> Iterator[R]:
    """Each helper holds at most one item, so that it and this process never both wait to send."""
    busy: deque[_Helper[T, R]] = deque()
    for helper, item in zip(cycle(helpers), items, strict=False):
        done = [busy.popleft().take()] if len(busy) == len(helpers) else []
        helper.give(item)
        busy.append(helper)
        yield from done
    while busy:
        yield busy.popleft().take()


class _Helper(Generic[T, R]):
    """A forked process that answers each item with its result, and ends when this process does."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self._line, its_end = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if not self._pid:
            _help(work, its_end)
        its_end.close()

    def give(self, item: T) -> None:
        self._line.send(item)

    def take(self) -> R:
        """The result of the item given. RuntimeError tells what went wrong in the helper."""
        try:
            problem, result = self._line.recv()
        except EOFError as error:
            raise RuntimeError("A helper process was ended from outside.") from error
        if problem:
            raise RuntimeError(problem)
        answer: R = result
        return answer

    def dismiss(self) -> None:
        self._line.close()
        os.waitpid(self._pid, 0)


def _help(work: Callable[[Any], Any], line: Connection) -> NoReturn:
    """The life of a helper. It keeps no file of its parent open: not its locks, not its database."""
    os.closerange(3, line.fileno())
    os.closerange(line.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    try:
        while True:
            line.send(_answer(work, line.recv()))
    finally:
        os._exit(0)


def _answer(work: Callable[[Any], Any], item: Any) -> tuple[str, Any]:
    try:
        return "", work(item)
    except Exception as error:
        return f"{type(error).__name__}: {error}", None

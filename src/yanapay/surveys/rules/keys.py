"""Keys of rows as ODK Central writes them: «uuid:…/worker[2]/task[1]». Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from yanapay.surveys.rules.rows import Plan


class Turn(NamedTuple):
    """A turn of a repeat: which one, and in which turn of the repeat around it."""

    repeat: str
    position: int
    parent_position: int


class Key(NamedTuple):
    """Of the row around, and of the row itself. Turns are counted within the row around."""

    parent: str
    own: str


def keys_of(instance_id: str, turns: Iterable[Turn], plan: Plan) -> dict[Turn, Key]:
    """The keys of all turns of one answer.

    >>> form = Plan({}, {"team/worker": "worker"}, frozenset())
    >>> keys_of("uuid:a", [Turn("worker", 1, 1)], form)[Turn("worker", 1, 1)].own
    'uuid:a/team/worker[1]'
    """
    paths = {name: path for path, name in plan.repeats.items()}
    around = {name: _around(path, plan.repeats) for name, path in paths.items()}
    found: dict[tuple[str, int], Key] = {}
    counted, told = Counter[tuple[str, int]](), dict[Turn, Key]()
    for turn in sorted(turns, key=lambda one: (len(paths[one.repeat].split("/")), one.position)):
        outer = around[turn.repeat]
        parent = found[plan.repeats[outer], turn.parent_position].own if outer else instance_id
        counted[turn.repeat, turn.parent_position] += 1
        step = paths[turn.repeat].removeprefix(f"{outer}/" if outer else "")
        key = Key(parent, f"{parent}/{step}[{counted[turn.repeat, turn.parent_position]}]")
        found[turn.repeat, turn.position] = told[turn] = key
    return told


def _around(path: str, repeats: Mapping[str, str]) -> str:
    """The path of the repeat that stands closest around; empty for the answer itself."""
    return max((other for other in repeats if path.startswith(f"{other}/")), key=len, default="")

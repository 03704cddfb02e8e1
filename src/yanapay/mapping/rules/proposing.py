"""From what was answered to what is proposed, and what a proposal would change. Pure.

Values are read as the importer reads cells (``directory.rules.values``). What cannot be read stays in the
proposal as it was said, so that the reviewer sees it; it only cannot be accepted.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from yanapay.directory.rules import values as cells
from yanapay.directory.rules.duplicates import bare_phone
from yanapay.directory.rules.identifiers import TAX_ID, valid_number
from yanapay.directory.rules.points import check_point
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.kernel.text import fold
from yanapay.mapping.rules.fields import CODES, FIELDS, FIGURES, PRESENTED

YES = frozenset({"1", "yes", "si", "true", "ok", "acepta", "acepto"})
LIMITS = {"name": 300, "acronym": 60, "address": 300, "networks": 300, "representative": 200}
LONGEST = 2000

State = Literal["same", "new", "different", "conflict", "unusable"]


@dataclass(frozen=True)
class Known:
    """What values are read against: the lists of the directory, the areas, the day."""

    today: date
    kinds: Collection[str]
    terms: Mapping[str, Collection[str]]
    is_area: Callable[[str], bool]
    country: str = "PE"


@dataclass(frozen=True)
class Line:
    """One field of a proposal beside what the directory holds."""

    field: str
    current: Any
    proposed: Any
    state: State
    problem: Message | None = None


def said(values: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """What was answered, by field. Several questions may fill one: codes and texts add up, of places the
    narrowest counts, of the rest the first. A telephone that is an e-mail address becomes one.
    """
    fields: dict[str, Any] = {}
    for question, field in mapping.items():
        answer = values.get(question)
        if answer in ("", None, []) or field not in FIELDS:
            continue
        fields[field] = _together(field, fields[field], answer) if field in fields else answer
    return _contact_apart(_contact_apart(fields), "private_")


def agreed(values: Mapping[str, Any], purposes: Collection[str]) -> list[str]:
    """The purposes that were agreed to: questions called ``consent_<purpose>`` answered with yes."""
    return [p for p in purposes if fold(str(values.get(f"consent_{p}", ""))) in YES]


def readable(fields: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Each value as the directory writes it; one that cannot be read stays as it was said."""
    return {field: _read_or_keep(field, value, known) for field, value in fields.items()}


def read(field: str, value: Any, known: Known) -> Any:
    """The value as the directory writes it; RuleBroken says what is wrong with it."""
    try:
        return _read(field, value, known)
    except RuleBroken as problem:
        message = problem.message
        raise RuleBroken(message.template, field=field, **dict(message.values)) from None


def compare_fields(
    current: Mapping[str, Any], proposed: Mapping[str, Any], known: Known, changed: Collection[str] = ()
) -> list[Line]:  # fmt: skip
    """A line for each proposed field, in the order of the record; ``changed`` are those changed since."""
    return [
        _line(field, current.get(field), proposed[field], known, field in changed)
        for field in FIELDS
        if field in proposed
    ]


def alike(field: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same, whatever their order or spacing."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    if field in ("phone", "private_phone"):
        return bare_phone(str(one)) == bare_phone(str(other))
    if field == "point" and one and other:
        return all(abs(a - b) < 0.00006 for a, b in zip(_floats(one), _floats(other), strict=True))
    if field in ("representative", "tax_id"):
        return fold(str(other)) in [fold(part) for part in str(one).split(",")]
    return bool(one == other)


def _line(field: str, current: Any, proposed: Any, known: Known, has_changed: bool) -> Line:  # noqa: FBT001
    try:
        value = read(field, proposed, known)
    except RuleBroken as problem:
        return Line(field, current, proposed, "unusable", problem.message)
    if alike(field, current, value):
        return Line(field, current, value, "same")
    if has_changed:
        return Line(field, current, value, "conflict")
    return Line(field, current, value, "new" if current in ("", None, []) else "different")


def _together(field: str, held: Any, answer: Any) -> Any:
    if field in CODES:
        return [*_codes(held), *(code for code in _codes(answer) if code not in _codes(held))]
    if field == "area":
        return max(str(held), str(answer), key=len)
    return f"{held}\n{answer}" if field in PRESENTED else held


def _contact_apart(fields: dict[str, Any], of: str = "") -> dict[str, Any]:
    """«964 000 777, taller@…» is a telephone and an e-mail address."""
    phone, email = f"{of}phone", f"{of}email"
    words = re.split(r"[\s,;]+", str(fields.get(phone, "")))
    addresses = [word for word in words if "@" in word]
    if not addresses:
        return fields
    number = " ".join(word for word in words if "@" not in word).strip(" /-")
    apart = {**fields, phone: number, email: fields.get(email, addresses[0])}
    return {field: value for field, value in apart.items() if value}


def _read_or_keep(field: str, value: Any, known: Known) -> Any:
    try:
        return read(field, value, known)
    except RuleBroken:
        return value


def _read(field: str, value: Any, known: Known) -> Any:
    if field in CODES:
        return _known_codes(field, value, known)
    if field in FIGURES:
        return cells.whole(str(value).strip())
    if reader := _READERS.get(field):
        return reader(str(value).strip(), known)
    if field in PRESENTED and field not in LIMITS:
        return _paragraphs(str(value))
    return cells.clean(str(value), LIMITS[field])


def _known_codes(field: str, value: Any, known: Known) -> list[str]:
    found = _codes(value)
    for code in found:
        if code not in known.terms.get(field, ()):
            raise RuleBroken(
                "“{code}” is not in the list {vocabulary}.", code=code, vocabulary=field
            )
    return found


def _codes(value: Any) -> list[str]:
    return list(dict.fromkeys(value if isinstance(value, list) else str(value).split()))


def _kind(text: str, known: Known) -> str:
    if text not in known.kinds:
        raise RuleBroken("“{text}” is not a kind of organisation.", text=text[:80])
    return text


def _area(text: str, known: Known) -> str:
    if not known.is_area(text):
        raise RuleBroken("{code} is not the code of an area.", code=text[:20])
    return text


def _point(text: str, known: Known) -> str:
    """The first two numbers of a geopoint; altitude and accuracy are not kept."""
    parts = text.replace(",", " ").split()
    if len(parts) < 2:
        raise RuleBroken("A point needs latitude and longitude.")
    latitude, longitude = cells.degrees(parts[0], 90), cells.degrees(parts[1], 180)
    check_point(latitude, longitude)
    return f"{latitude} {longitude}"


def _paragraphs(text: str) -> str:
    lines = [cells.clean(line, LONGEST) for line in text.splitlines()]
    joined = "\n".join(line for line in lines if line)
    if len(joined) > LONGEST:
        raise RuleBroken(
            "{n} characters are too many; at most {limit}.", n=len(joined), limit=LONGEST
        )
    return joined


def _floats(point: Any) -> list[float]:
    return [float(part) for part in str(point).split()[:2]]


_READERS: Mapping[str, Callable[[str, Known], Any]] = {
    "kind": _kind,
    "area": _area,
    "point": _point,
    "phone": lambda text, known: cells.phone(text),
    "email": lambda text, known: cells.email(text),
    "private_phone": lambda text, known: cells.phone(text),
    "private_email": lambda text, known: cells.email(text),
    "website": lambda text, known: cells.website(text),
    "start_year": lambda text, known: cells.year(text, known.today),
    "tax_id": lambda text, known: valid_number(known.country, TAX_ID.get(known.country, "ruc"), text),
}  # fmt: skip

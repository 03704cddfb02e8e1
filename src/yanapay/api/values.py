"""The values that a request may hold, as narrow as the columns that keep them."""

from datetime import date
from typing import Annotated, Any

from ninja import Header, Path, Query, Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictInt, WithJsonSchema

from yanapay.kernel.errors import RuleBroken

BIGGEST = 2**63 - 1
PAGE = 50
PAGE_LIMIT = 200


def _iso_day(value: Any) -> Any:
    """Only YYYY-MM-DD: a number is no date."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("YYYY-MM-DD")
    return date.fromisoformat(value)


Day = Annotated[
    date, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date"})
]
Key = Annotated[int, Path(..., ge=1, le=BIGGEST)]
Number = Annotated[StrictInt, Field(ge=1, le=BIGGEST)]
Count = Annotated[StrictInt, Field(ge=0, le=2**31 - 1)]
Minor = Annotated[StrictInt, Field(ge=0, le=10**17, description="In minor units (cents)")]
Percent = Annotated[StrictInt, Field(ge=0, le=100)]
Year = Annotated[StrictInt, Field(ge=1, le=2200)]
Version = Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]


def _text(longest: int) -> Any:
    """Without NUL, which PostgreSQL cannot keep."""
    return Field(max_length=longest, pattern=r"^[^\x00]*$")


def _said(longest: int) -> Any:
    """Not empty, not only white space."""
    return Field(max_length=longest, pattern=r"^[^\x00]*[^\x00-\x20\s][^\x00]*$")


Text40 = Annotated[str, _text(40)]
Text60 = Annotated[str, _text(60)]
Text100 = Annotated[str, _text(100)]
Text200 = Annotated[str, _text(200)]
Text300 = Annotated[str, _text(300)]
TextLong = Annotated[str, _text(10_000)]
Phone = Annotated[str, _text(50)]
Email = Annotated[str, _text(254)]
Name = Annotated[str, _said(200)]
Reason = Annotated[str, _said(300)]


CodePath = Annotated[str, Path(..., pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
Limit = Annotated[int, Query(PAGE, ge=1, le=PAGE_LIMIT)]
Cursor = Annotated[
    str, Query("", max_length=330, pattern=r"^([a-z0-9 ]{0,300}~)?([0-9]{1,18})?$",
               description="`next` of the page before")
]  # fmt: skip
Search = Annotated[str, Query("", max_length=100, pattern=r"^[^\x00]*$")]
OnDay = Annotated[
    date | None, BeforeValidator(_iso_day), Query(None, description="As of this day: YYYY-MM-DD")
]
IfMatch = Annotated[
    str | None,
    Header(None, alias="If-Match", pattern=r'^"?[0-9]{1,9}"?$', description="The ETag that was read"),
]  # fmt: skip


class Input(Schema):
    """A body: codes as plain text; fields that are not known are refused."""

    model_config = ConfigDict(use_enum_values=True, extra="forbid")


def version_seen(if_match: str | None, version: int | None) -> int:
    """The version that the caller started from, from the header or else the body; it must be named."""
    seen = int(if_match.strip('"')) if if_match else version
    if seen is None:
        raise RuleBroken("Name the version that you read, or send If-Match.", field="version")
    return seen

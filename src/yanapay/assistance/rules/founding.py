"""Nothing is done with an enterprise before it exists. Pure."""

from datetime import date

from yanapay.kernel.errors import RuleBroken


def require_founded(on: date | None, founded: date | None, field: str = "on") -> None:
    """Raise RuleBroken for a day before the founding; an unknown day of either breaks no rule."""
    if on and founded and on < founded:
        raise RuleBroken(
            "{on} is before the enterprise was founded ({founded}).",
            field=field, on=on, founded=founded,
        )  # fmt: skip

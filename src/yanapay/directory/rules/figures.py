"""What figures of an enterprise can be true. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pycountry import currencies

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money

MONEY = ("annual_sales", "assets", "equipment")
SHARES = ("market_local", "market_regional", "market_national", "market_export")
WORKERS_BY_SEX = {
    "workers_women": ("women_stable", "women_unstable"),
    "workers_men": ("men_stable", "men_unstable"),
}


def check_figures(
    figures: Mapping[str, Any], founded: date | None = None, today: date | None = None
) -> None:
    """Raise RuleBroken with the field to mend when figures contradict each other or themselves, or foretell."""
    if not figures.get("observed_on"):
        raise RuleBroken("Say on which day these figures were true.", field="observed_on")
    if founded and figures["observed_on"] < founded:
        raise RuleBroken(
            "The day lies before the organisation started ({day}).",
            field="observed_on",
            day=founded,
        )
    if today and figures["observed_on"] > today:
        day = figures["observed_on"].isoformat()
        raise RuleBroken("{day} lies in the future.", field="observed_on", day=day)
    for field, value in figures.items():
        if isinstance(value, int) and value < 0:
            raise RuleBroken("A figure cannot be negative.", field=field)
    _check_workers(figures)
    _check_shares(figures)
    if any(figures.get(field) is not None for field in MONEY) and not figures.get("currency"):
        raise RuleBroken("Say in which currency the amounts are.", field="currency")
    if figures.get("currency"):
        check_currency(figures["currency"])


def check_currency(code: str) -> None:
    """Raise RuleBroken unless ISO 4217 knows the code."""
    Money(0, code)
    if currencies.get(alpha_3=code) is None:
        raise RuleBroken("There is no currency {code}.", field="currency", code=code)


def _check_workers(figures: Mapping[str, Any]) -> None:
    women, men, total = (figures.get(f) for f in ("workers_women", "workers_men", "workers"))
    if women is not None and men is not None and total is not None and women + men != total:
        raise RuleBroken(
            "{women} women and {men} men do not add up to {total} workers.",
            field="workers", women=women, men=men, total=total,
        )  # fmt: skip
    if total is not None and (women or 0) + (men or 0) > total:
        raise RuleBroken(
            "There are more women or men than the {total} workers in all.",
            field="workers",
            total=total,
        )
    for whole, parts in WORKERS_BY_SEX.items():
        stated = [figures[part] for part in parts if figures.get(part) is not None]
        if figures.get(whole) is not None and sum(stated) > figures[whole]:
            raise RuleBroken("With and without benefits are more than all of them.", field=whole)


def _check_shares(figures: Mapping[str, Any]) -> None:
    shares = [figures[field] for field in SHARES if figures.get(field) is not None]
    if sum(shares) > 100:
        raise RuleBroken("The markets add up to more than 100 %.", field=SHARES[0])

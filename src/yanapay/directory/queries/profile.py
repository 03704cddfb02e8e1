"""What the heterogeneity profile of an organisation is computed from."""

from collections.abc import Sequence

from yanapay.directory.models import Observation, Organisation
from yanapay.directory.rules.heterogeneity import Evidence
from yanapay.kernel.money import Money


def evidence_of(organisation: Organisation, newest_first: Sequence[Observation]) -> Evidence:
    """The latest figures with an earlier count of workers; standing observations, newest first."""
    if not newest_first:
        return Evidence(on=organisation.created_at.date(), started=organisation.start_date)
    latest = newest_first[0]
    earlier = next(
        (
            (o.observed_on, o.workers)
            for o in newest_first[1:]
            if o.workers is not None and (latest.observed_on - o.observed_on).days >= 365
        ),
        None,
    )
    return Evidence(
        on=latest.observed_on,
        workers=latest.workers,
        workers_with_benefits=_stable(latest),
        assets=_money(latest.assets, latest.currency),
        equipment=_money(latest.equipment, latest.currency),
        main_buyer_percent=latest.main_buyer_share,
        started=organisation.start_date,
        earlier=earlier,
    )


def _stable(observation: Observation) -> int | None:
    known = [n for n in (observation.women_stable, observation.men_stable) if n is not None]
    return sum(known) if known else None


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)

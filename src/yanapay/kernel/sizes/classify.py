"""One enterprise under one scheme: the result, and the sentence a promoter can read to a client."""

from dataclasses import dataclass
from datetime import date

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.kernel.sizes import reasons
from yanapay.kernel.sizes.findings import by_sales, by_workers
from yanapay.kernel.sizes.schemes import Scheme, schemes
from yanapay.kernel.sizes.tables import Label, Outcome, both, tables
from yanapay.kernel.sizes.uit import TaxUnits, tax_units
from yanapay.kernel.sizes.words import label_name


@dataclass(frozen=True)
class Figures:
    """What is known of an enterprise on a date. ``annual_sales`` are those of that year."""

    workers: int | None
    annual_sales: Money | None
    on: date

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 0:
            raise RuleBroken("The number of workers cannot be negative.", field="workers")
        if self.annual_sales is not None and self.annual_sales.amount_minor < 0:
            raise RuleBroken("The annual sales cannot be negative.", field="annual_sales")


@dataclass(frozen=True)
class Classification:
    """The size of an enterprise under a scheme. ``classes`` is empty unless class or several."""

    scheme: str
    outcome: Outcome
    classes: tuple[str, ...]
    reason: Message

    @property
    def result(self) -> Message:
        """In two or three words: “small”, “micro or small”, “no class”, “undetermined”."""
        return label_name(Label(self.outcome, self.classes))


def classify(scheme: Scheme, figures: Figures, uit: TaxUnits | None = None) -> Classification:
    """The size under one scheme, with the tax unit of the year of ``figures.on``."""
    label, reason = _settle(scheme, figures, uit or tax_units())
    return Classification(scheme.id, label.outcome, label.classes, reason)


def classify_all(figures: Figures, uit: TaxUnits | None = None) -> tuple[Classification, ...]:
    """The same enterprise under every scheme, in the order of the sources."""
    return tuple(classify(scheme, figures, uit) for scheme in schemes().values())


def _settle(scheme: Scheme, figures: Figures, uit: TaxUnits) -> tuple[Label, Message]:
    undetermined = Label("undetermined")
    if scheme.year is not None and figures.on.year < scheme.year:
        return undetermined, reasons.before(scheme.year, figures.on.year)
    if not scheme.complete:
        return undetermined, reasons.incomplete(scheme, figures.workers)
    found = []
    if scheme.by_workers:
        found.append(by_workers(scheme, figures.workers))
    if scheme.by_sales:
        found.append(by_sales(scheme, figures.annual_sales, figures.on.year, uit))
    labels = tables(scheme).labels
    if len(found) == 1:
        return labels[found[0].code], found[0].reason
    code = both(found[0].code, found[1].code)
    return labels[code], reasons.together(scheme, found, code)

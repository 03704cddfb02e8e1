"""Size classes of enterprises by dated scheme: pure rules over data, no database.

One case: :func:`classify`, :func:`classify_all`. Millions of rows:
:mod:`yanapay.kernel.sizes.columns` (the only module that needs numpy). Both read the same tables.
"""

from yanapay.kernel.sizes.classify import Classification, Figures, classify, classify_all
from yanapay.kernel.sizes.schemes import Scheme, SizeClass, scheme, schemes
from yanapay.kernel.sizes.tables import Label, Outcome
from yanapay.kernel.sizes.uit import TaxUnits, tax_units
from yanapay.kernel.sizes.words import label_name, size_name

__all__ = [
    "Classification",
    "Figures",
    "Label",
    "Outcome",
    "Scheme",
    "SizeClass",
    "TaxUnits",
    "classify",
    "classify_all",
    "label_name",
    "scheme",
    "schemes",
    "size_name",
    "tax_units",
]

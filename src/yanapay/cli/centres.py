"""Which centre a command works for, by the code that people give."""

from yanapay.centres.models import Centre
from yanapay.kernel.errors import NotFound, RuleBroken


def centre_called(code: str) -> Centre:
    """The centre with that code; if there is none, the error names those there are."""
    if found := Centre.objects.select_related("institution").filter(code=code).first():
        return found
    known = ", ".join(Centre.objects.order_by("code").values_list("code", flat=True)) or "—"
    raise NotFound("There is no centre {code}. Centres: {known}.", code=code, known=known)


def centre_named(code: str | None) -> Centre:
    """The centre with the code; without a code the only one, or the one called "principal"."""
    if code:
        return centre_called(code)
    centres = Centre.objects.select_related("institution")
    known = list(centres[:2])
    if len(known) == 1:
        return known[0]
    if found := centres.filter(code="principal").first():
        return found
    if known:
        raise RuleBroken("There are several centres: name one with --centre.")
    raise RuleBroken("There is no centre yet: run yanapay init first.")

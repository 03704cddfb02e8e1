"""The real reference data, and short ways to name a place of it."""

from yanapay.audit.rules import Actor
from yanapay.places.actions import Counts, load_reference
from yanapay.places.models import Area


def make_places() -> Counts:
    """Load all reference data, as `yanapay setup` does."""
    return load_reference(by=Actor.system())


def place(code: str) -> Area:
    """The area of a code, the data loaded if need be: ``place("120114")`` is El Tambo, Huancayo."""
    if not Area.objects.exists():
        make_places()
    return Area.objects.get(code=code)

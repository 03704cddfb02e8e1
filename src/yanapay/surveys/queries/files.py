"""The files that came with answers."""

from collections.abc import Collection

from yanapay.base.shelf import Shelf
from yanapay.surveys.models import Attachment

SHELF = Shelf("answers")


def referred_to(digests: Collection[str]) -> set[str]:
    """Those of the files that belong to an answer."""
    found = Attachment.objects.filter(sha256__in=digests).order_by()
    return set(found.values_list("sha256", flat=True))

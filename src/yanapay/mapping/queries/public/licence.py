"""Under which licence the open data go out, whom to name, whom to ask: settings of the installation."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

OURS = "CC BY 4.0"
"""What the product proposes; the public page explains it in words of its own."""


@dataclass(frozen=True)
class Licence:
    """What stands on every download, in the embedded piece, in the dataset for mykomap and in the API."""

    name: str
    url: str
    attribution: str
    contact: str

    @property
    def is_ours(self) -> bool:
        return self.name == OURS

    @property
    def header(self) -> str:
        """For the header ``Link`` of files that have no place for words."""
        return f'<{self.url}>; rel="license"'

    @property
    def contact_url(self) -> str:
        """Where the contact leads: an address of a page or a mailbox."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact


def licence() -> Licence:
    """In the reader's language where the installation names nobody of its own."""
    told = settings.OPEN_DATA
    named = told["attribution"] or gettext("Directory of the social and solidarity economy")
    return Licence(told["licence"], told["licence_url"], named, told["contact"])

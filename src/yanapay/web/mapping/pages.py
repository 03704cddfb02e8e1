"""What the pages of the mapping share: a filter of an address, the organisations a reviewer answers for."""

from collections.abc import Container

from yanapay.directory.models import Organisation
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel.errors import NotAllowed
from yanapay.mapping.access import can_publish
from yanapay.web.http import Request

PER_PAGE = 50
MOST_AT_ONCE = 200


def asked_for(request: Request, name: str, among: Container[str]) -> str:
    """The value of a filter in the address; "" when it is not among those that there are."""
    value = request.GET.get(name, "")
    return value if value in among else ""


def reviewed(request: Request, found: OrganisationQuerySet) -> OrganisationQuerySet:
    """Those of centres where the user says whom to visit and what is shown."""
    centres = request.scope.centres_with("surveys.review")
    return found if centres is None else found.filter(centre__in=centres)


def publishable(request: Request, pk: int) -> Organisation:
    """The organisation, for a page that chooses what is shown of it."""
    organisation = open_organisation(request.scope, pk)
    if not can_publish(request.scope, organisation):
        raise NotAllowed("You may not publish entries of this centre.")
    return organisation

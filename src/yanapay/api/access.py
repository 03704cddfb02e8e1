"""Who calls: a bearer token of a user, cut to its scopes. ``request.auth`` is the user's scope of today."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from yanapay.accounts.choices import TokenScope
from yanapay.accounts.queries import authenticate_token
from yanapay.centres.models import Centre
from yanapay.centres.queries import scope_of
from yanapay.centres.rules import Scope
from yanapay.directory.access import can_edit_organisation, can_edit_person
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.record import open_organisation, open_person
from yanapay.kernel.errors import NotAllowed, NotFound, RuleBroken


class Request(HttpRequest):
    """A request whose token was accepted."""

    auth: Scope


class TokenAuth(HttpBearer):
    """Accepts tokens that hold one scope; the user's own permissions still cut what they reach."""

    def __init__(self, needed: TokenScope) -> None:
        super().__init__()
        self.needed = needed

    def authenticate(self, request: HttpRequest, token: str) -> Scope | None:
        found = authenticate_token(token)
        if found is None:
            return None
        if not found.may(self.needed):
            raise NotAllowed("This token does not hold the scope {scope}.", scope=self.needed.value)
        return scope_of(found.user, timezone.localdate())


READ = TokenAuth(TokenScope.DIRECTORY_READ)
WRITE = TokenAuth(TokenScope.DIRECTORY_WRITE)


def centre_for(scope: Scope, permission: str, pk: int | None) -> Centre:
    """The centre to write into: the named one, else the only one where the permission holds."""
    scope.require(permission, pk)
    held = scope.centres_with(permission)
    centres = Centre.objects.filter(is_active=True)
    centres = centres if held is None else centres.filter(pk__in=held)
    found = list(centres.filter(pk=pk) if pk else centres[:2])
    if not found:
        raise NotFound("There is no such centre.")
    if len(found) > 1:
        raise RuleBroken("Say for which centre.", field="centre")
    return found[0]


def editable_organisation(scope: Scope, pk: int) -> Organisation:
    """The organisation, if the scope may change its file."""
    organisation = open_organisation(scope, pk)
    if not can_edit_organisation(scope, organisation):
        raise NotAllowed("Only the centre that holds this file can change it.")
    return organisation


def editable_person(scope: Scope, pk: int) -> Person:
    """The person, if the scope may change what is stored of them."""
    person = open_person(scope, pk)
    if not can_edit_person(scope, person):
        raise NotAllowed("You may not do this here. Ask the administrator of your centre.")
    return person

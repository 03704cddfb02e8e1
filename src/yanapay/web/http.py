"""The request as our views know it: signed in, with the scope of its user."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yanapay.accounts.models import User
from yanapay.centres.rules import Scope


class Request(HttpRequest):
    """What the middleware has put on every request of a signed-in person."""

    user: User
    scope: Scope
    htmx: HtmxDetails

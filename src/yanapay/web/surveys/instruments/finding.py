"""The form and the version that an address names, if the user may see them."""

from django.db.models import Count, Q, QuerySet

from yanapay.kernel.errors import NotAllowed, NotFound
from yanapay.surveys.access import can_manage_instrument
from yanapay.surveys.models import Instrument, Version
from yanapay.web.http import Request


def seen(request: Request) -> QuerySet[Instrument]:
    """The forms of the user's centres and the shipped ones, with how many answers each has."""
    request.scope.require("surveys.view")
    counted = Count("submissions", filter=Q(submissions__is_current=True))
    found = Instrument.objects.visible_to(request.scope).select_related("centre", "current")
    return found.annotate(answers=counted).order_by("is_shipped", "form_id")


def form_of(request: Request, form_id: str) -> Instrument:
    """The form, or NotFound."""
    found = seen(request).filter(form_id=form_id).first()
    if found is None:
        raise NotFound("There is no such form.")
    return found


def managed(request: Request, form_id: str) -> Instrument:
    """The form, if the user manages it."""
    found = form_of(request, form_id)
    if not can_manage_instrument(request.scope, found):
        raise NotAllowed("Only whoever manages the forms of this centre may do this.")
    return found


def version_of(instrument: Instrument, pk: int) -> Version:
    """A version of this form, or NotFound."""
    found = instrument.versions.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such version.")
    return found

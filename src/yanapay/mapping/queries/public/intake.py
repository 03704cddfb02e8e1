"""Which centre looks at what comes in over the public site."""

from django.db.models import Count

from yanapay.centres.models import Centre
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.models import Entry


def centre_for(department: str) -> Centre:
    """The centre with most published organisations of the department, else the first of the installation."""
    active = Centre.objects.filter(is_active=True).order_by("pk")
    near = (
        Entry.objects.public()
        .filter(department=department, organisation__centre__in=active)
        .values_list("organisation__centre")
        .annotate(n=Count("pk"))
        .order_by("-n", "organisation__centre")
    )
    keys = [centre for centre, _ in near[:1]] if department else []
    found = active.filter(pk__in=keys).first() or active.first()
    if found is None:
        raise RuleBroken("No centre receives registrations yet.")
    return found

"""What an entrepreneur sees of the assistance to their own enterprises, and nobody else's."""

from django.db.models import QuerySet

from yanapay.assistance.access import LEADERS
from yanapay.assistance.models import Case
from yanapay.directory.models import Person
from yanapay.kernel.errors import NotFound


def own_cases(person: Person) -> "QuerySet[Case]":
    """The cases of the enterprises that the person leads now, the newest first."""
    led = person.roles.filter(until=None, role__in=LEADERS).values("organisation")
    found = Case.objects.filter(organisation__in=led).newest_first()
    return found.select_related("organisation", "centre", "responsible")


def own_case(person: Person, pk: int) -> Case:
    """One of them; else NotFound: nobody learns whether it exists."""
    case = own_cases(person).filter(pk=pk).first()
    if case is None:
        raise NotFound("This is not a case of yours.")
    return case

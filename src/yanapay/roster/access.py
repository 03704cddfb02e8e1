"""Who may do what with the roster. Each docstring is the policy."""

from yanapay.centres.rules import Scope
from yanapay.roster.models import Specialist


def can_edit_specialist(scope: Scope, specialist: Specialist) -> bool:
    """Whoever keeps the roster of the specialist's centre."""
    return scope.may("roster.edit", specialist.centre_id)


def can_see_file(scope: Scope, specialist: Specialist) -> bool:
    """Papers, ratings and conflicts: staff of the centre, and the specialist themself."""
    return scope.may("roster.view", specialist.centre_id) or is_own(scope, specialist)


def can_set_absence(scope: Scope, specialist: Specialist) -> bool:
    """Whoever keeps the roster, and the specialist themself."""
    return can_edit_specialist(scope, specialist) or is_own(scope, specialist)


def can_see_contact(scope: Scope, specialist: Specialist) -> bool:
    """Private contact: whoever may see people in the specialist's centre."""
    return scope.may("persons.view", specialist.centre_id)


def is_own(scope: Scope, specialist: Specialist) -> bool:
    """The entry of whoever is signed in."""
    return scope.user_id is not None and specialist.user_id == scope.user_id

"""Who may do what with a record. Each docstring is the policy."""

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person


def can_edit_organisation(scope: Scope, organisation: Organisation) -> bool:
    """Staff of the centre that holds the file; a centre with which it is shared only reads."""
    return scope.may("directory.edit", organisation.centre_id)


def can_see_people(scope: Scope, organisation: Organisation) -> bool:
    """People, private contact and personal tax numbers: only those who may in the centre of the file."""
    return scope.may("persons.view", organisation.centre_id)


def can_edit_person(scope: Scope, person: Person) -> bool:
    """Staff of the person's centre who may edit and may see people."""
    return scope.may("directory.edit", person.centre_id) and scope.may(
        "persons.view", person.centre_id
    )


def can_merge_person(scope: Scope, person: Person) -> bool:
    """Whoever merges records and sees people in the person's centre; both persons are asked about."""
    return scope.may("directory.merge", person.centre_id) and can_edit_person(scope, person)


def can_share_organisation(scope: Scope, organisation: Organisation) -> bool:
    """Whoever decides on sharing in the centre that holds the file."""
    return scope.may("directory.share", organisation.centre_id)


def can_erase_person(scope: Scope, person: Person) -> bool:
    """Whoever answers personal-data requests in the person's centre."""
    return scope.may("data.erase", person.centre_id)

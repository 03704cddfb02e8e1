"""What happens in the directory and the public entries follow, in the same transaction.

An erasure comes by ``base.personal`` (``actions.privacy``).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from yanapay.audit.rules import Actor
from yanapay.directory.choices import ConsentPurpose, Status
from yanapay.directory.models import Consent, Merge, Organisation
from yanapay.mapping.actions.entries import coarsen, unpublish
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.current import agreed_to_be_public

MOVED = "mapping.Entry"
"""Under which a merge remembers the entry that went along."""


@transaction.atomic
def follow_withdrawal(*, by: Actor, consent: Consent) -> None:
    """Without consent to be public the page goes, also one that only repeated a source; without consent to the
    exact point it stays and shows the point less exactly.
    """
    organisation = consent.organisation
    if consent.purpose == ConsentPurpose.POINT:
        for entry in Entry.objects.public().filter(organisation=organisation):
            coarsen(by=by, entry=entry)
    if consent.purpose != ConsentPurpose.PUBLIC or organisation is None:
        return
    if not agreed_to_be_public(organisation):
        _take_down(by, organisation, _("The consent was withdrawn"))


@transaction.atomic
def follow_status(*, by: Actor, organisation: Organisation) -> None:
    """What is closed is no longer shown; what opens again waits for somebody to show it again."""
    if organisation.status == Status.CLOSED:
        _take_down(by, organisation, _("It was closed"))


@transaction.atomic
def follow_merge(*, by: Actor, merge: Merge) -> None:
    """The entry goes along with its organisation; of two, that of the kept record stays shown."""
    entry = Entry.objects.filter(organisation=merge.drop).first()
    if entry is None:
        return
    if Entry.objects.filter(organisation=merge.keep).exists():
        _take_down(by, merge.drop, _("Merged with «%(name)s»") % {"name": merge.keep.name})
        return
    Entry.objects.filter(pk=entry.pk).update(organisation=merge.keep)
    merge.moved[MOVED] = {"moved": [entry.pk], "set_aside": []}
    merge.save(update_fields=["moved"])


@transaction.atomic
def follow_undone_merge(*, by: Actor, merge: Merge) -> None:
    """An entry that went along goes back."""
    del by
    moved = merge.moved.get(MOVED, {}).get("moved", [])
    Entry.objects.filter(pk__in=moved, organisation=merge.keep).update(organisation=merge.drop)


def _take_down(by: Actor, organisation: Organisation, reason: str) -> None:
    for entry in Entry.objects.public().filter(organisation=organisation):
        unpublish(by=by, entry=entry, reason=reason)

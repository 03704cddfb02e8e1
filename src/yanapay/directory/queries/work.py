"""What the directory gives people to do: the sources of "my work today"."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope
from yanapay.directory.choices import BatchState, RequestState
from yanapay.directory.models import (
    Conflict,
    CorrectionRequest,
    ImportBatch,
    Organisation,
    SharingRequest,
)

M = TypeVar("M", bound=Model)
UNFINISHED = [BatchState.STAGED, BatchState.QUEUED, BatchState.LOADING, BatchState.FAILED]
INCOMPLETE = Q(area=None) | (Q(phone="") & Q(private_phone="") & Q(email="") & Q(private_email=""))


def unfinished_imports(scope: Scope) -> QuerySet[ImportBatch]:
    """Files checked but not loaded, loading, or stopped, in the centres where the user imports."""
    found = ImportBatch.objects.filter(state__in=UNFINISHED)
    return _in_centres(found, scope, "directory.import", "centre")


def open_conflicts(scope: Scope) -> QuerySet[Conflict]:
    """Proposals of imports for records that people have edited."""
    found = Conflict.objects.filter(state=RequestState.PENDING, batch__state=BatchState.PUBLISHED)
    return _in_centres(found, scope, "directory.edit", "organisation__centre")


def sharing_requests(scope: Scope) -> QuerySet[SharingRequest]:
    """What other centres ask of the centres where the user decides."""
    found = SharingRequest.objects.filter(state=RequestState.PENDING).select_related(
        "organisation__area", "organisation__centre", "centre", "asked_by"
    )
    return _in_centres(found, scope, "directory.share", "organisation__centre")


def privacy_requests(scope: Scope) -> QuerySet[CorrectionRequest]:
    """Corrections and erasures that people ask for."""
    found = CorrectionRequest.objects.filter(state=RequestState.PENDING).select_related(
        "person__centre"
    )
    return _in_centres(found, scope, "data.erase", "person__centre")


def incomplete_records(scope: Scope) -> QuerySet[Organisation]:
    """The user's own clients of whom no place or no contact is known."""
    mine = Organisation.objects.live().visible_to(scope).filter(responsible=scope.user_id)
    return mine.filter(INCOMPLETE).by_name()


def import_items(scope: Scope, limit: int) -> list[WorkItem]:
    return [
        WorkItem("imports", batch.file_name, reverse("imports:batch", args=[batch.pk]),
                 batch.get_state_display(), is_mine=batch.created_by_id == scope.user_id)
        for batch in unfinished_imports(scope).order_by("-created_at")[:limit]
    ]  # fmt: skip


def conflict_items(scope: Scope, limit: int) -> list[WorkItem]:
    found = open_conflicts(scope)
    count = found[:1000].count()
    if not count:
        return []
    names = ", ".join(found.values_list("organisation__name", flat=True).order_by("pk")[:3])
    title = ngettext(
        "%(n)s proposal of an import to review", "%(n)s proposals of imports to review", count
    )
    return [
        WorkItem(
            "conflicts", title % {"n": count}, reverse("imports:conflicts"), names, count=count
        )
    ]


def sharing_items(scope: Scope, limit: int) -> list[WorkItem]:
    return [
        WorkItem("sharing", _("%(centre)s asks for «%(name)s»") % {
                     "centre": asked.centre.name, "name": asked.organisation.name},
                 reverse("directory:sharing"), asked.purpose)
        for asked in sharing_requests(scope).order_by("asked_at")[:limit]
    ]  # fmt: skip


def privacy_items(scope: Scope, limit: int) -> list[WorkItem]:
    return [
        WorkItem("privacy", asked.person.name, reverse("own:requests"),
                 _("Asks for erasure") if asked.asks_erasure else _("Asks for a correction"))
        for asked in privacy_requests(scope).order_by("asked_at")[:limit]
    ]  # fmt: skip


def incomplete_items(scope: Scope, limit: int) -> list[WorkItem]:
    if scope.user_id is None:
        return []
    return [
        WorkItem("incomplete", organisation.name, reverse("directory:edit", args=[organisation.pk]),
                 _missing(organisation))
        for organisation in incomplete_records(scope)[:limit]
    ]  # fmt: skip


def clients_of(user_id: int) -> int:
    """How many organisations a user is responsible for."""
    return Organisation.objects.filter(responsible=user_id).count()


def _missing(organisation: Organisation) -> str:
    contact = (
        organisation.phone,
        organisation.private_phone,
        organisation.email,
        organisation.private_email,
    )
    missing = [_("place")] if organisation.area_id is None else []
    missing += [] if any(contact) else [_("contact")]
    return _("Missing: %(what)s") % {"what": ", ".join(missing)}


def _in_centres(found: QuerySet[M], scope: Scope, permission: str, column: str) -> QuerySet[M]:
    centres = scope.centres_with(permission)
    return found if centres is None else found.filter(**{f"{column}__in": centres})

"""Filtered lists that a user keeps under a name."""

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.models import SavedView
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def save_view(*, by: Actor, user: User, page: str, name: str, query: str) -> SavedView:
    """Keep the filters of a page under a name; the same name is replaced."""
    if not name.strip():
        raise RuleBroken("Give the view a name.", field="name")
    view, _ = SavedView.objects.update_or_create(
        user=user, page=page, name=name.strip()[:100], defaults={"query": query[:1000]}
    )
    record(
        by=by,
        action="directory.view_saved",
        object_type="user",
        object_id=user.pk,
        changes={"view": view.pk},
    )
    return view


@transaction.atomic
def remove_view(*, by: Actor, view: SavedView) -> None:
    record(by=by, action="directory.view_removed", object_type="user", object_id=view.user_id,
           changes={"view": view.pk})  # fmt: skip
    view.delete()

"""The matrix of roles and permissions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanapay.accounts.actions import change_role, create_role, reset_role
from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role
from yanapay.web.accounts.forms import NewRoleForm, RoleForm
from yanapay.web.acting import accepted, show_form
from yanapay.web.http import Request


@require_safe
def role_matrix(request: Request) -> HttpResponse:
    """Permissions as rows, roles as columns. Whoever manages users may read it."""
    request.scope.require(Permission.USERS_MANAGE)
    roles = list(Role.objects.all())
    rows = [
        (permission.label, [permission in role.permissions for role in roles])
        for permission in Permission
    ]
    context = {"roles": roles, "rows": rows, "may_change": _may_change(request)}
    return render(request, "accounts/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def role_page(request: Request, code: str) -> HttpResponse:
    """Change the permissions of one role."""
    _require(request)
    role = get_object_or_404(Role, code=code)
    form = RoleForm(request.POST or None, initial={"permissions": role.permissions})
    if accepted(form, change_role, by=request.scope.actor(), role=role):
        messages.success(request, gettext("Saved."))
        return redirect("accounts:roles")
    return show_form(request, "accounts/role.html", {"role": role, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def role_new(request: Request) -> HttpResponse:
    """A role of this installation's own."""
    _require(request)
    form = NewRoleForm(request.POST or None)
    if accepted(form, create_role, by=request.scope.actor()):
        messages.success(request, gettext("Saved."))
        return redirect("accounts:roles")
    return show_form(request, "accounts/role.html", {"form": form})


@require_POST
def role_reset(request: Request, code: str) -> HttpResponse:
    """Back to the permissions of the release."""
    _require(request)
    reset_role(by=request.scope.actor(), role=get_object_or_404(Role, code=code, is_shipped=True))
    messages.success(request, gettext("The role has its original permissions again."))
    return redirect("accounts:roles")


def _may_change(request: Request) -> bool:
    return Permission.CENTRES_MANAGE in request.scope.everywhere


def _require(request: Request) -> None:
    """A role holds in every centre, so only who manages all of them changes it."""
    if not _may_change(request):
        request.scope.require(Permission.CENTRES_MANAGE, 0)

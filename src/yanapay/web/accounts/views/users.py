"""Administration of users: list, account, memberships, leaving."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanapay.accounts.actions import change_user, reactivate_user, set_password
from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role, User
from yanapay.accounts.queries import find_users
from yanapay.accounts.rules import draw_password
from yanapay.audit.rules import Actor
from yanapay.centres.access import can_grant_role, can_manage_user
from yanapay.centres.actions import (
    admit_user,
    deactivate_user,
    end_membership,
    grant_membership,
)
from yanapay.centres.models import Centre, Membership
from yanapay.centres.queries import heirs_of, memberships_of, open_work_of, users_managed_by
from yanapay.kernel.errors import NotAllowed
from yanapay.web.accounts.forms import AccountForm, LeaverForm, MembershipForm, NewUserForm
from yanapay.web.acting import actor, attempt, made, show_form
from yanapay.web.http import Request, page_of

PAGE = 50


@require_safe
def user_list(request: Request) -> HttpResponse:
    """Users of the own centres (all, for an administrator), those who left on demand."""
    request.scope.require(Permission.USERS_MANAGE)
    asked, left = request.GET.get("q", "").strip(), request.GET.get("left") == "1"
    users = users_managed_by(request.scope, timezone.localdate()).filter(is_active=not left)
    if asked:
        users = find_users(users, asked)
    page = page_of(request, users.order_by("full_name", "username"), PAGE)
    context = {"page": page, "q": asked, "left": left, "held": _held_by(page.object_list)}
    return render(request, "accounts/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("password")
def user_new(request: Request) -> HttpResponse:
    """Open an account with its first role; the drawn password is shown this once."""
    request.scope.require(Permission.USERS_MANAGE)
    form = NewUserForm(request.POST or None, scope=request.scope, initial={"language": "es"})
    if request.method == "POST" and form.is_valid():
        data, password = form.cleaned_data, draw_password()
        role, centre = data.pop("role"), data.pop("centre")
        _require_grant(request, role, centre)
        admit = partial(
            admit_user, by=request.scope.actor(centre.pk if centre else None),
            account={**data, "password": password}, role=role, centre=centre,
            on=timezone.localdate(),
        )  # fmt: skip
        if user := made(form, admit):
            return _show_password(request, user, password)
    return show_form(request, "accounts/user_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def user_page(request: Request, pk: int) -> HttpResponse:
    """One user: account, roles, what can be done."""
    user = _managed(request, pk)
    initial = {"full_name": user.full_name, "email": user.email, "language": user.language}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change = partial(change_user, by=_actor(request, user), user=user, **form.cleaned_data)
        if attempt(form, change):
            messages.success(request, gettext("Saved."))
            return redirect("accounts:user", pk)
        user.refresh_from_db()
    return _user_page(request, user, form, MembershipForm(scope=request.scope))


@require_POST
def membership_new(request: Request, pk: int) -> HttpResponse:
    """Grant a role."""
    user = _managed(request, pk)
    form = MembershipForm(request.POST, scope=request.scope)
    if form.is_valid():
        data = form.cleaned_data
        _require_grant(request, data["role"], data["centre"])
        centre = data["centre"].pk if data["centre"] else None
        grant = partial(
            grant_membership, by=request.scope.actor(centre), user=user,
            on=timezone.localdate(), **data,
        )  # fmt: skip
        if attempt(form, grant):
            messages.success(request, gettext("The role was granted."))
            return redirect("accounts:user", pk)
    initial = {"full_name": user.full_name, "email": user.email, "language": user.language}
    return _user_page(request, user, AccountForm(initial=initial), form)


@require_POST
def membership_end(request: Request, pk: int) -> HttpResponse:
    """Take a role away, from today."""
    membership = get_object_or_404(Membership.objects.select_related("role", "centre"), pk=pk)
    user = _managed(request, membership.user_id)
    _require_grant(request, membership.role, membership.centre)
    by = actor(request, membership)
    end_membership(by=by, membership=membership, on=timezone.localdate())
    messages.success(request, gettext("The role was taken away."))
    return redirect("accounts:user", user.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def user_leave(request: Request, pk: int) -> HttpResponse:
    """What a leaver leaves behind, and who takes it over: one step."""
    user, today = _managed(request, pk), timezone.localdate()
    work = open_work_of(user)
    form = LeaverForm(request.POST or None, heirs=heirs_of(user, today), has_work=bool(work))
    if request.method == "POST" and form.is_valid():
        by = _actor(request, user)
        leave = partial(deactivate_user, by=by, user=user, on=today, **form.cleaned_data)
        if attempt(form, leave):
            messages.success(request, gettext("{name} can no longer sign in.").format(name=user))
            return redirect("accounts:users")
    context = {"person": user, "form": form, "work": work}
    return show_form(request, "accounts/user_leave.html", context)


@require_POST
@sensitive_variables("password")
def user_password(request: Request, pk: int) -> HttpResponse:
    """Draw a new first password for somebody who forgot theirs, or who comes back."""
    user, password = _managed(request, pk), draw_password()
    by = _actor(request, user)
    if user.is_active:
        set_password(by=by, user=user, password=password, must_change=True)
    else:
        reactivate_user(by=by, user=user, password=password)
    return _show_password(request, user, password)


def _managed(request: Request, pk: int) -> User:
    """A user whom the signed-in person may look after; others do not exist for them."""
    today = timezone.localdate()
    user = get_object_or_404(users_managed_by(request.scope, today), pk=pk)
    if not can_manage_user(request.scope, memberships_of(user, today)):
        raise NotAllowed("This user has rights that you cannot give. Ask an administrator.")
    return user


def _actor(request: Request, user: User) -> Actor:
    """Signed in the first centre that manager and user share."""
    centres = memberships_of(user, timezone.localdate()).values_list("centre", flat=True)
    return request.scope.actor(next((c for c in centres if c in request.scope.centre_names), None))


def _require_grant(request: Request, role: Role, centre: Centre | None) -> None:
    if not can_grant_role(request.scope, role, centre):
        raise NotAllowed("You cannot give or take a role with more rights than your own.")


def _held_by(users: Iterable[User]) -> dict[int, list[Membership]]:
    """The current memberships of the listed users, by user."""
    held: dict[int, list[Membership]] = {}
    current = Membership.objects.current(timezone.localdate()).filter(user__in=list(users))
    for membership in current.select_related("role", "centre"):
        held.setdefault(membership.user_id, []).append(membership)
    return held


def _user_page(
    request: Request, user: User, form: AccountForm, granting: MembershipForm
) -> HttpResponse:
    held = memberships_of(user, timezone.localdate())
    past = (
        Membership.objects.filter(user=user).exclude(pk__in=held).select_related("role", "centre")
    )
    context = {"person": user, "form": form, "granting": granting, "held": held, "past": past}
    status = 422 if form.errors or granting.errors else 200
    return render(request, "accounts/user.html", context, status=status)


def _show_password(request: Request, user: User, password: str) -> HttpResponse:
    """Once, and never kept by a cache."""
    context = {"person": user, "password": password}
    response = render(request, "accounts/user_password.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response

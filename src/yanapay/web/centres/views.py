"""Pages of institutions, centres and teams."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanapay.accounts.choices import Permission
from yanapay.centres.access import can_manage_centre, can_manage_team
from yanapay.centres.actions import (
    change_centre,
    change_institution,
    create_centre,
    create_institution,
    create_team,
)
from yanapay.centres.models import Centre, Institution, Membership
from yanapay.centres.queries import centres_of
from yanapay.kernel.errors import NotAllowed
from yanapay.web.acting import accepted, made, show_form
from yanapay.web.centres.forms import CentreForm, InstitutionForm, NewCentreForm, TeamForm
from yanapay.web.http import Request


@require_safe
def centre_list(request: Request) -> HttpResponse:
    """The centres one works in, by institution; all of them for an administrator."""
    centres = centres_of(request.scope).select_related("institution", "area")
    institutions = Institution.objects.filter(centres__in=centres).distinct()
    if _may_manage(request):
        institutions = Institution.objects.all()
    context = {
        "centres": centres.order_by("institution__name", "name"),
        "institutions": institutions,
        "may_manage": _may_manage(request),
    }
    return render(request, "centres/centres.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def centre_new(request: Request) -> HttpResponse:
    """Open a centre."""
    _require(request)
    form = NewCentreForm(request.POST or None)
    by = request.scope.actor()
    if form.is_valid() and (
        centre := made(form, lambda: create_centre(by=by, **form.cleaned_data))
    ):
        messages.success(request, gettext("Saved."))
        return redirect("centres:centre", centre.pk)
    return show_form(request, "centres/centre_form.html", {"form": form})


@require_safe
def centre_page(request: Request, pk: int) -> HttpResponse:
    """One centre: where, who works there, teams."""
    return _centre_page(request, _centre(request, pk), TeamForm())


@require_http_methods(["GET", "HEAD", "POST"])
def centre_edit(request: Request, pk: int) -> HttpResponse:
    """Rename, move or close a centre."""
    centre = _centre(request, pk)
    if not can_manage_centre(request.scope, centre):
        raise NotAllowed("Only an administrator changes centres.")
    fields = ("name", "time_zone", "currency", "is_active")
    initial = {field: getattr(centre, field) for field in fields}
    initial["area"] = centre.area.code if centre.area else ""
    form = CentreForm(request.POST or None, initial=initial)
    if accepted(form, change_centre, by=request.scope.actor(centre.pk), centre=centre):
        messages.success(request, gettext("Saved."))
        return redirect("centres:centre", pk)
    return show_form(request, "centres/centre_form.html", {"form": form, "centre": centre})


@require_POST
def team_new(request: Request, pk: int) -> HttpResponse:
    """Name a team in a centre."""
    centre = _centre(request, pk)
    if not can_manage_team(request.scope, centre):
        raise NotAllowed("Only a coordinator or an administrator makes teams.")
    form = TeamForm(request.POST)
    if accepted(form, create_team, by=request.scope.actor(centre.pk), centre=centre):
        messages.success(request, gettext("Saved."))
        return redirect("centres:centre", pk)
    return _centre_page(request, centre, form)


@require_http_methods(["GET", "HEAD", "POST"])
def institution_new(request: Request) -> HttpResponse:
    """Enter an institution."""
    _require(request)
    form = InstitutionForm(request.POST or None)
    if accepted(form, create_institution, by=request.scope.actor()):
        messages.success(request, gettext("Saved."))
        return redirect("centres:centres")
    return show_form(request, "centres/institution_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def institution_edit(request: Request, pk: int) -> HttpResponse:
    """Rename an institution."""
    _require(request)
    institution = get_object_or_404(Institution, pk=pk)
    initial = {field: getattr(institution, field) for field in ("name", "acronym", "country")}
    form = InstitutionForm(request.POST or None, initial=initial)
    if accepted(form, change_institution, by=request.scope.actor(), institution=institution):
        messages.success(request, gettext("Saved."))
        return redirect("centres:centres")
    context = {"form": form, "institution": institution}
    return show_form(request, "centres/institution_form.html", context)


def _centre(request: Request, pk: int) -> Centre:
    return get_object_or_404(centres_of(request.scope).select_related("institution", "area"), pk=pk)


def _centre_page(request: Request, centre: Centre, team_form: TeamForm) -> HttpResponse:
    members = Membership.objects.current(timezone.localdate()).filter(centre=centre)
    context = {
        "centre": centre,
        "members": members.select_related("user", "role", "team").order_by("user__full_name"),
        "team_form": team_form,
        "may_manage": can_manage_centre(request.scope, centre),
        "may_team": can_manage_team(request.scope, centre),
        "may_users": request.scope.may(Permission.USERS_MANAGE, centre.pk),
    }
    return render(request, "centres/centre.html", context, status=422 if team_form.errors else 200)


def _may_manage(request: Request) -> bool:
    return Permission.CENTRES_MANAGE in request.scope.everywhere


def _require(request: Request) -> None:
    if not _may_manage(request):
        raise NotAllowed("Only an administrator opens institutions and centres.")

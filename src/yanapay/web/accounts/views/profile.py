"""The own account: name, language, tokens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from yanapay.accounts.actions import change_user, create_token, revoke_token
from yanapay.accounts.models import Token
from yanapay.accounts.rules import draw_token
from yanapay.centres.queries import memberships_of
from yanapay.web.accounts.forms import AccountForm, TokenForm
from yanapay.web.acting import accepted, show_form
from yanapay.web.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """Own name, address and language; the roles one holds; the way to password and two steps."""
    user = request.user
    initial = {"full_name": user.full_name, "email": user.email, "language": user.language}
    form = AccountForm(request.POST or None, initial=initial)
    if accepted(form, change_user, by=request.scope.actor(), user=user):
        messages.success(request, gettext("Saved."))
        return redirect("accounts:profile")
    held = memberships_of(user, timezone.localdate())
    return show_form(request, "accounts/profile.html", {"form": form, "held": held})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("raw", "drawn")
def tokens(request: Request) -> HttpResponse:
    """Own tokens; a new one is shown this once."""
    form, raw, drawn = TokenForm(request.POST or None), "", draw_token()
    if accepted(form, create_token, by=request.scope.actor(), user=request.user, raw=drawn):
        form, raw = TokenForm(), drawn
    own = Token.objects.filter(user=request.user).order_by("revoked_at", "-created_at")
    context = {"form": form, "raw": raw, "tokens": own, "now": timezone.now()}
    response = show_form(request, "accounts/tokens.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def token_revoke(request: Request, pk: int) -> HttpResponse:
    """End one of the own tokens."""
    token = get_object_or_404(Token, pk=pk, user=request.user)
    revoke_token(by=request.scope.actor(), token=token)
    messages.success(request, gettext("The token no longer works."))
    return redirect("accounts:tokens")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """The switch of languages: kept in a cookie, and in the profile of a signed-in person."""
    code, user = request.POST.get("language", ""), request.user
    if user.is_authenticated and code in dict(settings.LANGUAGES):
        by = request.scope.actor()  # type: ignore[attr-defined]
        change_user(by=by, user=user, language=code)
    return set_language(request)

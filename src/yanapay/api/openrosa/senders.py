"""Who calls: the token in the address of a device, or user name and password over https."""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from yanapay.accounts.access import can_sign_in
from yanapay.accounts.choices import Permission
from yanapay.accounts.models import User
from yanapay.api.openrosa.answers import say
from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import EditConflict, NotAllowed, NotFound, RuleBroken, YanapayError
from yanapay.kernel.messages import Message
from yanapay.surveys.access import Sender
from yanapay.surveys.queries.devices import sender_with_token

View = Callable[..., HttpResponse]
REMEMBERED = (
    300  # seconds; a password is checked slowly on purpose, and Collect sends it with every request
)
_STATUS = {RuleBroken: 400, NotAllowed: 403, NotFound: 404, EditConflict: 409}


class Unknown(Exception):
    """Nobody whom we know; the client may ask for user name and password."""


def for_senders(*methods: str) -> Callable[[View], View]:
    """A view of field clients: ``view(request, sender, …)``; whatever is refused becomes a sentence."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, token: str = "", **names: Any) -> HttpResponse:
            try:
                sender = _with_token(request, token) if token else _with_password(request)
                if request.method not in methods:
                    return _other_method(methods)
                return view(request, sender, **names)
            except Unknown:
                return _challenge()
            except YanapayError as refusal:
                return say(_STATUS.get(type(refusal), 400), refusal.message)

        return answer

    return decorate


def _with_token(request: HttpRequest, token: str) -> Sender:
    """403 and not 401 for a wrong address: clients ask for a password on 401, and none would help."""
    sender = sender_with_token(token, timezone.localdate(), request.headers.get("User-Agent", ""))
    if sender is None:
        raise NotAllowed("This address is not valid, or no longer. Ask your office for a new one.")
    centre = sender.device.centre_id if sender.device else None
    if not sender.scope.may(Permission.SURVEYS_SUBMIT, centre):
        raise NotAllowed("You may not send answers here.")
    return sender


def _with_password(request: HttpRequest) -> Sender:
    """Only over https. Axes counts wrong passwords; who has a second factor uses the address of a device."""
    if not request.is_secure():
        raise NotAllowed("A password is only taken over https. Use the address of your device.")
    user = _authenticated(request)
    if user.must_change_password:
        raise NotAllowed("Choose a password of your own first, in the browser.")
    if is_mfa_enabled(user):
        raise NotAllowed("Your account asks for a second factor. Use the address of your device.")
    scope = scope_of(user, timezone.localdate())
    if not scope.may(Permission.SURVEYS_SUBMIT):
        raise NotAllowed("You may not send answers here.")
    return Sender(scope)


def _authenticated(request: HttpRequest) -> User:
    name, password = _credentials(request)
    known = User.objects.filter(username__iexact=name).first()
    key = _fingerprint(known, password) if known else ""
    if known and can_sign_in(known) and cache.get(key) == known.pk:
        return known
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        raise Unknown
    cache.set(_fingerprint(user, password), user.pk, REMEMBERED)
    return user


def _fingerprint(user: User, password: str) -> str:
    """Changes with the password that is stored, so that an old one is forgotten at once."""
    return (
        "openrosa:"
        + salted_hmac(f"{user.pk}:{user.password}", password, algorithm="sha256").hexdigest()
    )


def _credentials(request: HttpRequest) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        raise Unknown
    try:
        name, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Unknown from None
    if not (name and colon):
        raise Unknown
    return name, password


def _challenge() -> HttpResponse:
    response = say(401, Message("User name or password is wrong."))
    response["WWW-Authenticate"] = 'Basic realm="Yanapay", charset="UTF-8"'
    return response


def _other_method(methods: tuple[str, ...]) -> HttpResponse:
    response = say(405, Message("This address does not do that."))
    response["Allow"] = ", ".join(methods)
    return response

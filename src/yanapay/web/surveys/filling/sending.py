"""Answers from the browser: who sends, and the same door as for telephones."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.surveys.access import Sender
from yanapay.surveys.actions.receiving import Receipt, receive
from yanapay.surveys.rules.envelope import file_name
from yanapay.web.acting import actor, say
from yanapay.web.http import Request

TOO_LARGE = Message(
    "The answer is larger than {limit} MB, the most that this server takes."
).template
ANSWER = "xml_submission_file"
OWNER = "X-Yanapay-User"  # whose answer it is; it never leaves in another person's name


@never_cache
@require_safe
@login_not_required
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token that a page from the cache no longer has."""
    user = request.user
    who = {"id": user.pk, "name": str(user)} if user.is_authenticated else None
    return JsonResponse({"user": who, "csrf": get_token(request) if who else ""})


@never_cache
@require_POST
@login_not_required
def submission(request: Request, form_id: str) -> HttpResponse:
    """Take an answer. Its own XML says which form it answers; the address is for people who read logs."""
    if not request.user.is_authenticated:
        return _said(
            401, Message("You are signed out. Sign in again: the answer is kept on this device.")
        )
    if request.headers.get(OWNER) != str(request.user.pk):
        return _said(
            409, Message("This answer was given by another person, who has to sign in to send it.")
        )
    receipt = _receive(request)
    return _said(receipt.status, receipt.message)


def _receive(request: Request) -> Receipt:
    try:
        files, fields = request.FILES, request.POST
        xml = files.get(ANSWER)
        if xml is None:
            raise RuleBroken("The upload holds no part named {part}.", part=ANSWER)
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return Receipt(503, Message("The line dropped before all of the answer had arrived."))
    except RuleBroken as refusal:
        return Receipt(400, refusal.message)
    if sum(file.size or 0 for _, sent in files.lists() for file in sent) > settings.OPENROSA_LIMIT:
        return Receipt(413, Message(TOO_LARGE, limit=settings.OPENROSA_LIMIT // 1_000_000))
    named = {file_name(name): sent[-1] for name, sent in files.lists() if name != ANSWER}
    chosen = request.GET.get("centre", "")
    who = Sender(request.scope, centre_id=int(chosen) if chosen.isdecimal() else None)
    return receive(
        by=actor(request, who), who=who, xml=xml.read(), files=named,
        incomplete=fields.get("*isIncomplete*") == "yes",
    )  # fmt: skip


def _said(status: int, message: Message) -> JsonResponse:
    return JsonResponse({"message": say(message)}, status=status)

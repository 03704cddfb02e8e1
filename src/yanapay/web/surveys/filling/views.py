"""The form in the browser, and a mapper's own page: forms to fill, answers here, answers sent."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yanapay.accounts.choices import Permission
from yanapay.centres.models import Centre
from yanapay.kernel.errors import NotFound
from yanapay.surveys.access import Sender
from yanapay.surveys.models import Submission, Version
from yanapay.surveys.queries.forms import fetched_version, offered_to
from yanapay.surveys.rules.naming import instance_name
from yanapay.web.http import Request
from yanapay.web.surveys.filling.definitions import corrected, media_names

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""Of the form only: the component compiles its reader of expressions and writes its own styles."""
SENT_SHOWN = 30


@require_safe
def home(request: Request) -> HttpResponse:
    """What can be filled in, what waits on this device, and what became of what was sent."""
    request.scope.require(Permission.SURVEYS_SUBMIT)
    sent = Submission.objects.filter(user=request.user, erased_at=None).current()
    context = {
        "forms": offered_to(Sender(request.scope)),
        "sent": [
            (one, instance_name(bytes(one.xml)))
            for one in sent.select_related("instrument").order_by("-pk")[:SENT_SHOWN]
        ],
        "sent_count": sent.count(),
        "login": _login(request),
        "keep": [reverse("surveys:fill")],
    }
    return render(request, "surveys/filling/home.html", context)


@require_safe
def show(request: Request, form_id: str) -> HttpResponse:
    """A form to fill in."""
    version = _offered(request, form_id)
    page = reverse("surveys:fill_form", args=[form_id])
    xml = reverse("surveys:fill_xml", args=[form_id])
    files = [reverse("surveys:fill_media", args=[form_id, name]) for name in media_names(version)]
    keep = [reverse("surveys:fill"), page, xml, *files]
    return _page(request, version, {"keep": keep})


@require_safe
def edit(request: Request, form_id: str, instance_id: str) -> HttpResponse:
    """The same with the values of an answer that was sent; what is sent replaces it."""
    submission = corrected(request, form_id, instance_id)
    if not submission.is_current:
        last = Submission.objects.current().get(
            instrument=submission.instrument, root_id=submission.root_id
        )
        return redirect("surveys:fill_edit", form_id, last.instance_id)
    names = list(submission.attachments.values_list("name", flat=True))
    answer = reverse("surveys:fill_answer", args=[form_id, instance_id])
    return _page(
        request, _offered(request, form_id), {"answer": answer, "files": names, "keep": []}
    )


def _offered(request: Request, form_id: str) -> Version:
    request.scope.require(Permission.SURVEYS_SUBMIT)
    try:
        return fetched_version(Sender(request.scope), form_id)
    except NotFound:
        raise NotFound("This form is not open, or not for you.") from None


def _page(request: Request, version: Version, context: Mapping[str, Any]) -> HttpResponse:
    form_id = version.instrument.form_id
    shown = {
        "instrument": version.instrument,
        "version": version,
        "centres": _centres(request, version),
        "page": reverse("surveys:fill_form", args=[form_id]),
        "xml": reverse("surveys:fill_xml", args=[form_id]),
        "media": reverse("surveys:fill_media", args=[form_id, "-"]).removesuffix("-"),
        "submission": reverse("surveys:fill_submission", args=[form_id]),
        "login": _login(request),
        "answer": "",
        "files": [],
        "paper": reverse("surveys:fill_paper", args=[form_id]),
        **context,
    }
    response = render(request, "surveys/filling/form.html", shown)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _login(request: Request) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"


def _centres(request: Request, version: Version) -> list[Centre]:
    """Those among which the person has to choose for an answer: none when there is nothing to choose."""
    if version.instrument.centre_id:
        return []
    held = request.scope.centres_with(Permission.SURVEYS_SUBMIT)
    found = Centre.objects.filter(is_active=True).order_by("name")
    found = found if held is None else found.filter(pk__in=held)
    return list(found) if len(found) > 1 else []

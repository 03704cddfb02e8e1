"""What the office sends to the people of an entry: a letter with a code, the yearly question."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.kernel.errors import YanapayError
from yanapay.mapping.actions.claims import issue_claim
from yanapay.mapping.models import Confirmation
from yanapay.mapping.queries import entries as queries
from yanapay.mapping.queries.confirmations import code_of, to_follow_up, unanswered
from yanapay.web.acting import actor, say
from yanapay.web.assistance.cases.contact import international
from yanapay.web.http import Request, page_of
from yanapay.web.mapping.pages import PER_PAGE


@require_POST
def letter(request: Request, pk: int) -> HttpResponse:
    """A new code as a letter to print; the code is shown this once."""
    entry = queries.open_entry(request.scope, pk)
    try:
        claim, code = issue_claim(
            by=actor(request, entry.organisation), entry=entry, on=timezone.localdate()
        )
    except YanapayError as error:
        messages.error(request, say(error.message))
        return redirect("mapping:entry", pk)
    address = request.build_absolute_uri(reverse("mapping:claim"))
    context = {"entry": entry, "claim": claim, "code": code, "address": address}
    response = render(request, "mapping/letter.html", context)
    response["Cache-Control"] = "no-store"
    return response


def confirmations(request: Request) -> HttpResponse:
    """The yearly questions to send, and the answers that say a page is wrong."""
    request.scope.require("surveys.review")
    page = page_of(request, unanswered(request.scope), PER_PAGE)
    context = {
        "page": page,
        "questions": [_question(request, one) for one in page],
        "answers": to_follow_up(request.scope)[:PER_PAGE],
    }
    return render(request, "mapping/confirmations.html", context)


def _question(request: Request, asked: Confirmation) -> dict[str, Any]:
    """Links with a prepared text: by message to the telephone, by e-mail."""
    about = asked.entry.organisation
    link = request.build_absolute_uri(reverse("mapping:confirm", args=[code_of(asked)]))
    text = _("Good day. This is what the public directory shows of «%(name)s». Is it still right? %(link)s") % {
        "name": asked.entry.name, "link": link}  # fmt: skip
    number = international(about.private_phone or about.phone, about.country)
    address = about.private_email or about.email
    subject = quote(asked.entry.name)
    return {
        "asked": asked, "link": link,
        "message_url": f"https://wa.me/{number}?text={quote(text)}" if number else "",
        "mail_url": f"mailto:{quote(address)}?subject={subject}&body={quote(text)}" if address else "",
    }  # fmt: skip

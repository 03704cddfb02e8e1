"""The queue of proposed changes: taken in hand, sent back, with the files that came along."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.mapping.actions.interviews import move_interview, send_back
from yanapay.mapping.choices import InterviewState, Source
from yanapay.mapping.queries.interviews import open_proposal, waiting_for_review
from yanapay.surveys.queries.files import SHELF
from yanapay.web.acting import actor, done
from yanapay.web.heads import Head, tabs_of
from yanapay.web.http import Request, page_of
from yanapay.web.mapping.pages import asked_for

PER_PAGE = 25  # a reviewer decides them one by one


def queue(request: Request) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    request.scope.require("surveys.review")
    source = asked_for(request, "source", Source.values)
    page = page_of(request, waiting_for_review(request.scope, source), PER_PAGE)
    everything = reverse("mapping:proposals")
    head = Head(
        everything, page.paginator.count, bool(source), tabs_label=_("Where it comes from"),
        tabs=tabs_of(everything, "source", source, Source.choices),
    )  # fmt: skip
    context = {"page": page, "head": head}
    return render(request, "mapping/proposals.html", context)


@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Say that one is reviewing, so that nobody else begins."""
    proposal = open_proposal(request.scope, pk)
    interview = proposal.interview
    if interview is None:
        raise Http404
    by, on = actor(request, proposal), timezone.localdate()
    state = InterviewState.IN_REVIEW
    done(request, lambda: move_interview(by=by, interview=interview, state=state, on=on))
    return redirect("mapping:proposal", pk)


@require_POST
def back(request: Request, pk: int) -> HttpResponse:
    """To the interviewer, with what is missing."""
    proposal = open_proposal(request.scope, pk)
    if proposal.interview is None:
        raise Http404
    interview, reason = proposal.interview, request.POST.get("reason", "")
    by = actor(request, proposal)
    said = _("Sent back to %(name)s.") % {"name": interview.interviewer}
    done(request, lambda: send_back(by=by, interview=interview, reason=reason), said)
    return redirect("mapping:proposal", pk)


def attachment(request: Request, pk: int, name: str) -> HttpResponseBase:
    """A photo or file that came with the answer."""
    proposal = open_proposal(request.scope, pk)
    files = proposal.submission.attachments.filter(name=name) if proposal.submission else None
    file = files.first() if files else None
    if file is None:
        raise Http404
    is_picture = file.content_type in ("image/jpeg", "image/png", "image/webp")
    kind = file.content_type if is_picture else "application/octet-stream"
    bytes_of = SHELF.place(file.sha256).open("rb")
    response = FileResponse(
        bytes_of, content_type=kind, as_attachment=not is_picture, filename=file.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""The queue of proposed changes, and the page where one is decided field by field."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST

from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Organisation
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel.errors import RuleBroken, YanapayError
from yanapay.kernel.keys import read_key
from yanapay.mapping.actions.interviews import move_interview, send_back
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.choices import InterviewState, ProposalState, Source
from yanapay.mapping.models import Entry, Proposal
from yanapay.mapping.queries.current import agreed_to_be_public, exactness_of
from yanapay.mapping.queries.interviews import open_proposal, waiting_for_review
from yanapay.mapping.queries.review import possibly_the_same
from yanapay.surveys.queries.answers import labelled
from yanapay.surveys.queries.days import answered_on
from yanapay.surveys.queries.files import SHELF
from yanapay.web.acting import actor, done, say
from yanapay.web.heads import Head, tabs_of
from yanapay.web.http import Request
from yanapay.web.mapping.corrections import CorrectionForm
from yanapay.web.mapping.forms import chosen_decimals, offered_decimals
from yanapay.web.mapping.rows import decided_rows, pending_rows, posted_corrections
from yanapay.web.mapping.words import CONTACT

PER_PAGE = 25


def queue(request: Request) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    request.scope.require("surveys.review")
    source = request.GET.get("source", "")
    source = source if source in Source.values else ""
    page = Paginator(waiting_for_review(request.scope, source), PER_PAGE).get_page(
        request.GET.get("page")
    )
    everything = reverse("mapping:proposals")
    head = Head(
        everything, page.paginator.count, bool(source), tabs_label=_("Where it comes from"),
        tabs=tabs_of(everything, "source", source, Source.choices),
    )  # fmt: skip
    context = {"page": page, "head": head}
    return render(request, "mapping/proposals.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Current and proposed side by side; POST decides."""
    proposal = open_proposal(request.scope, pk)
    about = _compared_with(request, proposal)
    if request.method != "POST":
        return _page(request, proposal, about)
    form = posted_corrections(request, proposal, about)
    if _is_decided(request, proposal, about, form):
        return _next(request, proposal)
    return _page(request, proposal, about, form)


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


def _is_decided(
    request: Request, proposal: Proposal, about: Organisation | None, form: CorrectionForm
) -> bool:
    """Whether it was decided; if not, the page says why, beside the field where there is one."""
    if "refuse" not in request.POST:
        form.refuse_unticked(request.POST.getlist("accept"))
        if form.errors:
            messages.error(request, _("Nothing was decided yet: look at the fields marked below."))
            return False
    try:
        _decide(request, proposal, about, form.corrected())
    except YanapayError as error:
        if error.field in form.fields:
            form.add_error(error.field, say(error.message))
        messages.error(request, say(error.message))
        return False
    return True


def _decide(
    request: Request, proposal: Proposal, about: Organisation | None, corrected: dict[str, Any]
) -> None:
    is_refused = "refuse" in request.POST
    accepted = set() if is_refused else set(request.POST.getlist("accept"))
    if not is_refused and not accepted:
        raise RuleBroken("Tick what you accept, or refuse the whole proposal.")
    is_unsaid = not is_refused and about is None and "is_new" not in request.POST
    if is_unsaid and possibly_the_same(request.scope, proposal):
        raise RuleBroken("Say first whether it is one of the organisations named, or a new one.")
    decide(
        by=actor(request, proposal), proposal=proposal, accepted=accepted, on=timezone.localdate(),
        reason=request.POST.get("reason", ""), organisation=about,
        version=read_key(request.POST.get("version", "")), publish="publish" in request.POST,
        decimals=chosen_decimals(request.POST.get("decimals", "")),
        corrected={} if is_refused else corrected,
    )  # fmt: skip


def _page(
    request: Request, proposal: Proposal, about: Organisation | None, form: CorrectionForm | None = None
) -> HttpResponse:  # fmt: skip
    pending = proposal.state == ProposalState.PENDING
    rows = pending_rows(request, proposal, about, form) if pending else decided_rows(proposal)
    likenesses = (
        possibly_the_same(request.scope, proposal) if pending and not proposal.organisation else []
    )
    has_consent = ConsentPurpose.PUBLIC in proposal.consents or bool(
        about and agreed_to_be_public(about)
    )
    context = {
        "proposal": proposal, "about": about, "pending": pending, "likenesses": likenesses,
        "rows": [row for row in rows if not row.is_same], "same": [row for row in rows if row.is_same],
        "consents": [dict(ConsentPurpose.choices).get(p, p) for p in proposal.consents],
        "contact": [(CONTACT.get(k, k), value) for k, value in proposal.contact.items()],
        "has_consent": has_consent, "decimals": offered_decimals(
            exactness_of(about, proposal.consents), request.POST.get("decimals", "")
        ) if _shows_a_point(proposal, about) else [],
        "posted": request.POST,
        "reason": request.POST.get("reason", ""), "interview": proposal.interview,
        "may_take": proposal.interview and proposal.interview.state == InterviewState.INTERVIEWED,
        "may_send_back": proposal.interview and proposal.interview.interviewer_id
        and proposal.interview.state in (InterviewState.INTERVIEWED, InterviewState.IN_REVIEW),
        **_answer(proposal),
    }  # fmt: skip
    return render(request, "mapping/proposal.html", context, status=422 if form else 200)


def _shows_a_point(proposal: Proposal, about: Organisation | None) -> bool:
    """Whether what is published with the decision may hold a point: one is proposed, or shown already."""
    shown = Entry.objects.filter(organisation=about, latitude__isnull=False)
    return "point" in proposal.proposed or (about is not None and shown.exists())


def _answer(proposal: Proposal) -> dict[str, Any]:
    """The original beside: what was answered, in the words of the form, and its photos."""
    if proposal.submission is None:
        return {}
    files = list(proposal.submission.attachments.order_by("name"))
    return {
        "day": answered_on(proposal.submission),
        "answers": labelled(proposal.submission, (get_language() or "es")[:2]),
        "photos": [file for file in files if file.content_type.startswith("image/")],
        "files": [file for file in files if not file.content_type.startswith("image/")],
    }


def _compared_with(request: Request, proposal: Proposal) -> Organisation | None:
    """The organisation of the proposal, or the one that the reviewer says it is."""
    if proposal.organisation:
        return proposal.organisation
    chosen = read_key(request.POST.get("organisation") or request.GET.get("organisation") or "")
    return open_organisation(request.scope, chosen) if chosen else None


def _next(request: Request, proposal: Proposal) -> HttpResponse:
    messages.success(request, _("Decided: «%(name)s».") % {"name": proposal.name})
    following = waiting_for_review(request.scope).first()
    return (
        redirect("mapping:proposal", following.pk) if following else redirect("mapping:proposals")
    )

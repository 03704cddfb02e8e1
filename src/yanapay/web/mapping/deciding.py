"""The page where a proposed change is decided, field by field."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Organisation
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel.errors import RuleBroken, YanapayError
from yanapay.kernel.keys import read_key
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.choices import InterviewState, ProposalState
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.mapping.queries.current import agreed_to_be_public, exactness_of
from yanapay.mapping.queries.interviews import open_proposal, waiting_for_review
from yanapay.mapping.queries.review import possibly_the_same
from yanapay.surveys.queries.answers import labelled
from yanapay.surveys.queries.days import answered_on
from yanapay.web.acting import actor, say
from yanapay.web.http import Request
from yanapay.web.mapping.corrections import CorrectionForm
from yanapay.web.mapping.forms import chosen_decimals, offered_decimals
from yanapay.web.mapping.rows import decided_rows, pending_rows, posted_corrections
from yanapay.web.mapping.words import CONTACT


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
    is_unknown = pending and not proposal.organisation
    context = {
        "proposal": proposal, "about": about, "pending": pending, "posted": request.POST,
        "likenesses": possibly_the_same(request.scope, proposal) if is_unknown else [],
        "rows": [row for row in rows if not row.is_same], "same": [row for row in rows if row.is_same],
        "consents": [dict(ConsentPurpose.choices).get(p, p) for p in proposal.consents],
        "contact": [(CONTACT.get(k, k), value) for k, value in proposal.contact.items()],
        "has_consent": _has_consent(proposal, about),
        "decimals": _offered_decimals(request, proposal, about),
        "reason": request.POST.get("reason", ""),
        **_steps(proposal.interview), **_answer(proposal),
    }  # fmt: skip
    return render(request, "mapping/proposal.html", context, status=422 if form else 200)


def _has_consent(proposal: Proposal, about: Organisation | None) -> bool:
    """Whether its people agreed to be public, with this proposal or before."""
    agreed_before = about is not None and agreed_to_be_public(about)
    return ConsentPurpose.PUBLIC in proposal.consents or agreed_before


def _offered_decimals(
    request: Request, proposal: Proposal, about: Organisation | None
) -> list[tuple[int, Any, bool]]:
    """How exactly the point may be shown; nothing to choose where none is proposed or shown already."""
    shown = Entry.objects.filter(organisation=about, latitude__isnull=False)
    if "point" not in proposal.proposed and (about is None or not shown.exists()):
        return []
    agreed = exactness_of(about, proposal.consents)
    return offered_decimals(agreed, request.POST.get("decimals", ""))


def _steps(interview: Interview | None) -> dict[str, Any]:
    """What a reviewer may do with the interview besides deciding."""
    state = interview.state if interview else None
    waits = state in (InterviewState.INTERVIEWED, InterviewState.IN_REVIEW)
    return {
        "interview": interview, "may_take": state == InterviewState.INTERVIEWED,
        "may_send_back": waits and interview and interview.interviewer_id,
    }  # fmt: skip


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

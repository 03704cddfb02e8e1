"""Pages of a plan: its editor, its page with what a version changes, offering and what the client decides."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from yanapay.assistance.access import can_edit_case
from yanapay.assistance.actions.codes import make_code
from yanapay.assistance.actions.plans import (
    accept_plan,
    change_plan,
    discard_draft,
    draft_plan,
    new_version,
    offer_plan,
    refuse_plan,
)
from yanapay.assistance.models import Case, Plan
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.plans import draft_of, first_draft
from yanapay.assistance.rules.plans import Draft, check_draft
from yanapay.kernel.errors import EditConflict, YanapayError
from yanapay.web.acting import accepted, actor, attempt, say
from yanapay.web.assistance.pages import back, editable, form_page
from yanapay.web.assistance.plans.editor import Editor, from_draft, with_one_more
from yanapay.web.assistance.plans.forms import OfferForm, RefusalForm
from yanapay.web.assistance.plans.words import told
from yanapay.web.assistance.signing import SignForm, starting
from yanapay.web.http import Request

SAVED = gettext_lazy("The plan is saved.")


def draft(request: Request, pk: int) -> HttpResponse:
    """The first version, or one after a refusal: begun from the problem tree."""
    case = editable(request, pk)
    if request.method != "POST":
        start = first_draft(case, case.centre.currency)
        return _page(request, case, from_draft(case, start), None, start)
    return _edit(request, case, None)


def edit(request: Request, pk: int, number: int) -> HttpResponse:
    """Change a draft; when somebody saved meanwhile, both versions stand side by side."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    if request.method != "POST":
        now = draft_of(plan)
        return _page(request, case, from_draft(case, now, plan.version), plan, now)
    return _edit(request, case, plan)


def show(request: Request, pk: int, number: int) -> HttpResponse:
    """One version as it is offered, beside what it changes of the one before."""
    case = open_case(request.scope, pk)
    plan = get_object_or_404(case.plans, number=number)
    before = case.plans.filter(number__lt=number).first()
    context = {
        "case": case, "plan": plan, "before": before, "versions": case.plans.order_by("number"),
        "changes": told(draft_of(before), draft_of(plan)) if before else [],
        "may_edit": can_edit_case(request.scope, case), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "assistance/plans/show.html", context)


def offer(request: Request, pk: int, number: int) -> HttpResponse:
    """Offer a draft: from then on it is fixed."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    form = OfferForm(
        request.POST or None, initial={"on": timezone.localdate(), "version": plan.version}
    )
    if accepted(form, offer_plan, by=actor(request, case), plan=plan):
        return back(request, case, _("The plan is offered. Now the entrepreneur decides."), "plan")
    lead = _(
        "From now on this version does not change: it is what the entrepreneur accepts or refuses."
    )
    return form_page(
        request, form, title=_("Offer the plan"), case=case, lead=lead, action_label=_("Offer")
    )


@require_POST
def version(request: Request, pk: int, number: int) -> HttpResponse:
    """A draft that begins as a copy of this version."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    try:
        copy = new_version(by=actor(request, case), plan=plan)
    except YanapayError as error:
        return _refused(request, plan, error)
    return redirect("assistance:plan_edit", case.pk, copy.number)


@require_POST
def discard(request: Request, pk: int, number: int) -> HttpResponse:
    """Throw a draft away."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    try:
        discard_draft(by=actor(request, case), plan=plan)
    except YanapayError as error:
        return _refused(request, plan, error)
    return back(request, case, _("The draft is thrown away."), "plan")


@require_POST
def code(request: Request, pk: int, number: int) -> HttpResponse:
    """Six digits to send; this page is the only place where they are seen."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    try:
        digits = make_code(by=actor(request, case), signed=plan)
    except YanapayError as error:
        return _refused(request, plan, error)
    text = _("%(centre)s: your code to accept the plan «%(title)s» is %(code)s.") % {
        "centre": case.centre.name, "title": case.title, "code": digits,
    }  # fmt: skip
    context = {"case": case, "plan": plan, "code": digits, "text": text, "phone": _phone(case),
               "next_url": reverse("assistance:plan_accept", args=[pk, number])}  # fmt: skip
    return render(request, "assistance/plans/code.html", context)


def accept(request: Request, pk: int, number: int) -> HttpResponse:
    """The entrepreneur accepts in front of us."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    form = SignForm(request.POST or None, request.FILES or None, initial=_signer(case))
    by = actor(request, case)
    if form.is_valid() and attempt(
        form, lambda: form.signed(by, plan, lambda **proof: accept_plan(by=by, plan=plan, **proof))
    ):
        return back(request, case, _("The plan is accepted."), "plan")
    return form_page(
        request, form, title=_("Accept the plan"), case=case, plan=plan,
        code_url=reverse("assistance:plan_code", args=[pk, number]),
        template="assistance/plans/accept.html",
    )  # fmt: skip


def refuse(request: Request, pk: int, number: int) -> HttpResponse:
    """The entrepreneur declines this version."""
    case = editable(request, pk)
    plan = get_object_or_404(case.plans, number=number)
    form = RefusalForm(request.POST or None, initial=_signer(case))
    if accepted(form, refuse_plan, by=actor(request, case), plan=plan, how="screen"):
        return back(request, case, _("The refusal is noted. You may offer a new version."), "plan")
    lead = _("What was agreed before still holds. The case stays open.")
    return form_page(
        request,
        form,
        title=_("Refuse the plan"),
        case=case,
        lead=lead,
        action_label=_("Note the refusal"),
    )


def signature(request: Request, pk: int, number: int) -> HttpResponseBase:
    """The signature or the signed paper, as it was kept."""
    plan = get_object_or_404(open_case(request.scope, pk).plans, number=number)
    if not plan.signature_image:
        raise Http404
    return FileResponse(
        plan.signature_image.open("rb"), filename=f"plan-{number}", as_attachment=True
    )


def _edit(request: Request, case: Case, plan: Plan | None) -> HttpResponse:
    """What a sent editor asks for: another row, the sums, or to be saved."""
    if table := request.POST.get("add"):
        return _page(request, case, with_one_more(case, request.POST, table), plan, None)
    editor = Editor(case, data=request.POST)
    typed = editor.draft() if editor.is_valid() else None
    if typed is None:
        return _page(request, case, editor, plan, None, status=422)
    answer = _calculated if "calculate" in request.POST else _saved
    return answer(request, case, editor, plan, typed)


def _calculated(
    request: Request, case: Case, editor: Editor, plan: Plan | None, typed: Draft
) -> HttpResponse:
    """The sums of what was typed; nothing is saved."""
    adds_up = attempt(editor.head, lambda: check_draft(typed, case.organisation.start_date))
    return _page(
        request, case, editor, plan, typed if adds_up else None, status=200 if adds_up else 422
    )


def _saved(
    request: Request, case: Case, editor: Editor, plan: Plan | None, typed: Draft
) -> HttpResponse:
    try:
        if attempt(editor.head, lambda: _save(request, case, plan, typed, editor)):
            return back(request, case, str(SAVED), "plan")
    except EditConflict:
        return _conflict(request, case, editor, typed, plan)
    return _page(request, case, editor, plan, None, status=422)


def _save(request: Request, case: Case, plan: Plan | None, typed: Draft, editor: Editor) -> Plan:
    by = actor(request, case)
    if plan is None:
        return draft_plan(by=by, case=case, draft=typed)
    return change_plan(by=by, plan=plan, draft=typed, version=editor.head.cleaned_data["version"])


def _conflict(
    request: Request, case: Case, editor: Editor, typed: Draft, plan: Plan | None
) -> HttpResponse:
    """Everything typed still stands in the form, which now carries the newer version."""
    if plan is None:  # a first draft conflicts with nothing
        raise Plan.DoesNotExist
    current = Plan.objects.get(pk=plan.pk)
    editor.head.data = editor.head.data.copy()  # type: ignore[attr-defined]
    editor.head.data["version"] = current.version  # type: ignore[index]
    conflicts = told(draft_of(current), typed)
    return _page(request, case, editor, current, typed, status=409, conflicts=conflicts)


def _page(
    request: Request, case: Case, editor: Editor, plan: Plan | None, sums: Draft | None, *,
    status: int = 200, **context: Any,
) -> HttpResponse:  # fmt: skip
    shown = {
        "case": case,
        "editor": editor,
        "form": editor.head,
        "plan": plan,
        "sums": _sums(sums),
        **context,
    }
    return render(request, "assistance/plans/edit.html", shown, status=status)


def _sums(draft: Draft | None) -> dict[str, Any] | None:
    """Cost, price and shares as the rules see them; None while they cannot be told."""
    if draft is None:
        return None
    try:
        amounts = draft.amounts()
        return {"cost": draft.cost, "price": draft.price, "currency": draft.currency,
                "shares": list(zip(draft.shares, amounts, strict=True))}  # fmt: skip
    except YanapayError as error:
        return {"refused": say(error.message)}


def _signer(case: Case) -> dict[str, Any]:
    return starting(case.contact.name if case.contact else "", timezone.localdate())


def _phone(case: Case) -> str:
    contact = case.contact
    written = (
        (contact.phone if contact else "")
        or case.organisation.private_phone
        or case.organisation.phone
    )
    return "".join(sign for sign in written if sign.isdigit())


def _refused(request: Request, plan: Plan, error: YanapayError) -> HttpResponse:
    """Back to the version with the sentence."""
    messages.error(request, say(error.message))
    return redirect("assistance:plan", plan.case_id, plan.number)

"""The register of non-conformities and what is done about each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from yanapay.accounts.models import User
from yanapay.assistance.queries.staff import staff
from yanapay.kernel.errors import NotAllowed
from yanapay.quality.access import can_close_finding, can_correct_finding
from yanapay.quality.actions.findings import close_finding, note_finding, plan_correction
from yanapay.quality.choices import FindingState
from yanapay.quality.models import Nonconformity
from yanapay.quality.queries.findings import open_finding, register
from yanapay.web.acting import actor, made, show_form
from yanapay.web.conflicts import save
from yanapay.web.heads import Head, downloads
from yanapay.web.http import Request, page_of
from yanapay.web.quality.exports import spreadsheet
from yanapay.web.quality.forms import CloseForm, CorrectionForm, FindingForm

PER_PAGE = 50


class FindingFilter(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[("", pgettext_lazy("in a filter", "All")), *FindingState.choices],
    )  # fmt: skip
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1990, max_value=2200
    )


def index(request: Request) -> HttpResponse:
    """What was found in the user's centres, newest first."""
    request.scope.require("assistance.view")
    form = FindingFilter(request.GET)
    page = page_of(request, _filtered(request, form), PER_PAGE)
    context = {
        "page": page, "here": "findings", "head": _head(request, form, page),
        "may_note": request.scope.may("assistance.edit"), "today": timezone.localdate(),
        "is_filtered": any(form.cleaned_data.values()),
    }  # fmt: skip
    return render(request, "quality/findings.html", context)


def _head(request: Request, form: FindingFilter, page: Any) -> Head:
    addresses = [(_("Excel (XLSX)"), reverse("quality:findings_export", args=["xlsx"]))]
    return Head(
        reverse("quality:findings"), page.paginator.count, any(form.cleaned_data.values()), form,
        downloads=downloads(addresses, request.GET.urlencode()),
    )  # fmt: skip


def export(request: Request, kind: str) -> HttpResponseBase:
    """The same list as a spreadsheet."""
    request.scope.require("assistance.view")
    headers = [_("Number"), _("Kind"), _("State"), _("Found on"), _("What was found"), _("Cause"),
               _("Corrective action"), _("Responsible"), _("Until"), _("Closed on"), _("How it was checked"),
               _("Document"), _("Centre")]  # fmt: skip
    rows = (
        [one.number, str(one.get_kind_display()), str(one.get_state_display()), one.found_on.isoformat(),
         one.description, one.cause, one.correction, str(one.responsible or ""), one.due_on or "",
         one.closed_on or "", one.verification, one.document.number if one.document else "", one.centre.name]
        for one in _filtered(request, FindingFilter(request.GET)).iterator()
    )  # fmt: skip
    return spreadsheet("no-conformidades", kind, headers, rows)


def create(request: Request) -> HttpResponse:
    """Note a finding."""
    request.scope.require("assistance.edit")
    start = {"found_on": timezone.localdate(), "document": request.GET.get("document", "")}
    form = FindingForm(request.POST or None, scope=request.scope, initial=start)
    if form.is_valid():
        asked = form.cleaned_data
        by = request.scope.actor(asked["centre"].pk)
        if found := made(form, lambda: note_finding(by=by, **asked)):
            messages.success(
                request, _("The finding is noted as %(number)s.") % {"number": found.number}
            )
            return redirect("quality:finding", found.pk)
    return _form_page(request, form, _("Note a finding"))


def show(request: Request, pk: int) -> HttpResponse:
    """One finding from its discovery to its check."""
    finding = open_finding(request.scope, pk)
    context = {
        "finding": finding, "today": timezone.localdate(),
        "may_correct": can_correct_finding(request.scope, finding),
        "may_close": can_close_finding(request.scope, finding),
    }  # fmt: skip
    return render(request, "quality/finding.html", context)


def plan(request: Request, pk: int) -> HttpResponse:
    """Cause and correction. When somebody wrote meanwhile, what they wrote stands above the form."""
    finding = _required(request, pk, can_correct_finding)
    kept = ("cause", "correction", "responsible", "due_on", "version")
    start = {name: getattr(finding, name) for name in kept}
    form = CorrectionForm(request.POST or None, users=_users(finding), initial=start)
    return _changed(
        request, finding, form, _("Cause and corrective action"),
        lambda: plan_correction(by=actor(request, finding), finding=finding, **form.cleaned_data),
    )  # fmt: skip


def close(request: Request, pk: int) -> HttpResponse:
    """The check that the correction worked."""
    finding = _required(request, pk, can_close_finding)
    start = {"on": timezone.localdate(), "version": finding.version}
    form = CloseForm(request.POST or None, initial=start)
    return _changed(
        request, finding, form, _("Close the finding"),
        lambda: close_finding(by=actor(request, finding), finding=finding, **form.cleaned_data),
    )  # fmt: skip


def _changed(
    request: Request, finding: Nonconformity, form: forms.Form, title: str, change: Any
) -> HttpResponse:
    saving = save(form, change, lambda: _newer(request, finding, form))
    if saving.is_done:
        messages.success(request, _("Saved."))
        return redirect("quality:finding", finding.pk)
    return _form_page(request, form, title, finding=finding, theirs=saving.conflicts)


def _newer(request: Request, finding: Nonconformity, form: forms.Form) -> Nonconformity:
    """The finding as it stands now; what was typed goes on against this version."""
    theirs = open_finding(request.scope, finding.pk)
    form.data = {**request.POST.dict(), "version": str(theirs.version)}
    return theirs


def _form_page(
    request: Request, form: forms.Form, title: str, finding: Nonconformity | None = None,
    theirs: Nonconformity | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "title": title, "finding": finding, "conflicts": theirs}
    return show_form(request, "quality/form.html", context)


def _required(request: Request, pk: int, may: Any) -> Nonconformity:
    finding = open_finding(request.scope, pk)
    if not may(request.scope, finding):
        raise NotAllowed(
            "Only whoever keeps the quality record of the centre, or answers for this, may."
        )
    return finding


def _users(finding: Nonconformity) -> QuerySet[User]:
    """Who may answer for it: the staff of the centre, and whoever answers now."""
    known = User.objects.filter(pk=finding.responsible_id or 0)
    return staff(finding.centre_id, timezone.localdate()) | known


def _filtered(request: Request, form: FindingFilter) -> QuerySet[Nonconformity]:
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return register(request.scope, state=asked.get("state", ""), year=asked.get("year"))

"""The act of a transfer of service: look at it, issue it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from yanapay.assistance.exchange.documents import issue_act, transfer_draft
from yanapay.kernel.errors import RuleBroken
from yanapay.quality.models import Document
from yanapay.quality.queries.documents import preview
from yanapay.web.acting import actor, made, show_form
from yanapay.web.assistance.documents.views import AddendumForm, IssueForm
from yanapay.web.assistance.pages import transferable
from yanapay.web.http import Request
from yanapay.web.quality.broken import broken
from yanapay.web.quality.pdf import pdf_response


def look(request: Request, pk: int) -> HttpResponse:
    """The act as it would be issued."""
    transfer = transferable(request, pk)
    try:
        sheet = preview(transfer_draft(transfer, on=timezone.localdate(), language=_language()))
    except RuleBroken as error:
        return broken(request, error)
    return pdf_response(sheet.pdf, f"acta-{transfer.pk}.pdf")


def issue(request: Request, pk: int) -> HttpResponse:
    """Issue the act; a second one is an addendum."""
    transfer = transferable(request, pk)
    before = (
        Document.objects.about("service_transfer", pk).filter(erased_at=None).order_by("pk").last()
    )
    start = {"on": timezone.localdate(), "language": _language()}
    form = (AddendumForm if before else IssueForm)(request.POST or None, initial=start)
    if form.is_valid():
        by = actor(request, transfer)
        act = made(
            form, lambda: issue_act(by=by, transfer=transfer, corrects=before, **form.cleaned_data)
        )
        if act:
            messages.success(request, _("Issued as %(number)s.") % {"number": act.number})
            return redirect("quality:document", act.pk)
    context = {"form": form, "title": _("Act of transfer of the service"), "transfer": transfer}
    return show_form(request, "assistance/documents/act.html", context)


def _language() -> str:
    return (get_language() or "es").split("-")[0]

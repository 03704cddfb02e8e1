"""Looking at a document of a case before it is issued, and issuing it."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, gettext_lazy

from yanapay.assistance.access import can_issue_document
from yanapay.assistance.exchange.documents import Printable, draft_of, find, issue
from yanapay.assistance.exchange.documents.issuing import issued
from yanapay.assistance.models import Case
from yanapay.assistance.queries.cases import open_case
from yanapay.kernel.errors import NotAllowed, RuleBroken
from yanapay.quality.queries.documents import preview
from yanapay.web.acting import actor, made
from yanapay.web.assistance.pages import back, form_page
from yanapay.web.directory.forms.fields import day
from yanapay.web.http import Request
from yanapay.web.quality.broken import broken
from yanapay.web.quality.pdf import pdf_response

LANGUAGES = (("es", gettext_lazy("Spanish")), ("en", gettext_lazy("English")))


class IssueForm(forms.Form):
    on = day(label=gettext_lazy("Date of the document"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)


class AddendumForm(IssueForm):
    reason = forms.CharField(
        label=gettext_lazy("What was wrong"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It is printed at the top of the addendum."),
    )  # fmt: skip


def look(request: Request, pk: int, key: str) -> HttpResponse:
    """The document as it would be issued, without number and marked as a draft; or a form for paper."""
    case, printable = _chosen(request, pk, key)
    draft = draft_of(case, printable, on=timezone.localdate(), language=_language())
    try:
        sheet = preview(draft, is_form=printable.kind.is_form)
    except RuleBroken as error:
        return broken(request, error)
    return pdf_response(sheet.pdf, f"{case.number}-{key}.pdf")


def issue_one(request: Request, pk: int, key: str) -> HttpResponse:
    """Issue it; when it was issued before, an addendum that says what was wrong."""
    case, printable = _chosen(request, pk, key)
    before = issued(case, printable)
    start = {"on": timezone.localdate(), "language": _language()}
    form = (AddendumForm if before else IssueForm)(request.POST or None, initial=start)
    if form.is_valid():
        document = made(form, lambda: issue(
            by=actor(request, case), case=case, printable=printable, corrects=before, **form.cleaned_data
        ))  # fmt: skip
        if document:
            return back(
                request, case, _("Issued as %(number)s.") % {"number": document.number}, "documents"
            )
    lead = _(
        "It gets its number and is kept as it stands now. What is wrong later is corrected by an addendum."
    )
    if before:
        lead = _("Issued already as %(number)s. The addendum shows the case as it stands now.") % {
            "number": before.number,
        }  # fmt: skip
    label = _("Issue the addendum") if before else _("Issue")
    return form_page(request, form, title=printable.label, case=case, lead=lead, action_label=label)


def _chosen(request: Request, pk: int, key: str) -> tuple[Case, Printable]:
    case = open_case(request.scope, pk)
    printable = find(case, key, request.GET.get("about", ""))
    if not can_issue_document(request.scope, case, by_specialist=printable.kind.by_specialist):
        raise NotAllowed("Only the centre that keeps the case issues this document.")
    return case, printable


def _language() -> str:
    return (get_language() or "es").split("-")[0]

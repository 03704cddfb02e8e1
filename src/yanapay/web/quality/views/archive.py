"""The archive of documents, one document, and the register of formats."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from yanapay.assistance.access import can_open_document
from yanapay.assistance.models import Case
from yanapay.kernel.errors import NotFound
from yanapay.quality.models import Document, Format
from yanapay.quality.queries.documents import archived, is_intact, pdf_of
from yanapay.web.heads import Head, downloads
from yanapay.web.http import Request, page_of
from yanapay.web.quality.exports import spreadsheet
from yanapay.web.quality.pdf import pdf_response

PER_PAGE = 50


class ArchiveFilter(forms.Form):
    code = forms.ModelChoiceField(
        Format.objects.all(), label=gettext_lazy("Format"), required=False, to_field_name="code",
        empty_label=pgettext_lazy("in a filter", "All"),
    )  # fmt: skip
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1990, max_value=2200
    )
    text = forms.CharField(label=gettext_lazy("Number, case or enterprise"), required=False)


def index(request: Request) -> HttpResponse:
    """The documents of the user's centres, newest first."""
    request.scope.require("assistance.view")
    form = ArchiveFilter(request.GET)
    page = page_of(request, _filtered(request, form), PER_PAGE)
    context = {"page": page, "here": "archive", "head": _head(request, form, page),
               "is_filtered": any(form.cleaned_data.values())}  # fmt: skip
    return render(request, "quality/archive.html", context)


def _head(request: Request, form: ArchiveFilter, page: Any) -> Head:
    addresses = [(_("Excel (XLSX)"), reverse("quality:archive_export", args=["xlsx"]))]
    return Head(
        reverse("quality:archive"), page.paginator.count, any(form.cleaned_data.values()), form,
        downloads=downloads(addresses, request.GET.urlencode()),
    )  # fmt: skip


def export(request: Request, kind: str) -> HttpResponseBase:
    """The same list as a spreadsheet."""
    request.scope.require("assistance.view")
    headers = [_("Number"), _("Title"), _("Format"), _("Version"), _("Date"), _("Issued by"), _("Centre"),
               _("Pages"), _("Corrects"), "SHA-256"]  # fmt: skip
    rows = (
        [one.number, one.title, one.version.format.code, one.version.number, one.issued_on.isoformat(),
         one.issued_by_name, one.centre.name, one.pages, one.corrects.number if one.corrects else "",
         one.sha256]
        for one in _filtered(request, ArchiveFilter(request.GET)).iterator()
    )  # fmt: skip
    return spreadsheet("documentos", kind, headers, rows)


def formats(request: Request) -> HttpResponse:
    """The register of controlled formats, each with its versions."""
    request.scope.require("assistance.view")
    found = Format.objects.prefetch_related("versions")
    return render(request, "quality/formats.html", {"formats": found, "here": "formats"})


def show(request: Request, pk: int) -> HttpResponse:
    """One document: what it is, whether its file is still the one issued, its addenda and findings."""
    document = opened(request, pk)
    case = Case.objects.visible_to(request.scope).filter(pk=document.subject_id).first()
    context = {
        "document": document, "state": _state(document),
        "case": case if document.subject_type == "case" else None,
        "addenda": document.addenda.order_by("pk"),
        "findings": document.nonconformities.visible_to(request.scope).order_by("pk"),
        "may_note": request.scope.may("assistance.edit", document.centre_id),
        "may_see_archive": request.scope.may("assistance.view"),
    }  # fmt: skip
    return render(request, "quality/document.html", context)


def file(request: Request, pk: int) -> HttpResponse:
    """The PDF as it was issued."""
    document = opened(request, pk)
    return pdf_response(pdf_of(document), f"{document.number}.pdf")


def opened(request: Request, pk: int) -> Document:
    """A document that the user may open; else NotFound: nobody learns whether it exists."""
    found = Document.objects.select_related(
        "version__format", "centre__institution", "corrects"
    ).filter(pk=pk).first()  # fmt: skip
    if found is None or not can_open_document(request.scope, found):
        raise NotFound("There is no such document, or it is not yours to open.")
    return found


def _filtered(request: Request, form: ArchiveFilter) -> QuerySet[Document]:
    documents = Document.objects.visible_to(request.scope)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    code = asked.get("code")
    return archived(documents, code=code.code if code else "", year=asked.get("year"),
                    text=asked.get("text", "").strip())  # fmt: skip


def _state(document: Document) -> str:
    """intact, changed, erased or lost."""
    if document.erased_at:
        return "erased"
    try:
        return "intact" if is_intact(document) else "changed"
    except NotFound:
        return "lost"

"""The documents of an entrepreneur's own cases."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.assistance.access import LEADERS, can_open_document
from yanapay.assistance.models import Case
from yanapay.directory.models import PersonRoleRecord
from yanapay.quality.models import Document
from yanapay.web.http import Request


def index(request: Request) -> HttpResponse:
    """What was issued in the cases of the enterprises that the signed-in person leads."""
    request.scope.require("own.view")
    led = PersonRoleRecord.objects.filter(
        until=None, role__in=LEADERS, person__account__user=request.user.pk
    )
    cases = Case.objects.filter(organisation__in=led.values("organisation"))
    found = Document.objects.filter(
        subject_type="case", subject_id__in=cases.values("pk"), erased_at=None
    ).select_related("version__format", "centre").order_by("-issued_on", "-pk")  # fmt: skip
    documents = [one for one in found if can_open_document(request.scope, one)]
    return render(request, "assistance/documents/own.html", {"documents": documents})

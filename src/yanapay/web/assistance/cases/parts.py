"""The sections of the case page, in order."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Stage
from yanapay.assistance.models import Case, Promotion
from yanapay.assistance.queries.gates import consented
from yanapay.web.assistance.diagnosis.parts import PARTS as DIAGNOSIS
from yanapay.web.assistance.documents.parts import PARTS as DOCUMENTS
from yanapay.web.assistance.execution.parts import PARTS as EXECUTION
from yanapay.web.assistance.parts import Part
from yanapay.web.assistance.plans.parts import PARTS as PLANS
from yanapay.web.assistance.results.parts import PARTS as RESULTS
from yanapay.web.http import Request


def _promotion(request: Request, case: Case) -> dict[str, Any]:
    written = Promotion.objects.filter(case=case).select_related("consent").first()
    return {"promotion": written, "has_consent": consented(case)}


PROMOTION: tuple[Part, ...] = (
    Part("promotion", Stage.PROMOTION, _("Promotion"), "message-circle",
         "assistance/cases/promotion.html", _promotion),
)  # fmt: skip
PARTS = (*PROMOTION, *DIAGNOSIS, *PLANS, *EXECUTION, *RESULTS, *DOCUMENTS)

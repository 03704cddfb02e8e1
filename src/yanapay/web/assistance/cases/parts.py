"""The sections of the case page, in order."""

from yanapay.web.assistance.diagnosis.parts import PARTS as DIAGNOSIS
from yanapay.web.assistance.documents.parts import PARTS as DOCUMENTS
from yanapay.web.assistance.execution.parts import PARTS as EXECUTION
from yanapay.web.assistance.parts import Part
from yanapay.web.assistance.plans.parts import PARTS as PLANS
from yanapay.web.assistance.results.parts import PARTS as RESULTS

PROMOTION: tuple[Part, ...] = ()
PARTS = (*PROMOTION, *DIAGNOSIS, *PLANS, *EXECUTION, *RESULTS, *DOCUMENTS)

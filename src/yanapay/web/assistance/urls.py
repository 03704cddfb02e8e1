"""Addresses of assistance; each part of the work keeps its own list."""

from yanapay.web.assistance.cases.urls import urlpatterns as cases
from yanapay.web.assistance.centre.urls import urlpatterns as centre
from yanapay.web.assistance.consultations.urls import urlpatterns as consultations
from yanapay.web.assistance.diagnosis.urls import urlpatterns as diagnosis
from yanapay.web.assistance.documents.urls import urlpatterns as documents
from yanapay.web.assistance.execution.urls import urlpatterns as execution
from yanapay.web.assistance.plans.urls import urlpatterns as plans
from yanapay.web.assistance.results.urls import urlpatterns as results

app_name = "assistance"
urlpatterns = [
    *cases, *consultations, *diagnosis, *plans, *execution, *results, *documents, *centre,
]  # fmt: skip

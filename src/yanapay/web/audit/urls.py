"""Addresses of the audit trail."""

from django.urls import path

from yanapay.web.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.event_list, name="events"),
    path("audit/proof/", views.proof, name="proof"),
]

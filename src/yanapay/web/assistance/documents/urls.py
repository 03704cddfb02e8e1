"""Addresses of the documents of a case."""

from django.urls import URLPattern, path

from yanapay.web.assistance.documents import acts, own, views

KIND = "cases/<int:pk>/documents/<slug:key>"
urlpatterns: list[URLPattern] = [
    path(f"{KIND}/preview.pdf", views.look, name="document_preview"),
    path(f"{KIND}/issue/", views.issue_one, name="document_issue"),
    path("service-transfers/<int:pk>/act/preview.pdf", acts.look, name="act_preview"),
    path("service-transfers/<int:pk>/act/", acts.issue, name="act_issue"),
    path("own/documents/", own.index, name="own_documents"),
]

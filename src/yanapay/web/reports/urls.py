"""Addresses of reports."""

from django.urls import path

from yanapay.web.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/cat/", views.cat, name="cat"),
    path("reports/cat/cat.<str:kind>", views.download, name="download"),
]

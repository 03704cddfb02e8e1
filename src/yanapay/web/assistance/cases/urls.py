"""Addresses of cases."""

from django.urls import URLPattern, path

from yanapay.web.assistance.cases import views

urlpatterns: list[URLPattern] = [
    path("cases/<int:pk>/", views.show, name="case"),
]

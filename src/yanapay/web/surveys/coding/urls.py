"""Addresses of coding: an open question of a form read against a list of codes."""

from django.urls import URLPattern, URLResolver, path

from yanapay.web.surveys.coding import views

TASK = "coding/<str:form_id>/<str:question>/<slug:vocabulary>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("coding/", views.index, name="coding"),
    path(f"{TASK}/", views.code, name="code"),
    path(f"{TASK}/agreement/", views.agreement, name="agreement"),
    path(f"{TASK}/agreement/<int:pk>/", views.decide, name="decide"),
]

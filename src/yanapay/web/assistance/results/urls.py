"""Addresses of results."""

from django.urls import URLPattern, path

from yanapay.web.assistance.results import views

ROUND = "cases/<int:pk>/evaluations/<int:evaluation>"
urlpatterns: list[URLPattern] = [
    path("evaluations/", views.due, name="evaluations_due"),
    path(f"{ROUND}/", views.record, name="evaluation"),
    path(f"{ROUND}/confirm/", views.confirm, name="evaluation_confirm"),
    path(f"{ROUND}/code/", views.code, name="evaluation_code"),
    path(f"{ROUND}/signature/", views.signature, name="evaluation_signature"),
    path(f"{ROUND}/follow-up/", views.follow_up, name="evaluation_follow_up"),
]

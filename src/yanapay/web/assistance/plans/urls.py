"""Addresses of plans and payments."""

from django.urls import URLPattern, path

from yanapay.web.assistance.plans import payments, views

PLAN = "cases/<int:pk>/plans/<int:number>"
urlpatterns: list[URLPattern] = [
    path("cases/<int:pk>/plans/new/", views.draft, name="plan_new"),
    path(f"{PLAN}/", views.show, name="plan"),
    path(f"{PLAN}/edit/", views.edit, name="plan_edit"),
    path(f"{PLAN}/offer/", views.offer, name="plan_offer"),
    path(f"{PLAN}/version/", views.version, name="plan_version"),
    path(f"{PLAN}/discard/", views.discard, name="plan_discard"),
    path(f"{PLAN}/code/", views.code, name="plan_code"),
    path(f"{PLAN}/accept/", views.accept, name="plan_accept"),
    path(f"{PLAN}/refuse/", views.refuse, name="plan_refuse"),
    path(f"{PLAN}/signature/", views.signature, name="plan_signature"),
    path("cases/<int:pk>/payments/<int:share>/new/", payments.add, name="payment_new"),
    path("cases/<int:pk>/payments/<int:payment>/void/", payments.void, name="payment_void"),
]

"""Addresses of consultations."""

from django.urls import URLPattern, path

from yanapay.web.assistance.consultations import entry, listing, views, walkin

urlpatterns: list[URLPattern] = [
    path("consultations/", listing.index, name="consultations"),
    path("consultations/export.<str:kind>", listing.export, name="consultations_export"),
    path("consultations/demand/", listing.demand, name="demand"),
    path("consultations/new/", entry.new, name="consultation_new"),
    path("consultations/answers/", entry.suggest, name="answers"),
    path("consultations/walk-in/", walkin.new, name="walk_in"),
    path("consultations/wish/", views.wish, name="wish_new"),
    path("consultations/<int:pk>/", views.show, name="consultation"),
    path("consultations/<int:pk>/edit/", views.edit, name="consultation_edit"),
    path("consultations/<int:pk>/case/", views.refer, name="consultation_case"),
]

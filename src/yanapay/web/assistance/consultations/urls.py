"""Addresses of consultations."""

from django.urls import URLPattern, path

from yanapay.web.assistance.consultations import entry, listing, pages, walkin

urlpatterns: list[URLPattern] = [
    path("consultations/", listing.index, name="consultations"),
    path("consultations/export.<str:kind>", listing.export, name="consultations_export"),
    path("consultations/demand/", listing.demand, name="demand"),
    path("consultations/new/", entry.new, name="consultation_new"),
    path("consultations/answers/", entry.suggest, name="answers"),
    path("consultations/walk-in/", walkin.new, name="walk_in"),
    path("consultations/wish/", pages.wish, name="wish_new"),
    path("consultations/<int:pk>/", pages.show, name="consultation"),
    path("consultations/<int:pk>/edit/", pages.edit, name="consultation_edit"),
    path("consultations/<int:pk>/case/", pages.refer, name="consultation_case"),
]

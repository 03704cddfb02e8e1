"""Addresses of the centre's accounts and of the transfer of its service."""

from django.urls import URLPattern, path

from yanapay.web.assistance.centre import accounts, costs, handovers

urlpatterns: list[URLPattern] = [
    path("costing/", costs.choose, name="costing"),
    path("costing/<int:pk>/", costs.centre, name="costing_centre"),
    path("costing/<int:pk>/export.xlsx", costs.export, name="costing_export"),
    path("costing/<int:pk>/services/", costs.services, name="costing_services"),
    path("costing/<int:pk>/entries/", accounts.entries, name="entries"),
    path("costing/<int:pk>/entries/new/", accounts.note, name="entry_new"),
    path("costing/<int:pk>/entries/<int:entry>/void/", accounts.void, name="entry_void"),
    path("costing/<int:pk>/rates/", accounts.rates, name="rates"),
    path("cases/<int:pk>/cost/", costs.case, name="case_cost"),
    path("service-transfers/", handovers.index, name="service_transfers"),
    path("service-transfers/new/", handovers.new, name="service_transfer_new"),
    path("service-transfers/<int:pk>/", handovers.show, name="service_transfer"),
    path("service-transfers/<int:pk>/share/", handovers.share, name="service_transfer_share"),
    path(
        "service-transfers/<int:pk>/complete/", handovers.complete, name="service_transfer_complete"
    ),
    path("service-transfers/<int:pk>/components/new/", handovers.describe, name="component_new"),
    path(
        "service-transfers/<int:pk>/components/<int:component>/",
        handovers.describe,
        name="component",
    ),
    path(
        "service-transfers/<int:pk>/components/<int:component>/hand/",
        handovers.hand,
        name="component_hand",
    ),
    path(
        "service-transfers/<int:pk>/components/<int:component>/accept/",
        handovers.accept,
        name="component_accept",
    ),
    path(
        "service-transfers/<int:pk>/components/<int:component>/drop/",
        handovers.drop,
        name="component_drop",
    ),
]

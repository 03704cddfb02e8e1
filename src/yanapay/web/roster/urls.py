"""Addresses of the roster."""

from django.urls import URLPattern, path

from yanapay.web.roster.views import catalogue, details, listing, specialists

app_name = "roster"
urlpatterns: list[URLPattern] = [
    path("roster/", listing.show, name="list"),
    path("roster/export/<slug:kind>/", listing.export, name="export"),
    path("roster/new/", specialists.create, name="create"),
    path("roster/<int:pk>/", specialists.show, name="specialist"),
    path("roster/<int:pk>/edit/", specialists.edit, name="edit"),
    path("roster/<int:pk>/retire/", specialists.retire, name="retire"),
    path("roster/<int:pk>/reactivate/", specialists.reactivate, name="reactivate"),
    path("roster/<int:pk>/papers/new/", details.add_paper, name="add_paper"),
    path("roster/<int:pk>/papers/<int:paper>/file/", details.download_paper, name="paper_file"),
    path("roster/<int:pk>/papers/<int:paper>/remove/", details.remove_paper, name="remove_paper"),
    path("roster/<int:pk>/specialities/new/", details.speciality, name="speciality"),
    path(
        "roster/<int:pk>/specialities/<int:speciality>/remove/",
        details.drop_speciality,
        name="drop_speciality",
    ),
    path("roster/<int:pk>/areas/", details.areas, name="areas"),
    path("roster/<int:pk>/absences/new/", details.absence, name="absence"),
    path(
        "roster/<int:pk>/absences/<int:absence>/remove/", details.drop_absence, name="drop_absence"
    ),
    path("roster/<int:pk>/rate/", details.rate, name="rate"),
    path("technologies/", catalogue.show, name="catalogue"),
    path("technologies/new/", catalogue.create, name="add_technology"),
]

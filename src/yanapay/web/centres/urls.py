"""Addresses of institutions, centres and teams."""

from django.urls import path

from yanapay.web.centres import views

app_name = "centres"
urlpatterns = [
    path("centres/", views.centre_list, name="centres"),
    path("centres/new/", views.centre_new, name="centre_new"),
    path("centres/<int:pk>/", views.centre_page, name="centre"),
    path("centres/<int:pk>/edit/", views.centre_edit, name="centre_edit"),
    path("centres/<int:pk>/teams/", views.team_new, name="team_new"),
    path("institutions/new/", views.institution_new, name="institution_new"),
    path("institutions/<int:pk>/", views.institution_edit, name="institution"),
]

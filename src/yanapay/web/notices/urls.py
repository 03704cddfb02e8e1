"""Addresses of notices."""

from django.urls import path

from yanapay.web.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/read/", views.notices_read, name="read"),
]

"""Addresses that ODK Collect and KoboCollect know: ``/odk/…`` with Basic, ``/odk/t/<token>/…`` for a device."""

from django.urls import URLPattern, URLResolver

app_name = "openrosa"
urlpatterns: list[URLPattern | URLResolver] = []

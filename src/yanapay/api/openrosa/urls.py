"""Addresses that ODK Collect and KoboCollect know: ``/odk/…`` with Basic, ``/odk/t/<token>/…`` for a device.

With and without a slash at the end, because nothing here may ever be a redirect.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path

from yanapay.api.openrosa import views

app_name = "openrosa"
_offered: list[URLPattern | URLResolver] = [
    re_path(r"^formList/?$", views.form_list),
    re_path(r"^submission/?$", views.submission),
    path("forms/<str:form_id>/manifest", views.manifest),
    path("forms/<str:form_id>/media/<str:name>", views.media),
    path("forms/<str:form_id>/<path:number>/manifest", views.manifest),
    path("forms/<str:form_id>/<path:number>/media/<str:name>", views.media),
    path("forms/<str:form_id>/<path:number>.xml", views.form),
    path("<path:rest>", views.nothing),
    path("", views.nothing),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:token>/", include(_offered)),
    path("", include(_offered)),
]

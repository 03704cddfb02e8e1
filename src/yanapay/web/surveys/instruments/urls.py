"""Addresses of forms: the list, a form with its versions, what can be downloaded of it."""

from django.urls import URLPattern, URLResolver, path

from yanapay.web.surveys.instruments import changing, downloads, mapping, views

_form = "forms/<str:form_id>"
_version = f"{_form}/versions/<int:pk>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("forms/", views.index, name="forms"),
    path("forms/new/", changing.new, name="form_new"),
    path(f"{_form}/", views.show, name="form"),
    path(f"{_form}/new-version/", changing.new, name="form_new_version"),
    path(f"{_form}/state/", changing.state, name="form_state"),
    path(f"{_form}/mapping/", mapping.edit, name="form_mapping"),
    path(f"{_form}/mapping/shipped/", mapping.take_shipped, name="form_mapping_shipped"),
    path(f"{_version}/", views.show, name="form_version"),
    path(f"{_version}/publish/", changing.publish_version, name="form_publish"),
    path(f"{_version}/discard/", changing.discard_version, name="form_discard"),
    path(f"{_version}/media/", changing.media, name="form_media"),
    path(f"{_version}/media/<str:name>", downloads.media, name="form_media_file"),
    path(f"{_version}/workbook/", downloads.workbook, name="form_workbook"),
    path(f"{_version}/paper.pdf", downloads.paper, name="form_paper"),
]

"""Addresses of the import wizard and of the export."""

from django.urls import path

from yanapay.web.imports import conflicts, exports, views

app_name = "imports"
urlpatterns = [
    path("imports/", views.index, name="list"),
    path("imports/new/", views.new, name="new"),
    path("imports/template.xlsx", exports.template, name="template"),
    path("imports/mapping/<str:token>/", views.mapping, name="mapping"),
    path("imports/conflicts/", conflicts.index, name="conflicts"),
    path("imports/conflicts/<int:pk>/", conflicts.decide, name="decide"),
    path("imports/<int:pk>/", views.batch, name="batch"),
    path("imports/<int:pk>/columns/", views.columns, name="columns"),
    path("imports/<int:pk>/progress/", views.progress, name="progress"),
    path("imports/<int:pk>/load/", views.start, name="load"),
    path("imports/<int:pk>/discard/", views.throw_away, name="discard"),
    path("imports/<int:pk>/undo/", views.take_back, name="undo"),
    path("imports/<int:pk>/rejects.<str:kind>", exports.rejects, name="rejects"),
    path("directory/export.<str:kind>", exports.organisations, name="export"),
]

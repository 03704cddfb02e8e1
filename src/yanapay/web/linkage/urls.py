"""Addresses of the duplicates queue."""

from django.urls import path

from yanapay.web.linkage import merging, views

app_name = "linkage"
urlpatterns = [
    path("duplicates/", views.queue, name="queue"),
    path("duplicates/search/", views.start, name="start"),
    path("duplicates/search/<int:pk>/", views.run, name="run"),
    path("duplicates/search/<int:pk>/progress/", views.progress, name="progress"),
    path("duplicates/merges/", merging.history, name="history"),
    path("duplicates/merges/<int:pk>/undo/", merging.undo, name="undo"),
    path("duplicates/<int:pk>/", views.pair, name="pair"),
    path("duplicates/<int:pk>/different/", views.different, name="different"),
    path("duplicates/<int:pk>/merge/", merging.merge, name="merge"),
]

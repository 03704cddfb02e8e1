"""Addresses of tables. The name of a table may hold points: ``ess.soporte_01``."""

from django.urls import path

from yanapay.web.tables import views

app_name = "tables"
urlpatterns = [
    path("tables/", views.index, name="index"),
    path("tables/figures/", views.figures, name="figures"),
    path("tables/forms/<str:form_id>/", views.form, name="form"),
    path("tables/<str:name>/", views.show, name="table"),
    path("tables/<str:name>/table.<str:kind>", views.download, name="download"),
]

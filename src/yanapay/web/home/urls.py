"""The first page."""

from django.urls import path

from yanapay.web.home import views

app_name = "home"
urlpatterns = [path("", views.index, name="index")]

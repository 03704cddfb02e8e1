from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "yanapay.places"
    label = "places"

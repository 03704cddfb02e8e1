from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yanapay.api"
    label = "api"

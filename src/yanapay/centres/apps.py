from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "yanapay.centres"
    label = "centres"

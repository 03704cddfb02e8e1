from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "yanapay.base"
    label = "base"

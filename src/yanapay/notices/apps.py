from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yanapay.notices"
    label = "notices"

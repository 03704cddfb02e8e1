from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yanapay.web"
    label = "web"

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "yanapay.linkage"
    label = "linkage"

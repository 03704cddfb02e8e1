from django.apps import AppConfig


class MappingConfig(AppConfig):
    name = "yanapay.mapping"
    label = "mapping"

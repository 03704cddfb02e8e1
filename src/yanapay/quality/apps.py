from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "yanapay.quality"
    label = "quality"

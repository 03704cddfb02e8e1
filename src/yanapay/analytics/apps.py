from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "yanapay.analytics"
    label = "analytics"

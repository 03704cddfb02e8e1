from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "yanapay.audit"
    label = "audit"

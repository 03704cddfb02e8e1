from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "yanapay.roster"
    label = "roster"

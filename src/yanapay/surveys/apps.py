from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "yanapay.surveys"
    label = "surveys"

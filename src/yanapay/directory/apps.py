from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "yanapay.directory"
    label = "directory"

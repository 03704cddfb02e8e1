from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yanapay.accounts"
    label = "accounts"

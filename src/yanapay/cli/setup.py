"""Django for the commands that need the database."""

import os

import django
from django.utils import translation

from yanapay.cli.language import language


def start_django() -> None:
    """Set Django up once, in the operator's language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanapay.config.settings")
    django.setup()
    translation.activate(language())

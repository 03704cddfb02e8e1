"""A browser inside the process, and how long it waits for a page."""

import time

from django.conf import settings
from django.test import Client, override_settings

# No front end is built for a measure: files are served under their plain names.
unbuilt = override_settings(
    STORAGES={
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
)


def milliseconds(client: Client, path: str) -> float:
    """Until the page is there; any other answer than the page ends the measure."""
    start = time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return (time.perf_counter() - start) * 1000

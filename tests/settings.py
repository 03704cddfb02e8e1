"""Settings of the suite: production's, in a home of their own, on SQLite or PostgreSQL.

``YANAPAY_TEST_DB=postgresql`` starts a PostgreSQL server from a wheel; the default is a SQLite file
with production's options, except that it need not survive a power cut.
"""

import os

from tests.databases import start_postgresql, temporary_home

os.environ["YANAPAY_MODE"] = "test"
os.environ["YANAPAY_HOME"] = str(temporary_home())
os.environ["YANAPAY_HOSTS"] = "*"
os.environ.setdefault("YANAPAY_LANGUAGE", "es")
if os.environ.get("YANAPAY_TEST_DB") == "postgresql":
    os.environ["DATABASE_URL"] = start_postgresql()
else:
    os.environ.pop("DATABASE_URL", None)

from tests.templates import UnknownVariable

from yanapay.config.settings import *  # noqa: F403, TID251
from yanapay.config.settings import (  # noqa: TID251
    DATABASES,
    STATIC_ROOT,
    STORAGES,
    TEMPLATES,
    YANAPAY_HOME,
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("")

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Rows without an order come back reversed: a test that passes does not lean on their order.
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        "PRAGMA synchronous=OFF; PRAGMA reverse_unordered_selects=ON;"
    )
    DATABASES["default"]["TEST"] = {"NAME": str(YANAPAY_HOME / "test.sqlite3")}

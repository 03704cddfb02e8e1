"""The one list of environment variables that change how an installation behaves (docs/settings.md)."""

import os
import secrets
import sys
from pathlib import Path

HOME = Path(os.environ.get("YANAPAY_HOME", "var")).resolve()
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{HOME / 'yanapay.sqlite3'}")
MODE_FILE = HOME / "mode"  # written by ``yanapay demo``, so that a demonstration stays one
MODE = os.environ.get("YANAPAY_MODE") or (
    MODE_FILE.read_text().strip() if MODE_FILE.exists() else "production"
)
BASE_URL = os.environ.get("YANAPAY_BASE_URL", "")
HOSTS = os.environ.get("YANAPAY_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
TIME_ZONE = os.environ.get("YANAPAY_TIME_ZONE", "America/Lima")
LANGUAGE = os.environ.get("YANAPAY_LANGUAGE", "es")
UPLOAD_LIMIT_MB = int(os.environ.get("YANAPAY_UPLOAD_LIMIT_MB", "50"))
ANSWER_LIMIT_MB = int(os.environ.get("YANAPAY_ANSWER_LIMIT_MB", "10"))
EMAIL_URL = os.environ.get("YANAPAY_EMAIL_URL", "")
OIDC = {
    "name": os.environ.get("YANAPAY_OIDC_NAME", ""),
    "client_id": os.environ.get("YANAPAY_OIDC_CLIENT_ID", ""),
    "secret": os.environ.get("YANAPAY_OIDC_SECRET", ""),
    "server_url": os.environ.get("YANAPAY_OIDC_SERVER_URL", ""),
}
if OIDC["server_url"] and not (OIDC["client_id"] and OIDC["secret"]):
    sys.exit(
        "YANAPAY_OIDC_SERVER_URL is set: YANAPAY_OIDC_CLIENT_ID and YANAPAY_OIDC_SECRET are needed too "
        "(docs/settings.md). Nothing was started."
    )
OPEN_DATA = {
    "licence": os.environ.get("YANAPAY_DATA_LICENCE", "CC BY 4.0"),
    "licence_url": os.environ.get(
        "YANAPAY_DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/"
    ),
    "attribution": os.environ.get("YANAPAY_DATA_ATTRIBUTION", ""),
    "contact": os.environ.get("YANAPAY_DATA_CONTACT", ""),
}


def secret_key() -> str:
    """The installation's own key: from the environment, else made once and kept beside the data."""
    if key := os.environ.get("YANAPAY_SECRET_KEY"):
        return key
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()

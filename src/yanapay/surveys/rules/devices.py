"""What a telephone needs to find us: an address, and the code that fills in Collect's settings. Pure."""

import base64
import json
import zlib

LOCAL = "http://localhost:8000"


def server_address(site: str, raw: str) -> str:
    """The address of a device with this key; it is a password, so it is shown once."""
    return f"{(site or LOCAL).rstrip('/')}/odk/t/{raw}"


def settings_code(address: str, project: str) -> str:
    """What Collect and KoboCollect read from a QR code: settings as JSON, compressed, in base64."""
    told = {
        "general": {
            "server_url": address, "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "admin": {}, "project": {"name": project},
    }  # fmt: skip
    return base64.b64encode(
        zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 9)
    ).decode()

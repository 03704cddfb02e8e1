"""What keeps forms for anybody from machines: no riddle, no cookie, nothing asked of another host.

A field that people do not see, the time that writing takes, and a limit per address and day. Addresses are
never kept (``base.limits``).
"""

from axes.helpers import get_client_ip_address
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils import timezone

from yanapay.base.limits import times

DAY = 24 * 60 * 60
QUICKEST = 3
"""Seconds: nobody reads and fills a form faster."""
PER_DAY = 8
TRAP = "fax_number"
_SIGNER = Signer(salt="yanapay.public.form")


def now_signed() -> str:
    """The moment at which a form was shown, for its hidden field."""
    return _SIGNER.sign(str(timezone.now().timestamp()))


def seconds_since(signed: str) -> float | None:
    """How long ago the form was shown; None when nobody knows, or more than a day ago."""
    try:
        since = timezone.now().timestamp() - float(_SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None
    return since if since < DAY else None


def too_many(request: HttpRequest, form: str) -> bool:
    """Whether this address has sent the form often enough for today; counts this time."""
    address = get_client_ip_address(request) or "unknown"
    return times(f"form-{form}", timezone.localdate().isoformat(), address) > PER_DAY

"""Reading versions of forms: which one a workbook is already, what a version lacks, how the next is called."""

import hashlib
from collections.abc import Mapping

from django.db.models import Case, Q, When
from django.utils import timezone

from yanapay.surveys.models import Media, Version
from yanapay.surveys.rules.xlsform import Examined


def md5(content: bytes) -> str:
    """What clients of OpenRosa compare; no secret hangs on it."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def made_of(content: bytes, files: Mapping[str, bytes]) -> Version | None:
    """The version made of this very workbook with these files."""
    for version in Version.objects.filter(workbook=content).select_related("instrument"):
        digests = dict(version.media.values_list("name", "md5"))
        if all(digests.get(name) == md5(held) for name, held in files.items()):
            return version
    return None


def inherited(examined: Examined, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files that the form names and that an earlier version of it, or else a shipped form, holds already."""
    wanted = [name for name in examined.media if name not in given]
    instrument = "version__instrument"
    is_own = Q(**{f"{instrument}__form_id": examined.form_id})
    held = Media.objects.filter(is_own | Q(**{f"{instrument}__is_shipped": True}), name__in=wanted)
    held = held.annotate(own=Case(When(is_own, then=1), default=0)).order_by("own", "version_id")
    return {media.name: bytes(media.content) for media in held}


def missing_media(version: Version) -> list[str]:
    """The files that the form names and nobody added."""
    told = [one for one in version.findings if one["code"] == "media_missing"]
    here = set(version.media.values_list("name", flat=True))
    return sorted({one["values"]["name"] for one in told} - here)


def next_number() -> str:
    """YYYYMMDDnn, the first of today that no version has."""
    day = f"{timezone.localdate():%Y%m%d}"
    taken = set(
        Version.objects.filter(number__startswith=day).values_list("number", flat=True)
    )  # fmt: skip
    numbers = (f"{day}{n:02}" for n in range(1, len(taken) + 2))
    return next(number for number in numbers if number not in taken)

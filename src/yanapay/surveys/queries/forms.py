"""Which forms are offered to whom, and which version an answer was made with."""

from datetime import datetime
from functools import lru_cache, partial

from django.db.models import Exists, F, OuterRef

from yanapay.base.kept import Kept, read
from yanapay.kernel.errors import NotFound
from yanapay.surveys.access import Sender, can_send
from yanapay.surveys.choices import FormState
from yanapay.surveys.models import Instrument, Media, Version

MEDIA = frozenset(
    {
        "photo", "image", "audio", "video", "file", "draw", "annotate", "signature",
        "background-audio", "binary", "upload",
    }
)  # fmt: skip
"""Types of questions whose answer is the name of a file."""
_TO_RECEIVE = (
    "number",
    "published_at",
    "instrument__form_id",
    "instrument__state",
    "instrument__centre",
)
_MADE_OF = """
SELECT v.id, v.published_at, i.id, i.state, i.centre_id
FROM surveys_version v JOIN surveys_instrument i ON i.id = v.instrument_id
WHERE i.form_id = %s AND v.number = %s
"""
_kept: Kept[Version] = Kept(seconds=60)
_BULKY = ("workbook", "xform", "choices", "findings")


def media_questions(version: Version) -> frozenset[str]:
    """Names of the questions of a published version that are answered with a file; they never change."""
    return _media_questions(version.pk, version.published_at)


@lru_cache
def _media_questions(pk: int, published_at: datetime | None) -> frozenset[str]:
    """The day of publishing is part of what is remembered: after a restored backup, keys begin anew."""
    del published_at
    schema = Version.objects.values_list("schema", flat=True).get(pk=pk)
    return frozenset(row["name"] for row in schema if row.get("type") in MEDIA)


def published_version(form_id: str, number: str) -> Version:
    """The version an answer was made with; any that was ever published will do, however old."""
    made_of = read(_MADE_OF, form_id, number)
    return _kept.get((form_id, number), made_of, partial(_published_version, form_id, number))


def _published_version(form_id: str, number: str) -> Version:
    known = Version.objects.filter(instrument__form_id=form_id, published_at__isnull=False)
    known = known.exclude(instrument__state=FormState.DRAFT)
    exact = known.filter(number=number).select_related("instrument").order_by()
    if found := exact.only(*_TO_RECEIVE).first():
        return found
    if known.exists():
        raise NotFound(
            "This form has no version «{number}» here. Keep the answer on the device and tell your office.",
            number=number,
        )
    raise NotFound(
        "There is no form «{form}» here. Keep the answer on the device and tell your office.",
        form=form_id,
    )


def offered_to(sender: Sender, form_id: str = "") -> list[Instrument]:
    """Open forms that the sender may fill in, with their current version."""
    found = Instrument.objects.fillable_by(sender.scope).filter(current__isnull=False)
    found = found.select_related("current").defer(*(f"current__{name}" for name in _BULKY))
    if form_id:
        found = found.filter(form_id=form_id)
    return [one for one in found if can_send(sender, one)]


def offered_versions(
    sender: Sender, form_id: str = "", *, all_of_them: bool = False
) -> list[Version]:
    """The current version of each open form, or every published one; with ``has_media``."""
    forms = offered_to(sender, form_id)
    found = Version.objects.filter(published_at__isnull=False, instrument__in=forms)
    if not all_of_them:
        found = found.filter(pk__in=[one.current_id for one in forms])
    has_media = Exists(Media.objects.filter(version=OuterRef("pk")))
    found = (
        found.select_related("instrument").defer(*_BULKY, "schema").annotate(has_media=has_media)
    )
    return list(found.order_by("instrument__form_id", "-pk"))


def fetched_version(sender: Sender, form_id: str, number: str = "") -> Version:
    """A published version to fetch (the current one unless numbered), for whoever may fill in the form."""
    known = Version.objects.filter(instrument__form_id=form_id, published_at__isnull=False)
    known = known.filter(instrument__state__in=(FormState.OPEN, FormState.CLOSING))
    known = known.filter(number=number) if number else known.filter(pk=F("instrument__current"))
    found = known.select_related("instrument").defer("workbook", "findings", "schema").first()
    if found is None or not can_send(sender, found.instrument):
        raise NotFound("There is no form «{form}» here.", form=form_id)
    return found


def fetched_media(version: Version, name: str) -> Media:
    """A file of a form; NotFound when it has none of that name."""
    if found := version.media.filter(name=name).first():
        return found
    raise NotFound("The form has no file «{name}».", name=name)

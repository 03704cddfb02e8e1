"""Loading the forms of this release."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.surveys.actions.instruments import publish, store
from yanapay.surveys.models import Version
from yanapay.surveys.rules.shipped import Shipped, build, shipped
from yanapay.surveys.rules.xlsform import Examined, Job, examine_all
from yanapay.surveys.rules.xlsform.validation import NAME as VALIDATOR

OPEN_AT_ONCE = "ess"


@transaction.atomic
def load_shipped(*, by: Actor) -> int:
    """Take in the forms and versions that are new in this release; twice takes in none. How many came.

    A version that exists is never touched: answers were given to it. The mapping interview is open from the
    start; the others are published and wait until an office opens them.
    """
    known = set(
        Version.objects.filter(instrument__is_shipped=True).values_list(
            "instrument__form_id", "number"
        )
    )
    new = [form for form in shipped() if (form.form_id, form.number) not in known]
    if not new:
        return 0
    built = [build(form) for form in new]
    jobs = [
        Job(content, form.number, files) for form, (content, files) in zip(new, built, strict=True)
    ]
    for form, job, examined in zip(new, jobs, examine_all(jobs), strict=True):
        _load(by, form, job.content, job.media, examined)
    return len(new)


def _load(
    by: Actor, form: Shipped, content: bytes, media: Mapping[str, bytes], examined: Examined
) -> None:
    """Every form that we ship passes ODK Validate in our tests, so that an office need not have Java."""
    version = store(
        by=by, centre=None, name=form.name, content=content, media=media, purpose=form.purpose, is_shipped=True,
        examined=replace(examined, validated_by=VALIDATOR),
    )  # fmt: skip
    publish(by=by, version=version, opens=form.form_id == OPEN_AT_ONCE)
    instrument = version.instrument
    if not instrument.mapping:
        instrument.mapping = dict(form.mapping)
        instrument.save(update_fields=["mapping"])

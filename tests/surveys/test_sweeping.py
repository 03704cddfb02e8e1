"""Files that came for nothing go after a day; files of answers stay."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.factories.centres import make_cast
from tests.factories.surveys import answer, make_form, send

from yanapay.audit.models import Event
from yanapay.surveys.queries.files import SHELF
from yanapay.surveys.tasks import sweep_files

PHOTO = "<photo>tienda.jpg</photo>"


@pytest.mark.django_db
def test_the_photo_of_a_refused_answer_is_swept_away_and_those_of_answers_are_not(
    tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    make_form()
    ana = make_cast().ana
    first, other = answer(PHOTO, instance="uuid:a"), answer(PHOTO + " ", instance="uuid:a")
    assert send(ana, first, {"tienda.jpg": b"OURS"}).status == 201
    assert send(ana, other, {"tienda.jpg": b"REFUSED"}).status == 409
    ours, orphan = (
        SHELF.place(hashlib.sha256(content).hexdigest()) for content in (b"OURS", b"REFUSED")
    )
    sweep_files(timezone.now() + timedelta(hours=23))
    assert (ours.exists(), orphan.exists()) == (True, True)
    sweep_files(timezone.now() + timedelta(hours=25))
    assert (ours.exists(), orphan.exists()) == (True, False)
    assert Event.objects.get(action="surveys.files_swept").changes == {"files": 1}

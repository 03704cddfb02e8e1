"""The disk fills up or becomes read-only while somebody sends a file: a plain page, and nothing half done."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from tests.factories.centres import Cast
from tests.web.conftest import Browse

from yanapay.directory.models import ImportBatch
from yanapay.web.imports import views

FILE = b"name\nMolino\n"


def sent(centre: int) -> dict[str, object]:
    return {"file": SimpleUploadedFile("a.csv", FILE), "codes": "inei", "centre": centre}


def test_an_upload_that_no_disk_takes(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(views, "keep", refuse)
    answer = browse(cast.ana).post("/imports/new/", sent(cast.huancayo.pk))
    assert answer.status_code == 507
    assert "Ahora no se puede guardar nada" in answer.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite to refuse every change")
def test_a_database_that_became_read_only(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    mapping = ana.post("/imports/new/", sent(cast.huancayo.pk))["Location"]
    chosen = {bound.html_name: bound.value() or "" for bound in ana.get(mapping).context["form"]}
    with transaction.atomic():
        connection.connection.execute("PRAGMA query_only = ON")
        try:
            answer = ana.post(mapping, chosen)
        finally:
            connection.connection.execute("PRAGMA query_only = OFF")
    assert answer.status_code == 507
    assert not ImportBatch.objects.exists()
    assert ana.post(mapping, chosen).status_code == 302, "the file that was sent is still there"

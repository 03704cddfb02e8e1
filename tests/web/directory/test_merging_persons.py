"""Beto merges two records of one person in the browser; others cannot."""

from tests.factories.centres import Cast
from tests.factories.directory import make_person
from tests.web.conftest import Browse

from yanapay.directory.models import PersonMerge


def test_beto_compares_merges_and_undoes(cast: Cast, browse: Browse) -> None:
    keep = make_person("Rosa Quispe", cast.huancayo, phone="987654321")
    drop = make_person("Rosa Quispe", cast.huancayo, phone="+51 987 654 321", sex="F")
    beto = browse(cast.beto)
    address = f"/directory/people/{keep.pk}/merge/{drop.pk}/"
    assert address in beto.get(f"/directory/people/{keep.pk}/").content.decode()
    assert address in beto.get(f"/directory/people/{keep.pk}/merge/?q=rosa").content.decode()
    page = beto.get(address).content.decode()
    assert "take-sex" in page
    assert beto.post(address, {"take-phone": "drop", "take-sex": "drop"}).status_code == 302
    keep.refresh_from_db()
    assert (keep.phone, keep.sex) == ("+51987654321", "F")
    moved = beto.get(f"/directory/people/{drop.pk}/")
    assert moved["Location"] == f"/directory/people/{keep.pk}/"
    undo = f"/directory/people/merges/{PersonMerge.objects.get().pk}/undo/"
    assert undo in beto.get(moved["Location"]).content.decode()
    beto.post(undo)
    drop.refresh_from_db()
    assert drop.merged_into is None


def test_others_neither_see_nor_merge(cast: Cast, browse: Browse) -> None:
    keep, drop = (make_person("Rosa", cast.huancayo) for _ in range(2))
    address = f"/directory/people/{keep.pk}/merge/{drop.pk}/"
    assert browse(cast.carla).post(address).status_code == 404
    assert browse(cast.ana).post(address).status_code == 403
    assert "/merge/" not in browse(cast.ana).get(f"/directory/people/{keep.pk}/").content.decode()
    assert not PersonMerge.objects.exists()
    assert browse(cast.beto).get(f"/directory/people/{keep.pk}/merge/{keep.pk}/").status_code == 302

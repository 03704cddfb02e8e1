"""The wizard from the first file to the second, mended one: nothing half-loaded, nothing lost."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext, override
from tests.factories.centres import Cast
from tests.factories.directory import BY
from tests.factories.places import make_places
from tests.web.conftest import Browse

import yanapay.directory
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.models import Conflict, ImportBatch, Organisation
from yanapay.web.imports.sides import sides

SSE_98 = Path(yanapay.directory.__file__).parent / "data/ess_organisations.csv"
CLIENTS = """Nombre;RUC;Tipo;Teléfono;Trabajadores;Apodo
Lácteos del Valle;20100070970;empresa;964111222;4;los queseros
Tejidos Wari;20100070971;empresa;;3;
Apícola Allin;;empresa;;-2;
"""


@pytest.fixture(autouse=True)
def _at_once(settings: object) -> None:
    """The worker's tasks run inside the request that queues them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # type: ignore[attr-defined]


def send(client: Client, name: str, content: bytes) -> str:
    """Upload a file and take the proposed mapping; the address of the checked batch."""
    upload = SimpleUploadedFile(name, content, "text/csv")
    at = client.post(
        "/imports/new/", {"file": upload, "codes": "inei", "centre": centre_of(client)}
    )
    assert at.status_code == 302, at.content.decode()
    page = client.get(at["Location"])
    form = page.context["form"]
    chosen = {bound.html_name: bound.value() or "" for bound in form}
    checked = client.post(at["Location"], chosen)
    assert checked.status_code == 302, checked.content.decode()
    return str(checked["Location"])


def centre_of(client: Client) -> str:
    return str(client.get("/imports/new/").context["form"]["centre"].value())


def downloaded(client: Client, path: str) -> bytes:
    """A file, read to its end (which closes it)."""
    return b"".join(client.get(path).streaming_content)  # type: ignore[attr-defined]


def test_good_rows_go_in_and_wrong_rows_come_out_with_reasons(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    batch = send(ana, "clientes.csv", CLIENTS.encode())
    page = ana.get(batch).content.decode()
    assert not Organisation.objects.exists()
    assert "20100070971" in page
    assert "Apodo" in page
    ana.post(f"{batch}load/")
    assert Organisation.objects.get().name == "Lácteos del Valle"
    assert ImportBatch.objects.get().state == "published"
    mended = downloaded(ana, f"{batch}rejects.csv").decode("utf-8-sig")
    assert mended.count("Tejidos Wari") == 1
    again = send(ana, "clientes.csv", CLIENTS.encode())
    assert ana.get(again).context["counts"]["unchanged"] == 1


def test_the_98_organisations_of_the_mapping(cast: Cast, browse: Browse) -> None:
    make_places()
    ana = browse(cast.ana)
    batch = send(ana, "mapeo.csv", SSE_98.read_bytes())
    assert ana.get(batch).context["counts"]["created"] == 98
    ana.post(f"{batch}load/")
    assert Organisation.objects.live().count() == 98
    assert "98" in ana.get("/directory/").content.decode()
    ana.post(f"{batch}undo/")
    assert Organisation.objects.count() == 0
    assert "se deshizo" in ana.get(batch).content.decode()


def test_what_people_edited_waits_as_a_conflict_side_by_side(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    ana.post(f"{send(ana, 'a.csv', CLIENTS.encode())}load/")
    organisation = Organisation.objects.get()
    change_organisation(by=BY, organisation=organisation, fields={"name": "Lácteos El Valle"})
    second = CLIENTS.replace("Lácteos del Valle", "Lácteos Valle")
    batch = send(ana, "b.csv", second.encode())
    ana.post(f"{batch}load/")
    refused = ana.post(f"{batch}discard/", follow=True)
    with override("es"):
        assert gettext("This import is published. Undo it instead.") in refused.content.decode()
    page = ana.get("/imports/conflicts/").content.decode()
    assert "Lácteos El Valle" in page
    assert "Lácteos Valle" in page
    conflict = Conflict.objects.get()
    assert browse(cast.carla).post(f"/imports/conflicts/{conflict.pk}/").status_code == 404
    ana.post(f"/imports/conflicts/{conflict.pk}/", {"accept": "1"})
    organisation.refresh_from_db()
    assert organisation.name == "Lácteos Valle"


def test_a_conflict_tells_figures_owner_and_number_in_words(cast: Cast, browse: Browse) -> None:
    make_places()
    ana = browse(cast.ana)
    known = "Nombre;Distrito;Trabajadores;Ventas anuales;Fecha;Apodo\nMolino;El Tambo;4;100;15/03/2025;x\n"
    ana.post(f"{send(ana, 'a.csv', known.encode())}load/")
    organisation = Organisation.objects.get()
    change_organisation(by=BY, organisation=organisation, fields={"acronym": "MOL"})
    said = (
        "Nombre;Distrito;RUC;Dueño;DNI;CIIU;Trabajadores;Ventas anuales;Fecha;Apodo\n"
        "Molino;El Tambo;20100070970;Ana Quispe;40123456;1061;5;100;15/03/2025;y\n"
    )
    ana.post(f"{send(ana, 'b.csv', said.encode())}load/")
    page = ana.get("/imports/conflicts/").content.decode()
    assert "[" not in page.split("<main", 1)[1].split("</main", 1)[0].replace("[]", "")
    for words in ("20100070970", "Ana Quispe · 40123456", "15 de marzo de 2025"):
        assert words in page
    pairs = [side[1:] for side in sides(Conflict.objects.get())]
    assert ("4", "5") in pairs
    assert ("x", "y") in pairs
    ana.post(f"/imports/conflicts/{Conflict.objects.get().pk}/", {"accept": "1"})
    assert organisation.observations.standing().get().workers == 5


def test_a_checked_file_can_be_left_found_and_thrown_away(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    batch = send(ana, "clientes.csv", CLIENTS.encode())
    assert batch in ana.get("/").content.decode()
    assert batch in ana.get("/imports/").content.decode()
    ana.post(f"{batch}discard/")
    assert ImportBatch.objects.get().state == "discarded"
    assert batch not in ana.get("/").context["work"]


def test_the_columns_of_a_checked_file_can_be_chosen_anew(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    first = send(ana, "clientes.csv", CLIENTS.encode())
    assert f"{first}columns/" in ana.get(first).content.decode()
    form = ana.get(f"{first}columns/").context["form"]
    chosen = {bound.html_name: bound.value() or "" for bound in form}
    assert chosen["column-0"] == "name"
    second = ana.post(f"{first}columns/", {**chosen, "column-5": "trade_name"})["Location"]
    assert [batch.pk for batch in ImportBatch.objects.all()] == [int(second.split("/")[2])]
    ana.post(f"{second}load/")
    assert Organisation.objects.get().trade_name == "los queseros"
    assert ana.get(f"{second}columns/")["Location"] == second
    assert browse(cast.carla).get(f"{second}columns/").status_code == 404


def test_a_file_that_brings_nothing_new_has_nothing_to_load(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    ana.post(f"{send(ana, 'clientes.csv', CLIENTS.encode())}load/")
    again = send(ana, "clientes.csv", "\n".join(CLIENTS.splitlines()[:2]).encode())
    assert f"{again}load/" not in ana.get(again).content.decode()
    bad = send(ana, "malos.csv", b"Nombre;Trabajadores\nMolino;-1\n")
    page = ana.get(bad).content.decode()
    assert f"{bad}load/" not in page
    assert "Trabajadores: " not in page


def test_a_header_without_rows_is_refused_at_once(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    for content in (b"", b"Nombre;RUC\n"):
        sent = SimpleUploadedFile("lista.csv", content, "text/csv")
        answer = ana.post("/imports/new/", {"file": sent, "centre": cast.huancayo.pk})
        assert answer.status_code == 422
        assert "fichero" not in answer.content.decode()


def test_a_renamed_pdf_is_refused_in_words(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    sent = SimpleUploadedFile("lista.xlsx", b"%PDF-1.7 not a table", "application/pdf")
    answer = ana.post("/imports/new/", {"file": sent, "codes": "inei", "centre": cast.huancayo.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_imports_of_another_centre_are_not_found(cast: Cast, browse: Browse) -> None:
    batch = send(browse(cast.ana), "clientes.csv", CLIENTS.encode())
    carla = browse(cast.carla)
    for path in ("", "progress/", "rejects.csv"):
        assert carla.get(f"{batch}{path}").status_code == 404
    assert carla.post(f"{batch}load/").status_code == 404


def test_the_list_is_exported_with_its_filters(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    ana.post(f"{send(ana, 'a.csv', CLIENTS.encode())}load/")
    assert "Lácteos del Valle" in downloaded(ana, "/directory/export.csv").decode("utf-8-sig")
    filtered = downloaded(ana, "/directory/export.csv?kind=red").decode("utf-8-sig")
    assert "Lácteos" not in filtered
    assert downloaded(ana, "/directory/export.xlsx").startswith(b"PK")
    assert downloaded(ana, "/imports/template.xlsx").startswith(b"PK")
    assert ana.get("/directory/export.exe").status_code == 404

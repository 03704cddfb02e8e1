"""The record of an organisation in the browser: registered, edited, told, kept from others."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_observation, make_organisation, make_person
from tests.factories.places import make_places, place
from tests.web.conftest import Browse

from yanapay.directory.actions.notes import write_note
from yanapay.directory.actions.persons import add_role
from yanapay.directory.models import ImportBatch, Observation, Organisation, Person

NEW = {
    "name": "Lácteos Ñaña", "kind": "empresa", "country": "PE", "currency": "PEN", "owner_role": "owner",
}  # fmt: skip


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def new_in(cast: Cast, **fields: str) -> dict[str, str]:
    return {**NEW, "centre": str(cast.huancayo.pk), **fields}


def test_one_form_registers_the_enterprise_its_number_and_its_owner(
    cast: Cast, browse: Browse
) -> None:
    ana = browse(cast.ana)
    sent = new_in(cast, tax_id="20100070970", owner_name="Rosa Quispe", owner_document="44556677")
    answer = ana.post("/directory/new/", sent)
    made = Organisation.objects.get()
    assert answer["Location"] == f"/directory/{made.pk}/"
    page = text(ana, answer["Location"])
    assert "20100070970" in page
    assert "Rosa Quispe" in page
    assert made.centre == cast.huancayo


def test_a_wrong_digit_keeps_everything_typed_and_creates_nothing(
    cast: Cast, browse: Browse
) -> None:
    answer = browse(cast.ana).post("/directory/new/", new_in(cast, tax_id="20100070971"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["tax_id"]
    assert "Lácteos Ñaña" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_a_likely_duplicate_is_shown_first_and_can_be_saved_all_the_same(
    cast: Cast, browse: Browse
) -> None:
    known = make_organisation("Lacteos Naña SAC", centre=cast.huancayo, private_phone="964111222")
    ana = browse(cast.ana)
    sent = new_in(cast, private_phone="964 111 222")
    warned = ana.post("/directory/new/", sent)
    assert f"/directory/{known.pk}/" in warned.content.decode()
    assert 'value="Lácteos Ñaña"' in warned.content.decode()
    assert Organisation.objects.count() == 1
    ana.post("/directory/new/", {**sent, "anyway": "1"})
    assert Organisation.objects.count() == 2


def test_two_editors_lose_nothing(cast: Cast, browse: Browse) -> None:
    """Beto saves first; Ana sees both versions, keeps hers, and saving again decides."""
    organisation = make_organisation("Néctares", centre=cast.huancayo)
    edit = f"/directory/{organisation.pk}/edit/"
    before = {"name": "Néctares", "kind": "empresa", "version": organisation.version}
    browse(cast.beto).post(edit, {**before, "name": "Néctares del Mantaro"})
    ana = browse(cast.ana)
    conflict = ana.post(edit, {**before, "name": "Néctares SAC", "phone": "064 200100"})
    assert conflict.status_code == 409
    shown = conflict.content.decode()
    assert "Néctares del Mantaro" in shown
    assert "Néctares SAC" in shown
    again = {
        "kind": "empresa",
        "name": "Néctares SAC",
        "version": conflict.context["form"]["version"].value(),
    }
    assert ana.post(edit, again).status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == "Néctares SAC"


def test_two_editors_who_wrote_the_same_are_told_so(cast: Cast, browse: Browse) -> None:
    """Without a word Ana would see her form once more, and not know why."""
    person = make_person("Rosa Ñahui", centre=cast.huancayo)
    edit = f"/directory/people/{person.pk}/edit/"
    typed = {"name": "Rosa María Ñahui", "document_country": "PE", "version": person.version}
    assert browse(cast.beto).post(edit, typed).status_code == 302
    told = browse(cast.ana).post(edit, typed)
    assert told.status_code == 409
    assert "Ambas versiones dicen lo mismo." in told.content.decode()


def test_carla_of_another_centre_gets_not_found_everywhere(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation(centre=cast.huancayo)
    person = make_person(centre=cast.huancayo)
    carla = browse(cast.carla)
    for path in ("", "edit/", "figures/new/", "people/new/", "notes/new/", "files/new/", "sizes/"):
        assert carla.get(f"/directory/{organisation.pk}/{path}").status_code == 404, path
    assert carla.get(f"/directory/people/{person.pk}/").status_code == 404
    assert carla.post(f"/directory/{organisation.pk}/edit/", NEW).status_code == 404


def test_a_personal_number_is_masked_for_those_who_do_not_see_people(
    cast: Cast, browse: Browse
) -> None:
    organisation = make_organisation(centre=cast.huancayo, ruc="10445566778")
    write_note(by=BY, about=organisation, text="Vive con su hermana")
    lucia = make_member("lucia", "readonly", cast.huancayo)
    page = text(browse(lucia), f"/directory/{organisation.pk}/")
    assert "10445566778" not in page
    assert "hermana" not in page
    assert "10445566778" in text(browse(cast.ana), f"/directory/{organisation.pk}/")


def test_the_page_tells_size_figures_and_profile_with_their_reasons(
    cast: Cast, browse: Browse
) -> None:
    organisation = make_organisation(centre=cast.huancayo, start_date=date(2001, 1, 1))
    make_observation(organisation, date(2015, 1, 1), workers=4, annual_sales=9_000_000)
    make_observation(organisation, date(2016, 5, 1), workers=8, annual_sales=12_000_000)
    page = text(browse(cast.ana), f"/directory/{organisation.pk}/")
    assert "<polyline" in page
    assert "UIT" in page
    every = text(browse(cast.ana), f"/directory/{organisation.pk}/sizes/")
    assert every.count("<tr>") == 12


def test_workers_by_sex_add_up_and_a_correction_keeps_the_old_figures(
    cast: Cast, browse: Browse
) -> None:
    organisation = make_organisation(centre=cast.huancayo)
    ana = browse(cast.ana)
    day = {"observed_on": "2016-05-01", "currency": "PEN"}
    figures = f"/directory/{organisation.pk}/figures/"
    ana.post(
        f"{figures}new/",
        {**day, "women_stable": "3", "men_stable": "2", "annual_sales": "1,200.50"},
    )
    first = Observation.objects.get()
    assert (first.workers, first.workers_women, first.annual_sales) == (5, 3, 120_050)
    correct = f"{figures}{first.pk}/correct/"
    assert ana.post(correct, {**day, "workers": "6"}).status_code == 422
    ana.post(correct, {**day, "workers": "6", "reason": "Contó mal"})
    first.refresh_from_db()
    assert first.replaced_by is not None
    assert first.replaced_by.workers == 6
    assert "Contó mal" in text(ana, f"/directory/{organisation.pk}/")


def test_an_ambiguous_place_is_offered_to_choose_from(cast: Cast, browse: Browse) -> None:
    make_places()
    ana = browse(cast.ana)
    unsure = ana.post("/directory/new/", new_in(cast, area="Huancayo"))
    assert unsure.status_code == 422
    assert 'name="area-choice"' in unsure.content.decode()
    ana.post("/directory/new/", new_in(cast, area="Huancayo", **{"area-choice": "1201"}))
    assert Organisation.objects.get(area__code="1201").name == "Lácteos Ñaña"


def test_people_join_and_leave(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation(centre=cast.huancayo)
    ana = browse(cast.ana)
    ana.post(f"/directory/{organisation.pk}/people/new/",
             {"name": "Rosa Quispe", "role": "owner", "document_country": "PE"})  # fmt: skip
    person = Person.objects.get()
    role = person.roles.get()
    assert "Rosa Quispe" in text(ana, f"/directory/people/{person.pk}/")
    ana.post(f"/directory/{organisation.pk}/roles/{role.pk}/end/", {"on": "2026-01-31"})
    role.refresh_from_db()
    assert role.until == date(2026, 1, 31)


@pytest.mark.parametrize(
    "path",
    ["status/", "numbers/new/", "networks/new/", "consents/new/", "formality/new/", "activities/",
     "codes/need_codes/"],
)  # fmt: skip
def test_every_form_opens(cast: Cast, browse: Browse, path: str) -> None:
    organisation = make_organisation(centre=cast.huancayo)
    assert browse(cast.ana).get(f"/directory/{organisation.pk}/{path}").status_code == 200


def test_a_file_is_kept_and_only_the_centre_downloads_it(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation(centre=cast.huancayo)
    ana = browse(cast.ana)
    sent = SimpleUploadedFile("acta.pdf", b"%PDF-1.4 acta", "application/pdf")
    ana.post(f"/directory/{organisation.pk}/files/new/", {"file": sent})
    kept = organisation.files.get()
    address = f"/directory/{organisation.pk}/files/{kept.pk}/"
    assert b"".join(ana.get(address).streaming_content) == b"%PDF-1.4 acta"  # type: ignore[attr-defined]
    assert browse(cast.carla).get(address).status_code == 404
    refused = ana.post(
        f"/directory/{organisation.pk}/files/new/",
        {"file": SimpleUploadedFile("virus.exe", b"MZ", "application/x-msdownload")},
    )
    assert refused.status_code == 422


def test_reading_pages_writes_nothing(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation(centre=cast.huancayo)
    role = add_role(by=BY, person=make_person(centre=cast.huancayo),
                    organisation=organisation, role="owner")  # fmt: skip
    before = Organisation.objects.values_list("version", "updated_at").get()
    ana = browse(cast.ana)
    for path in ("", "edit/", f"roles/{role.pk}/end/"):
        text(ana, f"/directory/{organisation.pk}/{path}")
    assert Organisation.objects.values_list("version", "updated_at").get() == before


def test_a_phone_is_kept_as_digits_and_shown_in_groups(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    answer = ana.post("/directory/new/", new_in(cast, private_phone="(51) 987-654 321"))
    made = Organisation.objects.get()
    assert made.private_phone == "51987654321"
    made = make_organisation("Otra", cast.huancayo, private_phone="+51987654321")
    page = text(ana, f"/directory/{made.pk}/")
    assert "tel:+51987654321" in page
    assert ">+51 987 654 321<" in page
    refused = ana.post("/directory/new/", new_in(cast, private_phone="luego"))
    assert refused.status_code == 422
    assert answer.status_code == 302


def test_a_point_in_the_sea_and_a_list_of_dashes_are_not_offered(
    cast: Cast, browse: Browse
) -> None:
    ana = browse(cast.ana)
    refused = ana.post("/directory/new/", new_in(cast, latitude="0", longitude="0"))
    assert refused.status_code == 422
    assert refused.context["form"].errors["latitude"]
    assert "---------" not in refused.content.decode()


def test_a_point_far_from_its_place_is_kept_and_told(cast: Cast, browse: Browse) -> None:
    make_places()
    ana, huancayo = (
        browse(cast.ana),
        {"area": "120101", "latitude": "-12.07", "longitude": "-75.21"},
    )
    lima = {**huancayo, "latitude": "-12.05", "longitude": "-77.03"}
    page = ana.post("/directory/new/", new_in(cast, **lima), follow=True).content.decode()
    assert "km fuera del departamento o región de Huancayo" in page
    made = Organisation.objects.get()
    assert made.latitude == -12.05
    mended = {**NEW, **huancayo, "version": str(made.version)}
    page = ana.post(f"/directory/{made.pk}/edit/", mended, follow=True).content.decode()
    assert "km fuera" not in page
    assert Organisation.objects.get().latitude == -12.07


def test_half_a_point_keeps_everything_typed(cast: Cast, browse: Browse) -> None:
    half = new_in(cast, name="Sumaq Awana", latitude="-12.06")
    answer = browse(cast.ana).post("/directory/new/", half)
    assert answer.status_code == 422
    assert answer.context["form"].errors["longitude"]
    assert "Sumaq Awana" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_further_places_are_added_and_taken_off_one_by_one(cast: Cast, browse: Browse) -> None:
    make_places()
    organisation, ana = make_organisation(centre=cast.huancayo), browse(cast.ana)
    page = f"/directory/{organisation.pk}/areas/"
    assert ana.post(page, {"further": "Chilca, Huancayo"}).status_code == 302
    chilca = organisation.further_areas.get().area
    assert chilca.full_name in text(ana, f"/directory/{organisation.pk}/")
    assert ana.post(page, {"held": [chilca.pk], "further": "nowhere"}).status_code == 422
    ana.post(page, {"held": [], "further": ""})
    assert not organisation.further_areas.exists()


def test_the_main_place_is_no_further_one(cast: Cast, browse: Browse) -> None:
    organisation = make_organisation(centre=cast.huancayo, area=place("120114"))
    browse(cast.ana).post(f"/directory/{organisation.pk}/areas/", {"further": "120114"})
    assert not organisation.further_areas.exists()


def test_figures_of_a_file_that_is_still_on_its_way_in_are_not_shown(
    cast: Cast, browse: Browse
) -> None:
    known = make_organisation("Molino Andino", centre=cast.huancayo)
    batch = ImportBatch.objects.create(centre=cast.huancayo, file_name="a.csv", state="loading")
    told = make_observation(known, workers=7341)
    Observation.objects.filter(pk=told.pk).update(batch=batch)
    ana = browse(cast.ana)
    for page in (f"/directory/{known.pk}/", "/directory/"):
        assert "7341" not in text(ana, page).replace(",", "")
    ImportBatch.objects.update(state="published")
    for page in (f"/directory/{known.pk}/", "/directory/"):
        assert "7341" in text(ana, page).replace(",", "")

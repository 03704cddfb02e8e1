"""The public directory as a list: what is found, in which order, with which counts."""

from datetime import date

import pytest
from tests.factories.directory import make_area
from tests.factories.entries import make_entry, make_external

from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public.columns import columns, current_edition
from yanapay.mapping.queries.public.listing import Filters, count, counts_by_area, find, rows
from yanapay.places.models import AreaGroup, AreaGroupMember, AreaScheme

pytestmark = pytest.mark.django_db


def names(**filters: str) -> list[str]:
    order = filters.pop("sort", "name")
    return [entry.name for entry in rows(find(Filters.read(filters), order).keys)]


def test_what_is_not_shown_is_neither_found_nor_counted() -> None:
    make_entry("Alpaca Viva")
    make_entry("Zorro Gris", state="unpublished")
    found = find(Filters())
    assert names() == ["Alpaca Viva"]
    assert found.facets["kind"] == {"cooperativa": 1}


def test_an_entry_taken_down_is_gone_at_once() -> None:
    entry = make_entry("Alpaca Viva")
    assert names() == ["Alpaca Viva"]
    entry.state = "unpublished"
    entry.save()
    assert names() == []


def test_accents_case_order_and_one_typing_error_are_forgiven() -> None:
    make_entry("Asociación Ñañaykuna de Tejedoras")
    make_entry("Cooperativa Cafetalera")
    assert names(q="tejedoras NANAYKUNA") == ["Asociación Ñañaykuna de Tejedoras"]
    assert names(q="cafetalara") == ["Cooperativa Cafetalera"]
    assert names(q="inexistente") == []


def test_the_likeliest_comes_first() -> None:
    make_entry("Andes Turismo y Feria Grande")
    make_entry("Feria Andes")
    assert names(q="feria andes") == ["Feria Andes", "Andes Turismo y Feria Grande"]


def test_a_facet_counts_what_another_value_would_leave() -> None:
    make_entry("Uno", need_codes=["credito", "mercado"])
    make_entry("Dos", need_codes=["credito"])
    make_entry("Tres", kind="red", need_codes=["mercado"])
    facets = find(Filters.read({"need": "credito", "kind": "cooperativa"})).facets
    assert facets["need"] == {"credito": 2, "mercado": 1}
    assert facets["kind"] == {"cooperativa": 2}


def test_places_are_counted_one_level_below_the_chosen_one() -> None:
    huancayo, tambo = make_area("PE/12/1201"), make_area("PE/12/1201/120114")
    make_entry("En Huancayo", area=huancayo)
    make_entry("En El Tambo", area=tambo)
    make_entry("En Puno", area=make_area("PE/21"))
    make_entry("En ninguna parte")
    assert find(Filters()).facets["area"] == {"12": 2, "21": 1, "-": 1}
    assert find(Filters(area="12")).facets["area"] == {"1201": 2}
    assert find(Filters(area="1201")).facets["area"] == {"120114": 1}
    assert names(area="-") == ["En ninguna parte"]
    assert names(area="99") == []
    assert counts_by_area(Filters())["PE/12/1201/120114"] == 1


def test_macro_regions_are_those_of_a_scheme() -> None:
    scheme = AreaScheme.objects.create(code="inei", name="INEI", source="INEI")
    south = AreaGroup.objects.create(scheme=scheme, code="sur", name="Sur")
    AreaGroupMember.objects.create(group=south, area=make_area("PE/21"))
    make_entry("Puno", area=make_area("PE/21/2101"))
    make_entry("Junín", area=make_area("PE/12"))
    assert find(Filters()).facets["region"] == {"sur": 1}
    assert names(region="sur") == ["Puno"]


def test_where_organisations_carry_their_region_that_scheme_comes_first() -> None:
    make_entry("Lima", macro_region=["Lima Centro"])
    found = find(Filters())
    assert (found.scheme, found.facets["region"]) == ("ess_2018", {"Lima Centro": 1})


def test_newest_first() -> None:
    make_entry("Antigua", approved_on=date(2024, 1, 1))
    make_entry("Nueva", approved_on=date(2026, 1, 1))
    assert names(sort="newest") == ["Nueva", "Antigua"]


def test_external_entries_are_told_from_the_published() -> None:
    make_external("Red")
    make_entry("Coop")
    assert find(Filters()).facets["state"] == {"external": 1, "published": 1}
    assert names(state="external") == ["Red"]


def test_the_columns_are_taken_in_again_only_after_a_change() -> None:
    make_entry("Uno")
    before = columns()
    assert columns() is before
    make_entry("Dos")
    assert columns() is not before
    assert columns().edition == current_edition()


def test_an_empty_directory() -> None:
    assert find(Filters()).keys == []
    assert count(Filters(q="algo", need="x", region="y")) == 0
    assert Entry.objects.count() == 0

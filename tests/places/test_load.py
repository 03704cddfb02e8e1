"""The shipped reference data, loaded: counts, tree, groups, labels."""

import re
from collections import Counter

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from tests.factories.places import place

from yanapay.places.choices import Level
from yanapay.places.models import ActivityCode, ActivityMatch, Area, AreaGroup, AreaScheme
from yanapay.places.queries import gazetteer, group_by_area, group_of

pytestmark = pytest.mark.django_db


def test_peru_has_25_departments_196_provinces_and_1891_districts(places: None) -> None:
    levels = Counter(Area.objects.filter(country="PE").values_list("level", flat=True))
    assert levels == {0: 1, 1: 25, 2: 196, 3: 1891}


@pytest.mark.parametrize(
    ("country", "first_level"),
    [("BO", 9), ("CO", 33), ("EC", 24), ("VE", 25), ("AR", 24), ("BR", 27), ("CL", 16)],
)
def test_neighbours_have_their_first_level(places: None, country: str, first_level: int) -> None:
    assert Area.objects.filter(country=country, level=1).count() == first_level


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("150101", "Lima, Lima, Lima"),
        ("150132", "San Juan de Lurigancho, Lima, Lima"),
        ("150142", "Villa El Salvador, Lima, Lima"),
        ("120101", "Huancayo, Huancayo, Junín"),
        ("050101", "Ayacucho, Huamanga, Ayacucho"),
        ("080101", "Cusco, Cusco, Cusco"),
        ("040101", "Arequipa, Arequipa, Arequipa"),
        ("040520", "Majes, Caylloma, Arequipa"),
        ("070101", "Callao, Callao, Callao"),
        ("210101", "Puno, Puno, Puno"),
        ("160101", "Iquitos, Maynas, Loreto"),
        ("250101", "Callería, Coronel Portillo, Ucayali"),
        ("200604", "Lancones, Sullana, Piura"),
        ("061306", "Ninabamba, Santa Cruz, Cajamarca"),
        ("VE-X", "La Guaira"),
        ("PE", "Perú"),
    ],
)
def test_codes_stand_for_the_places_they_should(places: None, code: str, name: str) -> None:
    assert Area.objects.get(code=code).full_name == name


def test_tree_and_path_agree(places: None) -> None:
    for area in Area.objects.select_related("parent").exclude(level=0):
        assert area.parent is not None
        assert area.path == f"{area.parent.path}/{area.code}"
        assert area.parent.level == area.level - 1


def test_under_takes_the_area_and_what_is_below_it(places: None) -> None:
    under = gazetteer().under
    assert Area.objects.filter(pk__in=under("12"), level=Level.DISTRICT).count() == 124
    assert Area.objects.get(pk__in=under("120101")).code == "120101"
    assert len(under("PE")) == 2113


def test_iso_codes_of_departments_and_of_the_capital(places: None) -> None:
    iso = dict(
        Area.objects.filter(country="PE").exclude(iso_code="").values_list("iso_code", "code")
    )
    assert len(iso) == 26
    assert (iso["PE-JUN"], iso["PE-LIM"], iso["PE-LMA"], iso["PE-CAL"]) == (
        "12",
        "15",
        "1501",
        "07",
    )


@pytest.mark.parametrize(
    ("scheme", "groups", "without"),
    [("ceplan", 4, {"07"}), ("inei", 6, set()), ("minsa", 5, set())],
)
def test_every_scheme_covers_every_province_once(
    places: None, scheme: str, groups: int, without: set[str]
) -> None:
    """CEPLAN leaves Callao out; where Lima is split, its provinces are on one side each."""
    members = group_by_area(scheme)
    assert AreaScheme.objects.get(code=scheme).groups.count() == groups
    for path in Area.objects.filter(country="PE", level=2).values_list("path", flat=True):
        hits = [code for code in path.split("/") if code in members]
        assert len(hits) == (0 if path.split("/")[1] in without else 1), path


def test_macro_region_depends_on_the_scheme(places: None) -> None:
    def names(code: str) -> list[str]:
        found = (group_of(place(code), scheme) for scheme in ("ceplan", "inei", "minsa"))
        return [group.name if group else "" for group in found]

    assert names("050101") == ["Sur", "Centro", "Centro"]
    assert names("010101") == ["Norte", "Oriente", "Oriente"]
    assert names("150132") == ["Centro", "Lima Metropolitana", "Lima y Callao"]
    assert names("150501") == ["Centro", "Lima Región", "Lima y Callao"]
    assert names("070101") == ["", "Lima Metropolitana", "Lima y Callao"]


def test_groups_of_the_sse_mapping_have_no_areas(places: None) -> None:
    groups = AreaGroup.objects.filter(scheme__code="ess_2018")
    assert {group.name for group in groups} == {
        "Lima Centro", "Lima Nacional", "Nor Oriente", "Centro", "Sur",
    }  # fmt: skip
    assert not any(group.members.exists() for group in groups)


@pytest.mark.parametrize(
    ("revision", "counts"),
    [
        ("3", {"section": 17, "division": 60, "group": 159, "class": 292}),
        ("4", {"section": 21, "division": 88, "group": 238, "class": 419}),
    ],
)
def test_isic_is_complete(places: None, revision: str, counts: dict[str, int]) -> None:
    codes = ActivityCode.objects.filter(revision=revision)
    assert Counter(codes.values_list("level", flat=True)) == counts


def test_every_activity_has_a_spanish_label_of_its_own(places: None) -> None:
    """None is empty, and none is the English one."""
    codes = list(ActivityCode.objects.all())
    assert [str(code) for code in codes if not code.label_es] == []
    assert [code.label_es for code in codes if code.label_es == code.label_en] == []
    assert max(len(code.label_es) for code in codes) <= 120
    english = re.compile(r"\b(of|and|the|manufacture|sale|other)\b", re.IGNORECASE)
    assert [code.label_es for code in codes if english.search(code.label_es)] == []


def test_an_activity_is_named_in_the_reader_s_language(places: None) -> None:
    dairy = ActivityCode.objects.get(revision="3", code="1520")
    assert (dairy.label("es"), dairy.label("en")) == (
        "Elaboración de productos lácteos", "Manufacture of dairy products",
    )  # fmt: skip
    with override("es"):
        assert str(dairy) == "1520 Elaboración de productos lácteos"
    with override("en"):
        assert str(dairy) == "1520 Manufacture of dairy products"


def test_correspondence(places: None) -> None:
    assert ActivityMatch.objects.count() == 796
    assert ActivityMatch.objects.filter(one_to_one=True).count() == 85


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("places_area_only_countries_are_roots", {"level": 1, "path": "PE/x"}),
        ("places_area_whole_coordinates", {"level": 0, "path": "x", "latitude": 3.0}),
        (
            "places_area_whole_coordinates",
            {"level": 0, "path": "x", "latitude": 91, "longitude": 0},
        ),
    ],
)
def test_the_database_refuses_a_broken_area(constraint: str, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Area.objects.create(country="XX", code="x", name="x", name_key="x", edition="x", **fields)


def test_the_database_refuses_the_same_iso_code_twice(places: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.filter(code="1201").update(iso_code="PE-JUN")


@pytest.mark.parametrize("again", ["group", "member", "code", "match"])
def test_the_database_refuses_doubles(places: None, again: str) -> None:
    group = AreaGroup.objects.filter(members__isnull=False).first()
    assert group
    one = {
        "group": group,
        "member": group.members.all()[0],
        "code": ActivityCode.objects.get(revision="4", code="A"),
        "match": ActivityMatch.objects.all()[0],
    }[again]
    one.pk = None
    one._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()

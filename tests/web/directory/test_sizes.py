"""Size classes in the browser: every number leads to the records behind it."""

import re
from datetime import date
from html import unescape

from tests.factories.centres import Cast
from tests.factories.directory import make_observation, make_organisation
from tests.web.conftest import Browse


def test_a_number_of_the_cross_table_opens_its_records(cast: Cast, browse: Browse) -> None:
    small = make_organisation("Doce Telares", centre=cast.huancayo)
    make_observation(small, date(2016, 5, 1), workers=12, annual_sales=5_000_000)
    make_organisation("Sin cifras", centre=cast.huancayo)
    ana = browse(cast.ana)
    page = ana.get("/sizes/?a=cepal&b=oit_t3_pe").content.decode()
    links = [unescape(url) for url in re.findall(r'href="(/sizes/records/[^"]*)"', page)]
    cell = next(url for url in links if "a_size=class.small" in url and "b_size=class.micro" in url)
    behind = ana.get(cell).content.decode()
    assert "Doce Telares" in behind
    assert "Sin cifras" not in behind


def test_a_scheme_has_its_page_and_an_unknown_one_does_not(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    assert ana.get("/sizes/oit_t3_pe/").status_code == 200
    assert ana.get("/sizes/nobody/").status_code == 404
    assert ana.get("/sizes/records/?a=cepal&a_size=nonsense").status_code == 404


def test_the_calculator_answers_and_says_what_is_missing(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    answer = ana.get("/sizes/calculator/?workers=12&sales=&currency=PEN&on=2016-05-01")
    assert len(answer.context["sizes"]) == 11
    assert ana.get("/sizes/calculator/?on=2016-05-01").context["form"].errors
    assert ana.get("/sizes/calculator/?sales=abc&currency=PEN&on=2016-05-01").context["form"].errors

"""How values look to a reader in Spanish and in English."""

from datetime import date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.utils import timezone, translation

from yanapay.web.templatetags import ui


@pytest.mark.parametrize(
    ("minor_units", "currency", "shown"),
    [
        (123450, "PEN", "S/ 1,234.50"),
        (-5, "PEN", "S/ -0.05"),
        (0, "USD", "US$ 0.00"),
        (1500, "CLP", "CLP 1,500"),
        (999, "XYZ", "XYZ 9.99"),
        (None, "PEN", ""),
    ],
)
def test_money_is_written_as_on_a_peruvian_invoice(
    minor_units: int | None, currency: str, shown: str
) -> None:
    with translation.override("es"):
        assert ui.money(minor_units, currency).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_numbers_are_grouped_and_an_empty_one_stays_empty() -> None:
    with translation.override("es"):
        assert ui.number(2518617) == "2,518,617"
        assert ui.number(1234.5, 1) == "1,234.5"
        assert ui.number(None) == ""
        assert ui.number(2.5, 0) == "3"
        assert ui.percent(0.5437, 1) == "54.4\N{NO-BREAK SPACE}%"


def test_a_recent_moment_is_told_relatively_and_an_old_one_by_its_date() -> None:
    with translation.override("es"):
        assert ">hace 3 horas</time>" in ui.ago(
            timezone.now() - timedelta(hours=3, minutes=1)
        ).replace("\N{NO-BREAK SPACE}", " ")
        assert ">2 de mayo de 2004</time>" in ui.ago(date(2004, 5, 2))
        old = datetime(2004, 5, 2, 15, 0, tzinfo=timezone.get_current_timezone())
        assert 'title="2 de mayo de 2004, 15:00"' in ui.ago(old)


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in ui.icon("search")
    assert 'aria-label="a &lt;b&gt;"' in ui.icon("search", "a <b>")


def test_pages_left_out_are_none() -> None:
    pages = Paginator(range(351), 25)
    assert list(ui.page_numbers(pages, 7)) == [1, None, 6, 7, 8, None, 15]


def test_initials_of_a_person() -> None:
    assert ui.initials("Rosa Quispe Huamán") == "RQ"
    assert ui.initials("") == ""

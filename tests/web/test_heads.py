"""What stands above a filtered table is the same everywhere: tabs, filters, how many, downloads."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client
from tests.factories.directory import make_user
from tests.factories.mapping import make_answer, make_entry, make_external, make_interview

from yanapay.accounts.models import User
from yanapay.web.heads import Head, downloads, tabs_of

Browse = Callable[[User], Client]
STATES = [("open", "Open"), ("done", "Done"), ("lost", "Lost")]


def shown(head: Head) -> str:
    return render_to_string("components/table_head.html", {"head": head})


def test_tabs_lead_to_each_state_and_say_which_is_open() -> None:
    tabs = tabs_of("/list/", "state", "done", STATES, {"open": 2, "done": 0})
    assert [(tab.label, tab.address, tab.is_current, tab.count) for tab in tabs] == [
        ("Ver todo", "/list/", False, 2), ("Open", "/list/?state=open", False, 2),
        ("Done", "/list/?state=done", True, 0),
    ]  # fmt: skip


def test_downloads_are_of_the_rows_that_the_list_shows() -> None:
    told = Head("/list/", 3, downloads=downloads([("CSV", "/list/csv/")], "form=ess&q=a"))
    assert 'href="/list/csv/?form=ess&amp;q=a"' in shown(told)


def test_nothing_found_offers_no_download() -> None:
    told = Head("/list/", 0, text="zzz", downloads=downloads([("CSV", "/list/csv/")], ""))
    assert "csv" not in shown(told)
    assert 'value="zzz"' in shown(told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/answers/?form=ess", "/entries/?state=external", "/interviews/?state=interviewed",
             "/proposals/?source=interview"],
)  # fmt: skip
def test_every_list_tells_how_many_it_holds(browse: Browse, path: str) -> None:
    make_answer(name="Nuevo")
    make_interview(name="Otro")
    make_entry()
    make_external()
    page = browse(make_user("coordinator")).get(path).content.decode()
    assert page.count('class="table-head"') == 1
    assert ">1 " in page.split('class="table-head"')[1][:80]
    assert ("answers/export/ess" in page or "/export/" in page) == path.startswith("/answers")

"""The answers of the baseline's field form stand on the page of the diagnosis."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.assistance import make_case
from tests.factories.directory import BY, make_centre, make_user
from tests.factories.mapping import make_form, make_submission

from yanapay.accounts.models import User
from yanapay.assistance.actions.baseline import take_baseline

pytestmark = pytest.mark.django_db


def test_the_answers_stand_on_the_page(browse: Callable[[User], Client]) -> None:
    case, form = make_case(), make_form("linea_base", "baseline")
    form.current.schema = [{"path": "/data/workers", "name": "workers", "type": "integer",
                            "labels": {"es": "Cuántos trabajan"}, "list": "", "repeat": ""}]  # fmt: skip
    form.current.save()
    answer = make_submission(form=form, case_number=case.number, workers="5")
    take_baseline(by=BY, submission=answer)
    client = browse(make_user(centre=make_centre()))
    page = client.get(f"/cases/{case.pk}/diagnosis/").content.decode()
    assert "Cuántos trabajan" in page

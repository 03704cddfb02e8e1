"""The reference data is loaded once for each file of tests and taken back after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.factories.places import make_places

from yanapay.places.queries import Gazetteer, gazetteer


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        make_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def gaz(places: None, db: None) -> Gazetteer:
    return gazetteer()

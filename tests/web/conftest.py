"""The cast at their browsers."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.centres import Cast, make_cast

from yanapay.accounts.models import User

Browse = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def browse() -> Browse:
    """``browse(cast.ana)`` is a browser in which Ana has signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="yanapay.web.accounts.sign_in.Backend")
        return client

    return signed_in

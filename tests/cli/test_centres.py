"""Commands find their centre by its code, or know it without."""

import pytest
from tests.factories.centres import make_centre

from yanapay.cli.centres import centre_called, centre_named
from yanapay.kernel.errors import NotFound, RuleBroken

pytestmark = pytest.mark.django_db


def test_a_code_with_a_typing_error_is_answered_with_those_there_are() -> None:
    for code in ("huancayo", "ayacucho"):
        make_centre(code)
    assert centre_called("huancayo").code == "huancayo"
    with pytest.raises(NotFound, match="Centres: ayacucho, huancayo"):
        centre_called("huancallo")


def test_one_centre_needs_no_code_and_of_several_the_principal_is_meant() -> None:
    with pytest.raises(RuleBroken, match="yanapay init"):
        centre_named(None)
    only = make_centre("huancayo")
    assert centre_named(None) == only
    make_centre("ayacucho")
    with pytest.raises(RuleBroken, match="--centre"):
        centre_named(None)
    assert centre_named(make_centre("principal").code) == centre_named(None)

"""Templates: each is used, each form is protected, no page asks another host."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src/yanapay/web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
OVERRIDES = {
    "account",
    "mfa",
    "socialaccount",
    "allauth",
    "django",
    "axes",
    "errors",
    "elements",
    "layouts",
}
ERROR_PAGE = re.compile(r"(public/)?\d{3}(_csrf)?\.html")  # found by its status
SOURCES = "\n".join(
    path.read_text()
    for path in [*WEB.parent.rglob("*.py"), *TEMPLATES, *(WEB / "templates").rglob("*.txt")]
)


def name_of(path: Path) -> str:
    return str(path.relative_to(WEB / "templates"))


def by_name(path: Path) -> str:
    return name_of(path)


def test_every_template_is_used() -> None:
    """By a view, another template, or by allauth and Django, whose templates ours replace by name."""
    unused = [
        name_of(path)
        for path in TEMPLATES
        if name_of(path).split("/")[0] not in OVERRIDES
        and not ERROR_PAGE.fullmatch(name_of(path))
        and name_of(path) not in SOURCES
    ]
    assert unused == []


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.stem != "gallery"], ids=by_name
)
def test_every_form_that_writes_is_protected(path: Path) -> None:
    forms = re.findall(
        r"<form\b[^>]*method=.post.*?</form>", path.read_text(), re.DOTALL | re.IGNORECASE
    )
    assert [form[:80] for form in forms if "csrf_token" not in form] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_no_page_loads_from_another_host(path: Path) -> None:
    assert (
        re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=.https?://", path.read_text())
        == []
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_what_htmx_does_a_link_or_form_does_too(path: Path) -> None:
    """An ``hx-get`` without ``href`` or ``action`` on the same element is dead without JavaScript."""
    elements = re.findall(
        r"<(?:a|button|div|form|input|select)\b[^>]*\bhx-(?:get|post)=[^>]*>", path.read_text()
    )
    dead = [
        element[:100]
        for element in elements
        if element.startswith(("<a", "<form"))
        and not re.search(r"\b(href|action|formaction)=", element)
    ]
    assert dead == []


GROUPS = re.compile(
    r"{% block actions %}.*?{% endblock|form-actions[^>]*>.*?(?:</div>|</form>)", re.DOTALL
)


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_the_main_action_stands_first(path: Path) -> None:
    """In the head of a page as under a form, so that the hand finds it."""
    for group in GROUPS.findall(path.read_text()):
        for branch in re.split("{% el(?:se|if)", group):
            follows = [
                "btn-primary" not in one for one in re.findall(r'class="(btn\b[^"]*)"', branch)
            ]
            assert follows == sorted(follows)


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_a_form_says_once_what_to_mend(path: Path) -> None:
    """``{{ form }}`` begins with the summary of errors: a page that includes it too says all twice."""
    page = path.read_text()
    twice = re.search(r"^ *{% include \"components/error_summary", page, re.MULTILINE)
    assert not (twice and "{{ form }}" in page)

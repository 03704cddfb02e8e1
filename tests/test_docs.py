"""The documentation keeps up: settings, commands, dependencies, decisions and links."""

import re
import tomllib
from pathlib import Path

import pytest

from yanapay.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def test_every_setting_is_documented_and_exists() -> None:
    """The environment is read in one module; what it reads is what the page lists."""
    source = (ROOT / "src/yanapay/config/environment.py").read_text()
    read = set(re.findall(r'environ\.get\(\s*"(\w+)"', source))
    listed = set(re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))
    assert read == listed


def test_nothing_else_reads_the_environment() -> None:
    strays = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "src/yanapay").rglob("*.py")
        if path.name != "environment.py"
        for name in re.findall(r'os\.environ(?:\.get\(|\[)\s*"(\w+)"', path.read_text())
        if name
        not in {"DJANGO_SETTINGS_MODULE", "YANAPAY_LANGUAGE", "YANAPAY_MODE", "LC_ALL", "LANG"}
    ]
    assert strays == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`yanapay {command}" in (DOCS / "how-to/03-operate.md").read_text()


def test_every_dependency_says_why_it_is_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["bench"]]
    page = (DOCS / "dependencies.md").read_text()
    names = [re.split(r"[^\w.-]", line)[0] for line in wanted]
    assert [name for name in names if f"| {name} | " not in page] == []
    assert "| ? |" not in page


@pytest.mark.parametrize("folder", ["adr", "how-to"])
def test_numbered_pages_have_a_number_of_their_own(folder: str) -> None:
    pages = sorted((DOCS / folder).glob("*.md"))
    numbers = [page.name.split("-")[0] for page in pages]
    assert len(set(numbers)) == len(numbers)
    for page in pages:
        title = page.read_text().splitlines()[0]
        assert title.startswith(f"# {int(page.name.split('-')[0])}. "), page.name


def test_no_link_between_pages_is_broken() -> None:
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_file_that_a_page_names_is_there() -> None:
    """Paths in backticks, from any folder on; the how-tos make up a domain and a document."""
    made_up = re.compile(r"^/|^YANAPAY_HOME|training|closing_note")
    tops = [ROOT / top for top in ("src", "tests", "bench", "docs", "frontend/src")]
    files = [*ROOT.glob("frontend/*"), *(path for top in tops for path in top.rglob("*.*"))]
    there = [f"/{path.relative_to(ROOT)}" for path in files]
    named = {
        (page.name, path)
        for page in PAGES
        for path in re.findall(
            r"`([\w./-]+/[\w.-]+\.(?:py|html|json|typ|css|js))`", page.read_text()
        )
        if not made_up.search(path)
    }
    lost = [pair for pair in named if not any(path.endswith(f"/{pair[1]}") for path in there)]
    assert lost == []

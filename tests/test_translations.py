"""The Spanish catalogue is whole: every sentence said, every value kept, the compiled file in step."""

import ast
import gettext
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

import yanapay

PACKAGE = Path(yanapay.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("locale/**/*.po"))  # click: the library of the command line
VALUE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?:!r)?\}")


class Entry(NamedTuple):
    """A sentence: its key as in the compiled file, its English forms, its Spanish forms."""

    key: str
    english: tuple[str, ...]
    spanish: tuple[str, ...]
    flags: str


def entries(path: Path) -> Iterator[Entry]:
    """What a .po file holds, obsolete entries and header aside."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        said: dict[str, str] = {}
        flags, keyword = "", ""
        for line in block.splitlines():
            if line.startswith("#,"):
                flags += line
            elif match := re.match(r'(?:(msg\S+) )?(".*")$', line):
                keyword = match[1] or keyword
                said[keyword] = said.get(keyword, "") + ast.literal_eval(match[2])
        if said.get("msgid"):
            context = f"{said['msgctxt']}\x04" if "msgctxt" in said else ""
            english = tuple(said[k] for k in ("msgid", "msgid_plural") if k in said)
            spanish = tuple(said[k] for k in sorted(said) if k.startswith("msgstr"))
            yield Entry(context + said["msgid"], english, spanish, flags)


ENTRIES = {path: tuple(entries(path)) for path in CATALOGUES}
ALL = [entry for path in CATALOGUES for entry in ENTRIES[path]]
OURS = ENTRIES[PACKAGE / "locale/es/LC_MESSAGES/django.po"]


def values(text: str) -> set[str]:
    return set(VALUE.findall(text))


def test_every_sentence_is_translated_for_certain() -> None:
    assert len(OURS) > 1000
    assert [entry.key for entry in ALL if "fuzzy" in entry.flags or not all(entry.spanish)] == []


def test_every_plural_has_its_two_forms() -> None:
    assert [entry.key for entry in ALL if len(entry.spanish) != len(entry.english)] == []


def test_the_values_of_a_sentence_survive_its_translation() -> None:
    """One form may say a number in words; no form may name a value that is not handed over."""
    for _key, english, spanish, _flags in ALL:
        known = set.union(*map(values, english))
        assert values(spanish[-1]) == values(english[-1]), english
        assert all(values(form) <= known for form in spanish), english


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_the_compiled_catalogue_is_the_written_one(catalogue: Path) -> None:
    """Mend it with ``msgfmt -o django.mo django.po``."""
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    held = {
        (key, 0) if isinstance(key, str) else key: text for key, text in compiled.items() if key
    }
    written = {
        (entry.key, form): text
        for entry in ENTRIES[catalogue]
        for form, text in enumerate(entry.spanish)
    }
    assert held == written


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="xgettext is not installed: apt install gettext"
)
def test_the_code_says_nothing_that_the_catalogue_does_not_know(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = shutil.ignore_patterns("static", "data", "locale", "__pycache__", "node_modules")
    shutil.copytree(PACKAGE, tmp_path / "yanapay", ignore=sources)
    collected = tmp_path / "yanapay/locale/es/LC_MESSAGES/django.po"
    collected.parent.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path / "yanapay/locale"]
    monkeypatch.chdir(tmp_path / "yanapay")
    call_command("makemessages", locale=["es"], add_location="never", verbosity=0)
    assert {entry.key for entry in entries(collected)} == {entry.key for entry in OURS}


def test_no_sentence_hides_in_an_f_string() -> None:
    """The collector does not look into f-strings: what stands there is never translated."""
    hidden = [
        f"{path.relative_to(PACKAGE)}:{call.lineno} {ast.unparse(call)}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if ast.unparse(call.func) in {"_", "gettext", "ngettext", "pgettext", "translate"}
    ]
    assert hidden == []


SENTENCE = re.compile(r"[A-Z«“{].* .* .*[.?!]")
SAID_IN_SPANISH_ALREADY = ("cli/demonstration", "web/gallery.py")


def test_a_sentence_kept_in_a_constant_is_marked_for_the_collector() -> None:
    """``Message("…").template`` or ``gettext_noop``: from a bare string it cannot know that people read it."""
    bare = [
        f"{path.relative_to(PACKAGE)}:{text.lineno} {text.value}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not str(path.relative_to(PACKAGE)).startswith(SAID_IN_SPANISH_ALREADY)
        for kept in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(kept, ast.Assign | ast.AnnAssign) and kept.value
        for text in unmarked(kept.value)
        if isinstance(text.value, str) and SENTENCE.fullmatch(text.value)
    ]
    assert bare == []


def unmarked(value: ast.expr) -> Iterator[ast.Constant]:
    """The literals of a constant that stand in no call."""
    calls = [node for node in ast.walk(value) if isinstance(node, ast.Call)]
    inside = {id(node) for call in calls for node in ast.walk(call)}
    return (n for n in ast.walk(value) if isinstance(n, ast.Constant) and id(n) not in inside)

"""The languages of a form: what is missing in one is filled from the main one before the conversion.

pyxform would write "-" instead, and clients show that as an empty bullet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.book import Book, Sheet
from yanapay.surveys.rules.xlsform.findings import Finding, Place

TRANSLATED = {
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video",
    "big-image", "media::image", "media::audio", "media::video", "caption",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)?)\)\s*$")
_KNOWN = {
    "español": "es", "espanol": "es", "spanish": "es", "castellano": "es", "english": "en", "inglés": "en",
    "ingles": "en", "quechua": "qu", "runasimi": "qu", "aymara": "ay", "aimara": "ay", "default": "es",
}  # fmt: skip


def code_of(language: str) -> str:
    """The short code of a language as XLSForm names it.

    >>> code_of("Español (es)"), code_of("English"), code_of("Asháninka")
    ('es', 'en', 'asháninka')
    """
    bracketed = _IN_BRACKETS.search(language)
    folded = language.strip().lower()
    return bracketed[1].lower() if bracketed else _KNOWN.get(folded, folded)


@dataclass(frozen=True)
class Header:
    """A head such as ``label::English (en)``: the column and the language; language "" when none is named."""

    text: str
    column: str
    language: str


def header(text: str) -> Header:
    """Take a head apart; the old way with one colon counts too."""
    for mark in ("::", ":"):
        column, found, language = text.rpartition(mark)
        if found and column.strip().lower().replace(" ", "_") in TRANSLATED:
            return Header(text, column.strip().lower().replace(" ", "_"), language.strip())
    return Header(text, text.strip().lower().replace(" ", "_"), "")


def spoken(book: Book) -> list[str]:
    """The languages by name, the main one first; [""] when the form names none."""
    named = [
        head.language
        for sheet in (book.sheet("survey"), book.sheet("choices"))
        for head in map(header, sheet.headers)
        if head.language
    ]
    wanted = book.settings.get("default_language", "")
    if not named:
        return [wanted] if wanted else [""]
    main = next(
        (one for one in named if wanted and code_of(one) == code_of(wanted)), wanted or named[0]
    )
    return list(dict.fromkeys([main, *named]))


def texts(row: dict[str, str], column: str, main: str) -> dict[str, str]:
    """What a row says in a column, by code of the language."""
    said: dict[str, str] = {}
    for text, value in row.items():
        head = header(text)
        if head.column == column:
            said.setdefault(code_of(head.language or main) or "es", value)
    return said


def fill(book: Book, languages: list[str]) -> list[Finding]:
    """Fill every text that one language lacks and another has; one finding per cell that was filled."""
    return [one for name in ("survey", "choices") for one in _fill(book.sheet(name), languages)]


def _fill(sheet: Sheet, languages: list[str]) -> Iterator[Finding]:
    heads = [header(text) for text in sheet.headers]
    for column in dict.fromkeys(
        head.column for head in heads if head.column in TRANSLATED and head.language
    ):
        by_language = {
            head.language or languages[0]: head.text for head in heads if head.column == column
        }
        wanted = {
            language: by_language.get(language, f"{column}::{language}") for language in languages
        }
        sheet.headers += [text for text in wanted.values() if text not in sheet.headers]
        for number, row in sheet.numbered():
            have = next((row[text] for text in wanted.values() if row.get(text)), "")
            if have:
                yield from _complete(Place(sheet.name, number), row, wanted, have)


def _complete(
    place: Place, row: dict[str, str], wanted: dict[str, str], have: str
) -> Iterator[Finding]:
    for language, text in wanted.items():
        if row.get(text):
            continue
        row[text] = have
        yield Place(place.sheet, place.row, text).warning(
            "translation_missing",
            Message(
                "There is no text in {language}; people will read «{text}».",
                language=language or "—",
                text=have[:60],
            ),
        )

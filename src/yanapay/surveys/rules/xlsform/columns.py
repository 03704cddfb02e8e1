"""Sheets and columns: what must be there, what is probably misspelt, what a form must say of itself."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.book import SHEETS, Book
from yanapay.surveys.rules.xlsform.findings import Finding, Place
from yanapay.surveys.rules.xlsform.languages import header

OURS = ("personal", "origin")
"""Columns of the survey that only we read: whether an answer is personal, where a question comes from."""
SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "relevant", "constraint", "constraint_message",
    "required", "required_message", "calculation", "choice_filter", "appearance", "default", "read_only",
    "repeat_count", "parameters", "trigger", "image", "audio", "video", "note", "media", "body", "bind",
    "instance", "save_to", "autoplay", "intent", "disabled", "command", "tag", "value", "caption",
    "calculate", "relevance", "readonly", "count", "rows", "compact_tag", "sms_field",
    "constraining_message", *OURS,
)  # fmt: skip
SETTINGS = (
    "form_title", "form_id", "version", "default_language", "style", "instance_name", "instance_id",
    "public_key", "submission_url", "auto_send", "auto_delete", "name", "title", "id_string", "namespaces",
    "prefix", "delimiter", "allow_choice_duplicates", "client_editable", "set_form_title", "set_form_id",
    "attribute", "clean_text_values", "omit_instanceid", "flat", "sms_keyword", "sms_separator",
    "sms_allow_media", "sms_date_format", "sms_response",
)  # fmt: skip
_NEEDED = {
    "survey": {"type": ("type", "command"), "name": ("name", "value", "tag"), "label": ("label", "caption")},
    "choices": {"list_name": ("list_name",), "name": ("name", "value"), "label": ("label", "caption")},
}  # fmt: skip
_FORM_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_NUMBER = re.compile(r"[A-Za-z0-9_.-]{1,64}")
MANY_CHOICES = 5_000
RESERVED = ("new", "devices")  # pages of the site stand beside those of the forms


def check_columns(book: Book) -> Iterator[Finding]:
    """Misspelt sheets and columns, and those without which there is no form."""
    yield from _sheets(book)
    yield from _columns(book)
    yield from _needed(book)


def check_settings(book: Book) -> Iterator[Finding]:
    """How the form is called, its version, and what this server does not take."""
    settings = book.settings
    yield from _form_id(settings.get("form_id") or settings.get("id_string", ""))
    yield from _version(settings.get("version", ""))
    if settings.get("public_key"):
        yield Place("settings", 2, "public_key").error(
            "encrypted",
            Message(
                "Encrypted forms are not taken: answers arrive over a protected connection. Empty this cell."
            ),
        )


def check_choices(book: Book) -> Iterator[Finding]:
    """Lists so long that telephones get slow, and a kind of list that this server does not hand out."""
    if "external_choices" in book.sheets:
        yield Place("external_choices").error(
            "external_choices",
            Message(
                "The sheet «external_choices» is not read. Save it as CSV and ask with select_one_from_file."
            ),
        )
    sizes: dict[str, int] = {}
    for _, row in book.sheet("choices").numbered():
        name = list_of(row)
        sizes[name] = sizes.get(name, 0) + 1
    for name, size in sizes.items():
        if size >= MANY_CHOICES:
            yield Place("choices").warning(
                "many_choices",
                Message(
                    "The list «{name}» has {size} choices and makes telephones slow. Put it into a CSV "
                    "file and ask with select_one_from_file.",
                    name=name,
                    size=size,
                ),
            )


def list_of(row: dict[str, str]) -> str:
    """The list that a row of the choices belongs to."""
    return row.get("list_name") or row.get("list name", "")


def _form_id(form_id: str) -> Iterator[Finding]:
    place = Place("settings", 2, "form_id")
    if not form_id:
        yield place.error(
            "no_form_id",
            Message("Write the form_id in the sheet «settings»: phones know the form by it."),
        )
    elif not _FORM_ID.fullmatch(form_id) or form_id in RESERVED:
        yield place.error(
            "form_id",
            Message(
                "The form_id «{value}» must begin with a letter and hold only letters without accents, "
                "digits, «_», «-» and «.», 64 at most.",
                value=form_id[:80],
            ),
        )


def _version(number: str) -> Iterator[Finding]:
    if number and not _NUMBER.fullmatch(number):
        yield Place("settings", 2, "version").error(
            "version",
            Message(
                "The version «{value}» may hold only letters, digits, «_», «-» and «.», 64 at most.",
                value=number[:80],
            ),
        )


def _sheets(book: Book) -> Iterator[Finding]:
    for name in book.names:
        known = name.strip().lower()
        alike = get_close_matches(known, [s for s in SHEETS if s not in book.sheets], 1, 0.75)
        if known not in SHEETS and alike:
            yield Place(name).warning(
                "sheet_misspelt_maybe",
                Message(
                    "The sheet «{name}» is not read. Should it be called «{like}»?",
                    name=name,
                    like=alike[0],
                ),
            )


def _columns(book: Book) -> Iterator[Finding]:
    for sheet, known in (("survey", SURVEY), ("settings", SETTINGS)):
        for text in book.sheet(sheet).headers:
            column = header(text).column
            alike = get_close_matches(column, known, 1, 0.8)
            if ":" not in text and column not in known and alike:
                yield Place(sheet, 1, text).warning(
                    "column_misspelt",
                    Message(
                        "The column «{name}» is not read. Should it be called «{like}»?",
                        name=text,
                        like=alike[0],
                    ),
                )


def _needs_no_choices(book: Book) -> bool:
    """A template's empty sheet of choices, and no question that asks from a list."""
    kinds = (row.get("type", "").strip() for _, row in book.sheet("survey").numbered())
    return not any(book.sheet("choices").headers) and not any(
        kind.startswith(("select", "rank")) for kind in kinds
    )


def _needed(book: Book) -> Iterator[Finding]:
    for sheet, columns in _NEEDED.items():
        if sheet not in book.sheets or (sheet == "choices" and _needs_no_choices(book)):
            continue
        there = {header(text).column for text in book.sheet(sheet).headers}
        for column, names in columns.items():
            if not there & set(names):
                yield Place(sheet, 1, column).error(
                    "column_missing",
                    Message(
                        "The sheet «{sheet}» needs a column «{column}».", sheet=sheet, column=column
                    ),
                )

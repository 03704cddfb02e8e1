"""The operator's language, known before Django is: LANG or YANAPAY_LANGUAGE, and one catalogue for all."""

import gettext
import os
from functools import cache
from pathlib import Path

from yanapay.kernel.messages import Message

LOCALE = Path(__file__).parents[1] / "locale"


def language() -> str:
    """``en`` when the terminal says so, else Spanish."""
    asked = (
        os.environ.get("YANAPAY_LANGUAGE")
        or os.environ.get("LC_ALL")
        or os.environ.get("LANG")
        or ""
    )
    return "en" if asked.lower().startswith("en") else "es"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE, [code], fallback=True)


def speak() -> None:
    """Let Click's own words ("Usage", "No such option") follow: it asks the gettext of the process."""
    os.environ.update(LANGUAGE=language())
    gettext.bindtextdomain("click", LOCALE)
    gettext.textdomain("click")


def translate(text: str) -> str:
    """The sentence in the operator's language, from the catalogue that the pages use too."""
    return _catalogue(language()).gettext(text) if text else ""


def say(message: Message) -> str:
    """The same of a sentence with values."""
    return message.render(translate)

"""Django's makemessages, taught the words with which pure code marks its sentences."""

from django.core.management.commands import makemessages

MARKS = (
    "Message", "YanapayError", "RuleBroken", "NotAllowed", "NotFound", "EditConflict", "UnreadableFile",
    "TooMany", "translate",
)  # fmt: skip


class Command(makemessages.Command):
    """Collects ``Message("…")``, errors and the sentences of ``in_order`` besides Django's own marks."""

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        *(f"--keyword={mark}:1" for mark in MARKS),
        "--keyword=in_order:3",
    ]

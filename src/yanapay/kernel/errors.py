"""What goes wrong in a way a person can mend. Everything else is a bug and may raise anything."""

from yanapay.kernel.messages import Message


class YanapayError(Exception):
    """Base of every error meant for a person: carries the sentence to show."""

    def __init__(self, template: str, /, *, field: str = "", **values: object) -> None:
        self.message = Message(template, **values)
        self.field = field
        super().__init__(self.message.render())


class RuleBroken(YanapayError):
    """Input that the rules refuse. ``field`` names the input to mend, if one is to blame."""


class NotAllowed(YanapayError):
    """The person may not do or see this."""


class NotFound(YanapayError):
    """No such thing, or none that this person may know of."""


class EditConflict(YanapayError):
    """Somebody else saved first. Nothing was written; the caller still holds what was typed."""


class UnreadableFile(YanapayError):
    """The file as a whole cannot be read; nothing was taken from it."""

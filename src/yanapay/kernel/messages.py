"""Sentences for people, written once in English and translated where they are shown.

Pure code cannot know the reader's language, so it returns a :class:`Message`: an English template and
its values. Whoever shows it calls :meth:`Message.render` with the translator at hand (Django's
``gettext`` in pages, the standard library's in the command line).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """An English template with ``{named}`` values. The template is the key of the translation."""

    template: str
    values: Mapping[str, object]

    def __init__(self, template: str, /, **values: object) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", values)

    def render(
        self,
        translate: Callable[[str], str] = str,
        show: Callable[[object], object] = lambda value: value,
    ) -> str:
        """The sentence in the translator's language, each value as ``show`` writes it; nested ones too."""
        values = {
            name: value.render(translate, show) if isinstance(value, Message) else show(value)
            for name, value in self.values.items()
        }
        return translate(self.template).format(**values)

    def __str__(self) -> str:
        return self.render()

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((k, str(v)) for k, v in self.values.items()))))

"""Breaking a text into lines that fit a box, without a font at hand. Pure.

Widths are in ems of a common sans-serif letter, taken a little wide, so that no usual font overflows.
"""

_WIDTHS = {
    **dict.fromkeys("iljI.,;:'|!()[]", 0.31), **dict.fromkeys("ftr-\"", 0.4),
    **dict.fromkeys("mwMWÑ%@&—…", 0.92), " ": 0.31,
}  # fmt: skip


def width_of(text: str, size: float) -> float:
    """How wide a text is at most, in the unit of ``size``."""
    return size * sum(_WIDTHS.get(letter, 0.72 if letter.isupper() else 0.585) for letter in text)


def wrap(text: str, size: float, width: float) -> tuple[str, ...]:
    """Lines of at most ``width``; a word longer than a line is broken. Never empty."""
    lines: list[str] = []
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, size, width)):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > width:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line) if line or not lines else tuple(lines)


def _pieces(word: str, size: float, width: float) -> list[str]:
    if width_of(word, size) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces

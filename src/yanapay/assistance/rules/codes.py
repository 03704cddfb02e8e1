"""How often a code sent by message may be tried. Pure."""

from yanapay.kernel.errors import RuleBroken

TRIES = 5
READ_BACK = -1  # stands for the tries once the right code was read back


def refuse_wrong_code(left: int | None) -> None:
    """Raise RuleBroken unless the code fitted (None); else ``left`` says how many tries remain."""
    if left == 0:
        raise RuleBroken("This code no longer holds. Make a new one and send it.", field="code")
    if left:
        raise RuleBroken(
            "This is not the code that was sent. Tries left: {left}.", field="code", left=left
        )

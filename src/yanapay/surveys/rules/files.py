"""Files that a form brings to the device: names without folders, sizes that a telephone can carry."""

from collections.abc import Mapping

from yanapay.kernel.errors import RuleBroken

LARGEST = 20 << 20


def checked_names(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by plain name. Raises RuleBroken for a folder in a name and for what is too large."""
    for name, content in files.items():
        if (
            not name
            or len(name) > 200
            or any(sign in name for sign in "/\\\0<>\"'")
            or name.startswith(".")
        ):
            raise RuleBroken(
                "«{name}» cannot be the name of a file of a form.", field="attached", name=name[:80]
            )
        if len(content) > LARGEST:
            raise RuleBroken(
                "The file «{name}» is larger than {limit} MB.",
                field="attached",
                name=name,
                limit=LARGEST >> 20,
            )
    return dict(files)

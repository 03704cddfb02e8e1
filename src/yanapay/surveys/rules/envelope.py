"""What an answer tells about itself: form, version, identity, the files that it mentions. Pure.

The XML comes from a telephone that anybody may hold: no document type, no entities, nothing fetched.
Names count without their prefix, because clients choose prefixes of their own.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from yanapay.kernel.errors import RuleBroken

LONGEST_ID = 249  # OpenRosa metadata
ALWAYS_WELCOME = "audit.csv"  # the log that Collect keeps beside an answer; its XML names it or not
_ENCRYPTED = {"base64EncryptedKey", "encryptedXmlFile"}


@dataclass(frozen=True)
class Envelope:
    """The outside of one answer. ``leaves`` are all answered elements: local name and text."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    leaves: tuple[tuple[str, str], ...]

    def files(self, media_questions: Collection[str]) -> list[str]:
        """Names of the files that the answer says come with it."""
        return [file_name(text) for name, text in self.leaves if name in media_questions]

    def mentions(self, name: str) -> bool:
        """Whether some answer is this file name; compared without folders."""
        return name == ALWAYS_WELCOME or any(
            text.endswith(name) and file_name(text) == name for _, text in self.leaves
        )


def parse(xml: bytes) -> Element:
    """The root of an XML document, or RuleBroken with a sentence for whoever holds the telephone."""
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        raise RuleBroken(
            "The answer contains XML that is not safe to read. It was refused."
        ) from None
    except ParseError as error:
        line, column = error.position
        raise RuleBroken(
            "The answer is not readable XML: it is cut off or damaged at line {line}, column {column}.",
            line=line, column=column + 1,
        ) from None  # fmt: skip
    except (ValueError, LookupError):
        raise RuleBroken("The answer is not readable XML: its encoding is not known.") from None
    return root


def open_envelope(xml: bytes) -> Envelope:
    """Read the outside of an answer; RuleBroken when it does not say which form it answers or who it is."""
    root = parse(xml)
    if _is_encrypted(root):
        raise RuleBroken("Encrypted forms are not supported yet. Take encryption off the form.")
    meta = next((child for child in root if local_name(child.tag) == "meta"), None)
    instance_id = _text(meta, "instanceID")
    if not instance_id:
        raise RuleBroken("The answer has no instanceID.")
    if len(instance_id) > LONGEST_ID:
        raise RuleBroken("The instanceID is longer than {limit} characters.", limit=LONGEST_ID)
    return Envelope(
        form_id=_attribute(root, "id") or _namespace(root), version=_attribute(root, "version"),
        instance_id=instance_id, deprecated_id=_text(meta, "deprecatedID")[: LONGEST_ID + 1],
        leaves=tuple(_leaves(root)),
    )  # fmt: skip


def file_name(path: str) -> str:
    """The last part of a path of any system, composed as Unicode wants it."""
    return unicodedata.normalize("NFC", PurePosixPath(path.strip().replace("\\", "/")).name)


def local_name(tag: Any) -> str:
    """The name of an element or attribute without its namespace; empty for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _leaves(root: Element) -> list[tuple[str, str]]:
    return [
        (local_name(one.tag), text)
        for one in root.iter()
        if len(one) == 0 and (text := unicodedata.normalize("NFC", (one.text or "").strip()))
    ]


def _is_encrypted(root: Element) -> bool:
    named = {local_name(child.tag) for child in root}
    return _attribute(root, "encrypted") == "yes" or bool(named & _ENCRYPTED)


def _attribute(element: Element, name: str) -> str:
    found = (value for key, value in element.attrib.items() if local_name(key) == name)
    return next(found, "").strip()


def _namespace(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def _text(parent: Element | None, name: str) -> str:
    children = parent if parent is not None else ()
    return next(((c.text or "").strip() for c in children if local_name(c.tag) == name), "")

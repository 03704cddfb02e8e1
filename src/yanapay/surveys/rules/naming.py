"""What an answer calls itself."""

from yanapay.surveys.rules.envelope import local_name, parse


def instance_name(xml: bytes) -> str:
    """The name that the form composed for this answer (``meta/instanceName``); empty when it has none."""
    leaves = (leaf for leaf in parse(xml).iter() if local_name(leaf.tag) == "instanceName")
    return next((leaf.text or "" for leaf in leaves), "").strip()

"""Languages named in a free text. Pure."""

from yanapay.kernel.text import words

_CODES = {
    "quechua": "qu", "runasimi": "qu", "aymara": "ay", "aimara": "ay", "ashaninka": "cni",
    "ingles": "en", "english": "en", "portugues": "pt", "portuguese": "pt",
}  # fmt: skip


def languages_named(text: str) -> frozenset[str]:
    """Codes of the languages besides Spanish that a text names: «quechua, castellano» gives qu."""
    return frozenset(_CODES[word] for word in words(text) if word in _CODES)

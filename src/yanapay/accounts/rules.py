"""Passwords and keys: how they are drawn and what is kept of them. Pure but for the dice."""

import hashlib
import secrets

TOKEN_PREFIX = "yan_"  # noqa: S105
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def draw_password() -> str:
    """A first password that can be dictated: four groups of four, no look-alikes (79 bits)."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def draw_token() -> str:
    """A new access token (256 bits). Its prefix lets scanners recognise a leaked one."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_digest(raw: str) -> str:
    """What is kept of a token. It is random, so one plain hash cannot be guessed back."""
    return hashlib.sha256(raw.encode()).hexdigest()

"""Texts as registries publish them, and as we keep them."""

from __future__ import annotations

import html
import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def clean(text: str) -> str:
    """Resolve HTML entities, compose Unicode (NFC), and leave single plain spaces only."""
    if text.isascii() and "&" not in text:
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())


def slug(name: str) -> str:
    """Return a name in lower-case ASCII letters and digits, with hyphens between the words."""
    plain = without_accents(name.lower().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def without_accents(text: str) -> str:
    """Return a text without accents, in the compatibility decomposition of Unicode (NFKD)."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

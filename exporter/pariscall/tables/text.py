"""Texts as registries publish them, and as we keep them."""

from __future__ import annotations

import html
import unicodedata


def clean(text: str) -> str:
    """Resolve HTML entities, compose Unicode (NFC), and leave single plain spaces only."""
    if text.isascii() and "&" not in text:
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())

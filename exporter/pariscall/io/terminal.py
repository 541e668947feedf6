"""Text that is safe to show on a terminal, whoever wrote it."""

from __future__ import annotations

import re

# Control characters, surrogates, line separators and marks that reorder what follows (UAX #9).
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|\r(?!\n)"
)


def visible(text: str) -> str:
    r"""Return a text with its control characters written out, as in ``\u001B``.

    Line feeds and tabs stay as they are. A terminal obeys the others: they set its title, clear
    it, or write to the clipboard.
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04X}", text)

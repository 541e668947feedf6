"""Text of others in Markdown: in one line, and as it is."""

from __future__ import annotations

import re

from ..errors import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#!|~&@]|^[-+])")


def markdown(text: str) -> str:
    """Return a text so that it is shown as it is, whatever it holds, in a line of other text."""
    return _SPECIAL.sub(r"\\\1", printable(" ".join(text.split())))

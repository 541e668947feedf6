"""Turtle files that belong together, as one document with one block of prefixes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_PREFIX = re.compile(r"^@prefix .*\n", re.MULTILINE)
_BLOCK = re.compile(r"(^@prefix .*\n)+\n*", re.MULTILINE)


def merge_turtle(paths: Sequence[Path]) -> bytes:
    """Return the text of Turtle files in order, comments kept and each prefix declared once.

    The files give a prefix the same meaning and share no blank-node label. A single file is
    returned unchanged.
    """
    texts = [path.read_text(encoding="utf-8") for path in paths]
    if len(texts) == 1:
        return texts[0].encode()
    prefixes = sorted({line for text in texts for line in _PREFIX.findall(text)})
    bodies = [_BLOCK.sub("", text).strip() for text in texts]
    return "\n".join(["".join(prefixes), "\n\n".join(bodies), ""]).encode()

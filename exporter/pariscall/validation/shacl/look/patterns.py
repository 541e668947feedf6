"""Regular expressions of XPath, matched by Python where it surely agrees with the engine.

That is for expressions without anything that the two read differently, and for texts that are
short enough for a search that goes back and tries again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ..regex import Pattern
from .needles import FOLDED, needle_test

_KEPT = 4096
# How long a text may be, by the number of times that an expression repeats without end.
_LONGEST = (10_000, 5_000, 1_000, 200, 100)
_ENDLESS = re.compile(r"[*+]|\{[0-9]+,\}")
_PART = re.compile(r"\\u[0-9A-Fa-f]{4}|\\.|.", re.DOTALL)
_SAME = re.compile(r"\\u[0-9A-Fa-f]{4}|\\[tnr.\-\[\](){}*+?|^$\\]|[\x20-\x7e]")
_OUTSIDE = {".": r"[^\n\r]", "$": r"\Z", r"\s": r"[ \t\n\r]", r"\S": r"[^ \t\n\r]"}
_INSIDE = {r"\s": r" \t\n\r"}
# Additions, sets of sets, and repetitions of repetitions.
_DOUBTFUL = re.compile(r"\(\?|\{,|[*+?}][+*{]|\)[*+{]")
_DOUBTFUL_SET = re.compile(r"\[|&&|--|~~|\|\|")


def matcher(pattern: str, flags: str) -> Callable[[str], bool]:
    """Return what tells whether an expression matches a text, and remembers the latest texts."""

    @cache
    def exact() -> Pattern:
        return Pattern(pattern, flags)

    quick = _plain(pattern, flags)
    if quick is None:
        return lru_cache(_KEPT)(lambda text: exact().matches(text))
    search, longest = quick.search, _longest(pattern)
    folded = FOLDED if "i" in flags else frozenset()
    may_match = needle_test(pattern, flags)

    def is_folded(text: str) -> bool:
        return not (text.isascii() or folded.isdisjoint(text))

    @lru_cache(_KEPT)
    def matches(text: str) -> bool:
        if len(text) > longest or is_folded(text):
            return exact().matches(text)
        return search(text) is not None

    if may_match is None:
        return matches
    return lambda text: (may_match(text) or is_folded(text)) and matches(text)


def is_plain(pattern: str, flags: str) -> bool:
    """Report whether Python reads an expression as the engine does."""
    return _plain(pattern, flags) is not None


def _plain(pattern: str, flags: str) -> re.Pattern[str] | None:
    """Return an expression for Python that surely matches the same, or None."""
    is_simple = flags == "" or (flags == "i" and "\\u" not in pattern)
    written = _written(pattern) if is_simple and _longest(pattern) else None
    try:
        return re.compile(written, re.IGNORECASE if flags else 0) if written is not None else None
    except (re.error, OverflowError, RecursionError):
        return None


def _written(pattern: str) -> str | None:
    """Return an expression of XPath as Python writes it, or None if that is doubtful."""
    written, outside, at = [], [], 0
    parts = _PART.findall(pattern)
    if not all(part in _OUTSIDE or _SAME.fullmatch(part) for part in parts):
        return None
    while at < len(parts):
        if parts[at] != "[":
            outside.append(parts[at])
            written.append(_OUTSIDE.get(parts[at], parts[at]))
            at += 1
            continue
        end = at + 1
        while end < len(parts) and (
            parts[end] != "]" or end <= at + 1 + (parts[at + 1 : at + 2] == ["^"])
        ):
            end += 1
        inside = parts[at + 1 : end]
        if _DOUBTFUL_SET.search("".join(inside)) or r"\S" in inside:
            return None
        outside.append("[]")
        written.append("[" + "".join(_INSIDE.get(part, part) for part in inside) + "]")
        at = end + 1
    return None if _DOUBTFUL.search("".join(outside)) else "".join(written)


def _longest(pattern: str) -> int:
    times = len(_ENDLESS.findall(pattern))
    return _LONGEST[times] if times < len(_LONGEST) else 0

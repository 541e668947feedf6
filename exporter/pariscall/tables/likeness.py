"""How alike two names of organisations are: without accents, case and what only tells the legal form."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import SequenceMatcher
from functools import lru_cache

from .text import without_accents

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# Legal forms and small words, folded; a name of nothing else keeps them.
_FORMS = frozenset(
    [
        "ab",
        "ag",
        "as",
        "asa",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "group",
        "groupe",
        "grupo",
        "holding",
        "holdings",
        "inc",
        "incorporated",
        "kft",
        "limited",
        "llc",
        "llp",
        "ltd",
        "ltda",
        "nv",
        "oy",
        "oyj",
        "plc",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "srl",
        "sro",
    ]
)
_SMALL = frozenset(
    [
        "a",
        "and",
        "d",
        "de",
        "des",
        "du",
        "e",
        "et",
        "for",
        "for",
        "l",
        "la",
        "le",
        "les",
        "of",
        "the",
        "und",
        "y",
    ]
)


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell bodies apart, folded, without what is in brackets."""
    words = _fold(_BRACKETS.sub(" ", name)) or _fold(name)
    bare = [word for word in words if word not in _FORMS and word not in _SMALL]
    return tuple(bare or words)


def acronyms_of(name: str) -> frozenset[str]:
    """Return the short forms that a name gives in brackets, folded and without spaces."""
    return frozenset(
        "".join(_fold(inner)) for inner in _BRACKETS.findall(name) if len(_fold(inner)) <= 2
    )


def initials_of(name: str) -> str:
    """Return the initials of a name of three words or more, or nothing."""
    words = words_of(name)
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1.

    Equal words give 1, a short form of the other 0.9, one that begins with the other 0.8, and else
    the share of letters that they have in common, in order.
    """
    words, others = words_of(one), words_of(other)
    if _joined(words) == _joined(others):
        return 1.0
    if _is_short_for(words, other) or _is_short_for(others, one):
        return 0.9
    shorter, longer = sorted((words, others), key=len)
    if longer[: len(shorter)] == shorter and len(_joined(shorter)) > 2:
        return 0.8
    ratio = SequenceMatcher(None, " ".join(words), " ".join(others), autojunk=False).ratio()
    return min(ratio, 0.94)


def _is_short_for(words: Collection[str], name: str) -> bool:
    short = _joined(words)
    return len(short) > 1 and (short in acronyms_of(name) or short == initials_of(name))


def _joined(words: Collection[str]) -> str:
    return "".join(words)


def _fold(text: str) -> list[str]:
    return _WORD.findall(without_accents(text.casefold()))

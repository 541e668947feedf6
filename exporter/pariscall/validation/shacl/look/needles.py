"""Needles: texts of which one is in whatever a regular expression matches.

To look for a few texts is much faster than to search for an expression, and most texts have none of
them. Expressions are those that ``patterns`` takes for plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

_PART = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\u[0-9A-Fa-f]{4}|\\.|\{[^}]*\}|.", re.DOTALL)
_LETTER = re.compile(r"\[[^\\^\]]\]|\\[^\w\s]|[^\\.^$*+?()|{\[]")
# Letters beyond ASCII that Python takes for i, s or k when case does not matter.
FOLDED = frozenset("\u0130\u0131\u017f\u212a")
_OPTIONAL = re.compile(r"[*?]|\{0")


def needle_test(pattern: str, flags: str) -> Callable[[str], bool] | None:
    """Return what tells that an expression may match a text, or None if only a search can tell.

    It is never false of a text that matches.
    """
    needles = needles_of(pattern.lower() if flags else pattern)
    if not needles:
        return None

    def has_needle(text: str) -> bool:
        text = text.lower() if flags else text
        for needle in needles:  # noqa: SIM110 any() costs twice as much
            if needle in text:
                return True
        return False

    return has_needle


def needle_filter(pattern: str, flags: str) -> Callable[[Iterable[str]], Iterable[str]]:
    """Return what picks, of many terms as N-Triples writes them, those whose content may match.

    It leaves none out that does. To look through all at once is much faster than through each.
    """
    needles = needles_of(pattern.lower() if flags else pattern)
    if not needles or not all(map(_is_written_as_it_is, needles)):
        return lambda terms: terms

    def pick(terms: Iterable[str]) -> list[str]:
        known = list(terms)
        # Each on a line of its own, for no content has several, without the end of a literal or of an IRI.
        text = "\n".join([term[: term.rfind('"')] for term in known])
        searched = text.lower() if flags else text
        found = {line for needle in needles for line in _lines_with(needle, searched)}
        if flags:
            found |= {line for letter in FOLDED for line in _lines_with(letter, text)}
        return [known[line] for line in sorted(found)]

    return pick


def _lines_with(needle: str, text: str) -> Iterator[int]:
    """Yield the numbers of the lines that have a needle, from 0."""
    line = at = 0
    while (found := text.find(needle, at)) >= 0:
        line += text.count("\n", at, found)
        yield line
        at = text.find("\n", found)
        if at < 0:
            return


def _is_written_as_it_is(needle: str) -> bool:
    """Return whether N-Triples escapes no letter of a needle."""
    return needle.isascii() and needle.isprintable() and not {'"', "\\"}.intersection(needle)


def needles_of(pattern: str) -> list[str]:
    """Return texts of which one is in every match of an expression; none if there are no such texts."""
    found = [max(_literals(way), key=len, default="") for way in _alternatives(pattern)]
    if not all(found):
        return []
    return [one for one in dict.fromkeys(found) if not _has_other_in(one, found)]


def _has_other_in(one: str, needles: list[str]) -> bool:
    return any(other != one and other in one for other in needles)


def _alternatives(pattern: str) -> Iterator[list[str]]:
    """Yield the parts of each alternative that is not within a group; a group is one part."""
    parts: list[str] = []
    group, depth = "", 0
    for part in _PART.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            yield parts
            parts = []
        elif depth or part == ")":
            group += part
            if not depth:
                parts.append(group)
                group = ""
        else:
            parts.append(part)
    yield parts


def _literals(parts: list[str]) -> Iterator[str]:
    """Yield the texts that are in every match of parts that follow each other."""
    text = ""
    for part, following in zip_longest(parts, parts[1:], fillvalue=""):
        if _OPTIONAL.match(following) or not _LETTER.fullmatch(part):
            yield text
            text = ""
            continue
        text += part[-2:-1] if part[0] == "[" else part[-1]
        if following[:1] in ("+", "{"):  # once more, or as often as it says
            yield text
            text = ""
    yield text

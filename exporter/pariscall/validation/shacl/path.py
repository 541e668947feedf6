"""Property paths: from SPARQL, as findings hold them, back to the triples of SHACL.

https://www.w3.org/TR/shacl/#property-paths
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"<[^>]*>|[()/|^*+?]")
_REPEATED = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def to_turtle(path: str) -> str:
    """Write a path that ``ShaclGraph.path`` has written, as a node of Turtle."""
    return _step(iter([*_TOKEN.findall(path), ""]))[0]


def _step(tokens: Iterator[str]) -> tuple[str, str]:
    """Read one step; give it as Turtle, with the token that follows it."""
    read = next(tokens)
    if read == "^":
        inner, following = _step(tokens)
        return f"[ sh:inversePath {inner} ]", following
    if read != "(":
        return read, next(tokens)
    steps: list[str] = []
    separator, following = "", "("
    while following != ")":
        separator = following if steps else ""
        step, following = _step(tokens)
        steps.append(step)
    return _repeated(_combined(steps, separator), tokens)


def _combined(steps: list[str], separator: str) -> str:
    if len(steps) == 1:
        return steps[0]
    members = f"( {' '.join(steps)} )"
    return members if separator == "/" else f"[ sh:alternativePath {members} ]"


def _repeated(path: str, tokens: Iterator[str]) -> tuple[str, str]:
    following = next(tokens)
    if following in _REPEATED:
        return f"[ sh:{_REPEATED[following]} {path} ]", next(tokens)
    return path, following

"""How deep a document may be nested: Oxigraph exhausts its stack on what is deeper, and crashes."""

from __future__ import annotations

import re
from itertools import accumulate

from pyoxigraph import RdfFormat

from ..errors import RdfError

_DEEPEST_OBJECT = 500  # it crashes at some 3,500 with the usual stack of 8 MiB
_DEEPEST_TRIPLE_TERM = 100
_NO_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^][{}"]+')
_TRIPLE_TERM = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|<[^<>\s]*>|#[^\n]*|(<<\()|(\)>>)")


def check_nesting(name: str, text: str, rdf: RdfFormat) -> None:
    """Check that the values of a JSON-LD text, or the triple terms of another, are not too deep.

    Raises:
        RdfError: if there are more than 500 values, or 100 triple terms, inside each other.
    """
    if rdf == RdfFormat.JSON_LD:
        if text.count("{") + text.count("[") > _DEEPEST_OBJECT and _is_deep_json(text):
            raise RdfError(f"{name}: the JSON is nested more than {_DEEPEST_OBJECT} levels deep.")
    elif text.count("<<(") > _DEEPEST_TRIPLE_TERM and (line := _deep_line(text)):
        raise RdfError(
            f"{name}:{line}: triple terms are nested more than {_DEEPEST_TRIPLE_TERM} levels deep."
        )


def _is_deep_json(text: str) -> bool:
    brackets = _NO_BRACKETS.sub("", text)
    depths = accumulate(1 if bracket in "{[" else -1 for bracket in brackets)
    return max(depths, default=0) > _DEEPEST_OBJECT


def _deep_line(text: str) -> int | None:
    depth = 0
    for found in _TRIPLE_TERM.finditer(text):
        depth += bool(found[1]) - bool(found[2])
        if depth > _DEEPEST_TRIPLE_TERM:
            return text.count("\n", 0, found.start()) + 1
    return None

"""JSON-LD that names our own context by its address, which comes with the package.

Only the text of contexts changes, so that lines, numbers and the order of keys stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from .. import bundle
from ..errors import RdfError
from .namespaces import VOCABULARY

CONTEXT_IRI = VOCABULARY + "context/v1.jsonld"
_MOST_DIGITS = 4_000

# A quotation mark before this key that is not escaped begins a string, in valid JSON. Any letter of a
# key may be written as an escape, which takes longer to find.
_CONTEXT = re.compile(r'"@context"\s*:\s*')
_ESCAPED_KEY = "".join(rf"(?:{letter}|\\u(?i:{ord(letter):04x}))" for letter in "@context")
_ESCAPED_CONTEXT = re.compile(rf'"{_ESCAPED_KEY}"\s*:\s*')


def with_bundled_context(name: str, text: str) -> str:
    """Put our own context into a JSON-LD document where it is named by its address.

    Raises:
        RdfError: if any other context is named by its address.
    """
    parts = []
    done = 0
    for start, end, context in contexts(name, text):
        remote = set(_remote(context))
        if remote - {CONTEXT_IRI}:
            address = min(remote - {CONTEXT_IRI})
            line = text.count("\n", 0, start) + 1
            raise RdfError(
                f"{name}:{line}: the context {address} is not fetched. Put it into the file."
            )
        if remote:
            lines = "\n" * text.count("\n", start, end)
            parts += [text[done:start], json.dumps(_with_own(context)), lines]
            done = end
    return "".join([*parts, text[done:]])


@cache
def bundled_context() -> dict[str, Any]:
    """Return our own context."""
    context: dict[str, Any] = json.loads(bundle.CONTEXT.read_bytes())["@context"]
    return context


def contexts(name: str, text: str) -> Iterator[tuple[int, int, Any]]:
    """Find the outermost contexts of a document: their offsets and what they hold.

    Raises:
        RdfError: if one is nested too deeply.
    """
    decoder = json.JSONDecoder(parse_int=_number)
    position = 0
    key = _ESCAPED_CONTEXT if "\\u00" in text else _CONTEXT
    while found := key.search(text, position):
        if _is_escaped(text, found.start()):
            position = found.start() + 1
            continue
        try:
            context, position = decoder.raw_decode(text, found.end())
        except ValueError:
            return  # the parser will say where the document is wrong
        except RecursionError:
            line = text.count("\n", 0, found.end()) + 1
            raise RdfError(f"{name}:{line}: the context is nested too deeply.") from None
        yield found.end(), position, context


def _is_escaped(text: str, at: int) -> bool:
    """Report whether a character comes after an odd number of backslashes."""
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _number(digits: str) -> float:
    """Return a number, of which Python reads no more than 4,300 digits as an integer."""
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)


def _remote(context: Any) -> Iterator[str]:
    """Find the addresses in a context: its own, and those inside the definitions of terms."""
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            if isinstance(part.get("@import"), str):
                yield part["@import"]
            for definition in part.values():
                if isinstance(definition, dict) and "@context" in definition:
                    yield from _remote(definition["@context"])


def _with_own(context: Any) -> Any:
    if isinstance(context, list):
        return [_with_own(part) for part in context]
    if context == CONTEXT_IRI:
        return bundled_context()
    if not isinstance(context, dict):
        return context
    return {
        term: {**meaning, "@context": _with_own(meaning["@context"])}
        if isinstance(meaning, dict) and "@context" in meaning
        else meaning
        for term, meaning in context.items()
    }

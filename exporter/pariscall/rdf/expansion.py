"""How much a document expands to: a long namespace is written once, and is in each name.

64 kB of Turtle with a namespace of 32 kB would take a gigabyte. What is computed here from the text is no
less than what a parser adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import RdfFormat

from ..errors import RdfError
from .jsonld import contexts

_MIB = 1024 * 1024
_ALWAYS_ALLOWED = 256 * _MIB  # characters
_MOST_GROWTH = 16
_SPACE = r"(?>(?:\s|#[^\n]*\n)*)"
_NAMESPACE = re.compile(rf"prefix{_SPACE}[^\s:<>#]*:{_SPACE}<([^<>\s]*)>")
_BASE = re.compile(rf"base{_SPACE}<([^<>\s]*)>")
_ENTITY = re.compile(r"""<!ENTITY\s+(\S+)\s+(?:"([^"]*)"|'([^']*)')""")
# It begins with letters, which are found thirty times faster than the edge of a word.
_XML_NAMESPACE = re.compile(
    r"""xml(?<=\bxml)(?:ns(?::[^\s=]+)?|:base)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)


def check_expansion(name: str, text: str, rdf: RdfFormat, most: int | None = None) -> None:
    """Check what a document expands to, in characters; nothing if it is not valid.

    Args:
        name: of the document, for the error.
        text: all of it.
        rdf: its format.
        most: what it may expand to; by default 16 times its size, and 256 MiB in any case.

    Raises:
        RdfError: if it expands to more.
    """
    allowed = most or max(_ALWAYS_ALLOWED, _MOST_GROWTH * len(text))
    if sum(times * longest for times, longest in _parts(name, text, rdf)) > allowed:
        raise RdfError(
            f"{name}: its names expand to more than {allowed // _MIB:,} MiB. Shorten its namespaces."
        )


def _parts(name: str, text: str, rdf: RdfFormat) -> Iterator[tuple[int, int]]:
    """Yield how often something is put before a name, at most, and how long it is, at most."""
    if rdf == RdfFormat.JSON_LD:
        yield (
            text.count('"') // 2,
            _longest_in_contexts([context for _, _, context in contexts(name, text)]),
        )
    elif rdf == RdfFormat.RDF_XML:
        yield text.count("<") + text.count("="), _longest_in_xml(text)
    elif rdf in (RdfFormat.TURTLE, RdfFormat.TRIG):
        plain = text.lower()
        base = _longest(_BASE.findall(plain))
        yield text.count(":"), base + _longest(_NAMESPACE.findall(plain))
        yield text.count("<"), base


def _longest(texts: list[str]) -> int:
    return max(map(len, texts), default=0)


def _longest_in_xml(text: str) -> int:
    found = _ENTITY.findall(text) if "<!ENTITY" in text else []
    entities = {f"&{name};": len(double or single) for name, double, single in found}
    values = {double or single for double, single in _XML_NAMESPACE.findall(text)}
    return sum(sorted(_expanded(value, entities) for value in values)[-2:])  # one, and the base


def _expanded(value: str, entities: Mapping[str, int]) -> int:
    used = re.findall(r"&[^;&]*;", value) if "&" in value else []
    return len(value) + sum(entities.get(reference, 0) for reference in used)


def _longest_in_contexts(found: list[Any]) -> int:
    """Return the length of the longest IRI that a term of contexts can stand for, at most."""
    meanings: dict[str, str] = {}
    for term, iri in _definitions(found):
        if len(iri) >= len(meanings.get(term, "")):
            meanings[term] = iri
    reached: dict[str, int] = {}
    for term in meanings:
        chain: dict[str, str] = {}  # prefixes, each defined by the next
        while term in meanings and term not in chain and term not in reached:
            chain[term] = meanings[term].partition(":")[0]
            term = chain[term]  # noqa: PLW2901 from a term to the one that defines it
        for one, prefix in reversed(chain.items()):
            reached[one] = len(meanings[one]) + reached.get(prefix, 0)
    before = sum(len(meanings.get(key, "")) for key in ("@base", "@vocab"))
    return before + max(reached.values(), default=0)


def _definitions(found: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield the terms of contexts and of those in them, each with its IRI."""
    waiting: list[Any] = [*found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            for term, meaning in value.items():
                iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
                if isinstance(iri, str):
                    yield term, iri
                waiting.append(meaning)

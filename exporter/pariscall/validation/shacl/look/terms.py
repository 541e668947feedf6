"""Terms as texts, in the spelling of N-Triples that the parser gives them.

Two such texts are equal if and only if the terms are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ....rdf.namespaces import XSD
from ..result import Node

Description = Mapping[str, Sequence[str]]
Statements = Mapping[str, Description]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_KEPT = 4096


def is_literal(text: str) -> bool:
    """Report whether a term is a literal."""
    return text[0] == '"'


def is_iri(text: str) -> bool:
    """Report whether a term is an IRI; a triple term begins alike."""
    return text[0] == "<" and text[1] != "<"


def is_blank(text: str) -> bool:
    """Report whether a term is a blank node."""
    return text[0] == "_"


@lru_cache(_KEPT)
def content_of(text: str) -> str | None:
    """Return what the function STR of SPARQL returns; None if it fails."""
    if text[0] == '"':
        content = text[1 : text.rindex('"')]
        return _ESCAPE.sub(_unescaped, content) if "\\" in content else content
    return text[1:-1] if is_iri(text) else None


def language_of(text: str) -> str:
    """Return the language tag of a term, or an empty text."""
    tag = text[text.rfind('"') + 1 :] if text[0] == '"' else ""
    return tag[1:].partition("--")[0] if tag[:1] == "@" else ""


@lru_cache(_KEPT)
def read_term(text: str) -> Node:
    """Return the term that a text spells."""
    if is_iri(text):
        return NamedNode(text[1:-1])
    if text[0] == "_":
        return BlankNode(text[2:])
    tag = text[text.rfind('"') + 1 :]
    if text[0] == '"' and "--" not in tag:
        content = content_of(text) or ""
        if tag[:1] == "@":
            return Literal(content, language=tag[1:])
        return Literal(content, datatype=NamedNode(tag[3:-1] if tag else XSD + "string"))
    [quad] = parse(f"<x:x> <x:x> {text} .", format=RdfFormat.N_TRIPLES, lenient=True)
    term = quad.object
    if isinstance(term, Triple | Literal):
        return term
    raise ValueError(text)


def spell(term: Node) -> str:
    """Return the text of a term."""
    if not isinstance(term, Triple):
        return str(term)
    return f"<<( {' '.join(map(spell, (term.subject, term.predicate, term.object)))} )>>"


def _unescaped(found: re.Match[str]) -> str:
    short, long, letter = found.groups()
    return chr(int(short or long, 16)) if letter is None else _LETTERS.get(letter, letter)

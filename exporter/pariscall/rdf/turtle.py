"""Turtle: a block for each subject, under readable names.

Terms and codes stand as prefixed names, the data's own IRIs relative to the base, and all
other IRIs in full. Oxigraph's own writer would escape every slash or relate every address
to the base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .namespaces import BASE, PREFIXES, TYPE, XSD
from .ntriples import tag_of
from .prefixes import Prefixes

Term = NamedNode | BlankNode | Literal | Triple

_NAMESPACES = {
    prefix: namespace
    for prefix, namespace in sorted(PREFIXES.items())
    if namespace.endswith("#") or not namespace.startswith(BASE)
}
_PREFIXES = Prefixes(_NAMESPACES)
_NO_PREFIX_OF_BASE = _PREFIXES.split(BASE) is None
_HEADER_LINES = {
    prefix: f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in _NAMESPACES.items()
}
HEADER = f"@base <{BASE}> .\n" + "".join(_HEADER_LINES.values())
_TYPE = str(TYPE)
_BOOLEAN = f"^^<{XSD}boolean>"
_LOCAL_NAME = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#-]*")


def turtle(triples: Iterable[Triple]) -> str:
    """Write triples, grouped by subject, as a Turtle document with the prefixes it uses."""
    blocks = []
    for subject, about_subject in groupby(triples, key=lambda triple: triple.subject):
        statements = [(str(triple.predicate), _spelt(triple.object)) for triple in about_subject]
        types = [term for predicate, term in statements if predicate == _TYPE]
        properties = [statement for statement in statements if statement[0] != _TYPE]
        blocks.append(turtle_block(_spelt(subject), types, properties))
    return turtle_document(blocks)


def turtle_document(blocks: Iterable[str]) -> str:
    """Return the blocks of subjects as a document with the prefixes that they use."""
    body = "".join(blocks)
    used = [line for prefix, line in _HEADER_LINES.items() if f"{prefix}:" in body]
    return f"@base <{BASE}> .\n{''.join(used)}\n{body}"


def turtle_block(subject: str, types: Iterable[str], properties: Iterable[tuple[str, str]]) -> str:
    """Return the block of one subject: its types first, then its properties in their order.

    The terms are spelt as in N-Triples.
    """
    parts = [turtle_term(subject)]
    previous = ""
    if types:
        parts.append(f" a {' , '.join(map(turtle_term, types))}")
        previous = _TYPE
    for predicate, term in properties:
        short = _shortened(term) if term.endswith(">") else term
        if predicate == previous:
            parts.append(f" , {short}")
        elif previous:
            parts.append(f" ;\n    {_shortened(predicate)} {short}")
        else:
            parts.append(f" {_shortened(predicate)} {short}")
        previous = predicate
    return f"{''.join(parts)} .\n" if previous else ""


def turtle_term(term: str) -> str:
    """Return an IRI as a prefixed name, relative to the base, or in full; a literal in short.

    The term is spelt as in N-Triples.
    """
    return _shortened(term) if term.endswith(">") else term


def _spelt(term: Term) -> str:
    if isinstance(term, Triple):  # a triple term of Turtle 1.2, 2.8
        return f"<<( {' '.join([turtle_term(_spelt(each)) for each in term])} )>>"
    return str(term)


@lru_cache(maxsize=65536)
def _shortened(term: str) -> str:
    """Shorten an IRI, or a literal with a datatype."""
    if term.startswith("<"):
        return term if term.startswith("<<") else _name(term)
    tag = tag_of(term)
    text = term.removesuffix(tag)
    if tag == _BOOLEAN and text in ('"true"', '"false"'):
        return text[1:-1]
    return f"{text}^^{_name(tag[2:])}" if tag.startswith(f"^^<{XSD}") else term


def _is_without_prefix(iri: str) -> bool:
    """Return whether no prefix can fit an IRI, as none ends in the base and those below it have a ``#``."""
    return iri.startswith(BASE) and "#" not in iri and _NO_PREFIX_OF_BASE


def _name(node: str) -> str:
    iri = node[1:-1]
    if not _is_without_prefix(iri):
        found = _PREFIXES.split(iri)
        if found and _LOCAL_NAME.fullmatch(found[1]):
            return ":".join(found)
    if iri.startswith(BASE) and _RELATIVE.fullmatch(iri, len(BASE)):
        return f"<{iri[len(BASE) :]}>"
    return node

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
        statements = [(_spelt(triple.predicate), triple.object) for triple in about_subject]
        types = [_spelt(term) for predicate, term in statements if predicate == _A]
        properties = [(name, _spelt(term)) for name, term in statements if name != _A]
        blocks.append(_block(_spelt(subject), types, properties))
    body = "".join(blocks)
    used = [line for prefix, line in _HEADER_LINES.items() if f"{prefix}:" in body]
    return f"@base <{BASE}> .\n{''.join(used)}\n{body}"


def turtle_block(subject: str, types: Iterable[str], properties: Iterable[tuple[str, str]]) -> str:
    """Return the block of one subject: its types first, then its properties in their order.

    The terms are IRIs and literals as N-Triples spells them.
    """
    return _block(
        turtle_term(subject),
        [turtle_term(term) for term in types],
        [(_shortened(predicate), turtle_term(term)) for predicate, term in properties],
    )


def turtle_term(term: str) -> str:
    """Return an IRI as a prefixed name, relative to the base, or in full; a literal in short.

    The term is spelt as in N-Triples.
    """
    return _shortened(term) if term.endswith(">") else term


def _block(subject: str, types: list[str], properties: list[tuple[str, str]]) -> str:
    parts = [subject]
    previous = ""
    if types:
        parts.append(f" a {' , '.join(types)}")
        previous = _A
    for name, term in properties:
        if name == previous:
            parts.append(f" , {term}")
        elif previous:
            parts.append(f" ;\n    {name} {term}")
        else:
            parts.append(f" {name} {term}")
        previous = name
    return f"{''.join(parts)} .\n" if previous else ""


def _spelt(term: Term) -> str:
    if isinstance(term, Triple):  # a triple term of Turtle 1.2, 2.8
        return f"<<( {' '.join(map(_spelt, term))} )>>"
    return str(term) if isinstance(term, BlankNode) else turtle_term(str(term))


@lru_cache(maxsize=65536)
def _shortened(term: str) -> str:
    """Shorten an IRI, or a literal with a datatype."""
    if term.startswith("<"):
        return _name(term)
    tag = tag_of(term)
    text = term.removesuffix(tag)
    if tag == _BOOLEAN and text in ('"true"', '"false"'):
        return text[1:-1]
    return f"{text}^^{_name(tag[2:])}" if tag.startswith(f"^^<{XSD}") else term


def _name(node: str) -> str:
    iri = node[1:-1]
    found = _PREFIXES.split(iri)
    if found and _LOCAL_NAME.fullmatch(found[1]):
        return ":".join(found)
    if iri.startswith(BASE) and _RELATIVE.fullmatch(iri, len(BASE)):
        return f"<{iri[len(BASE) :]}>"
    return node


_A = _name(_TYPE)

"""Turtle: a block for each subject, under readable names.

Terms and codes stand as prefixed names, the data's own IRIs relative to the base, and all
other IRIs in full. Oxigraph's own writer would escape every slash or relate every address
to the base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .namespaces import BASE, PREFIXES, TYPE, XSD
from .prefixes import Prefixes

Subject = NamedNode | BlankNode | Triple
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
_BOOLEAN = NamedNode(XSD + "boolean")
_LOCAL_NAME = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#-]*")


def turtle(triples: Iterable[Triple]) -> str:
    """Write triples, grouped by subject, as a Turtle document with the prefixes it uses."""
    blocks = []
    for subject, about_subject in groupby(triples, key=lambda triple: triple.subject):
        statements = [(triple.predicate, triple.object) for triple in about_subject]
        types = [term for predicate, term in statements if predicate == TYPE]
        properties = [statement for statement in statements if statement[0] != TYPE]
        blocks.append(turtle_block(subject, types, properties))
    body = "".join(blocks)
    used = [line for prefix, line in _HEADER_LINES.items() if f"{prefix}:" in body]
    return f"@base <{BASE}> .\n{''.join(used)}\n{body}"


def turtle_block(
    subject: Subject, types: Sequence[Term], properties: Iterable[tuple[NamedNode, Term]]
) -> str:
    """Return the block of one subject: its types first, then its properties in their order."""
    parts = [_term(subject)]
    previous = TYPE if types else None
    if types:
        parts.append(" a " + " , ".join(map(_term, types)))
    for predicate, term in properties:
        if predicate == previous:
            parts.append(" , ")
        else:
            parts.append(f" ;\n    {_term(predicate)} " if previous else f" {_term(predicate)} ")
        parts.append(_term(term))
        previous = predicate
    return "".join([*parts, " .\n"]) if previous else ""


@lru_cache(maxsize=65536)
def _term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return turtle_name(term)
    if isinstance(term, Triple):  # a triple term of Turtle 1.2, 2.8
        return f"<<( {' '.join(map(_term, term))} )>>"
    return _literal(term) if isinstance(term, Literal) else str(term)


def turtle_name(node: NamedNode) -> str:
    """Return an IRI as a prefixed name, relative to the base, or in full."""
    iri = node.value
    found = _PREFIXES.split(iri)
    if found and _LOCAL_NAME.fullmatch(found[1]):
        return ":".join(found)
    if iri.startswith(BASE) and _RELATIVE.fullmatch(iri, len(BASE)):
        return f"<{iri[len(BASE) :]}>"
    return str(node)


def _literal(literal: Literal) -> str:
    text = str(literal)
    if literal.datatype == _BOOLEAN and literal.value in ("true", "false"):
        return literal.value
    if f"^^<{XSD}" in text and literal.language is None:
        return f"{text[: text.rindex('^^')]}^^{turtle_name(literal.datatype)}"
    return text

"""Turtle and TriG: a block for each subject, under readable names.

Terms and codes stand as prefixed names, the data's own IRIs relative to the base, and all
other IRIs in full. Oxigraph's own writer would escape every slash or relate every address
to the base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..rdf.namespaces import BASE, DATASET, PREFIXES, TYPE, XSD
from ..tables.document import Document

Subject = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple

_PREFIXES = {
    prefix: namespace
    for prefix, namespace in sorted(PREFIXES.items())
    if namespace.endswith("#") or not namespace.startswith(BASE)
}
_HEADER_LINES = {
    prefix: f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in _PREFIXES.items()
}
_HEADER = f"@base <{BASE}> .\n" + "".join(_HEADER_LINES.values())
_LOCAL_NAME = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#-]*")


class TurtleWriter:
    """Writes https://www.w3.org/TR/turtle/."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._file.write(_HEADER.encode())

    def write(self, document: Document) -> None:
        """Write the subjects of a document, with an empty line before each document."""
        self._file.write(_encoded(document))

    def close(self) -> None:
        """End the file; Turtle has no footer."""


class TriGWriter(TurtleWriter):
    """Writes https://www.w3.org/TR/trig/: the same blocks in the graph named by the dataset."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._file.write(f"\n{_name(DATASET)} {{\n".encode())

    def close(self) -> None:
        """Close the named graph."""
        self._file.write(b"\n}\n")


def turtle(triples: Iterable[Triple]) -> str:
    """Write triples, grouped by subject, as a Turtle document with the prefixes it uses."""
    blocks = []
    for subject, about_subject in groupby(triples, key=lambda triple: triple.subject):
        statements = [(triple.predicate, triple.object) for triple in about_subject]
        types = [term for predicate, term in statements if predicate == TYPE]
        properties = [statement for statement in statements if statement[0] != TYPE]
        blocks.append(_block(subject, types, properties))
    body = "".join(blocks)
    used = [line for prefix, line in _HEADER_LINES.items() if f"{prefix}:" in body]
    return f"@base <{BASE}> .\n{''.join(used)}\n{body}"


@lru_cache(maxsize=1)
def _encoded(document: Document) -> bytes:
    """Write a document, which goes to the Turtle file and to the TriG file right after."""
    blocks = [
        _block(description.subject, description.types, description.properties)
        for description in document.descriptions.values()
    ]
    return f"\n{''.join(blocks)}".encode()


def _block(
    subject: Subject, types: Sequence[Term], properties: Iterable[tuple[NamedNode, Term]]
) -> str:
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
        return _name(term)
    return _literal(term) if isinstance(term, Literal) else str(term)


def _name(node: NamedNode) -> str:
    iri = node.value
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    if iri.startswith(BASE) and _RELATIVE.fullmatch(iri, len(BASE)):
        return f"<{iri[len(BASE) :]}>"
    return str(node)


def _literal(literal: Literal) -> str:
    text = str(literal)
    if f"^^<{XSD}" in text and literal.language is None:
        return f"{text[: text.rindex('^^')]}^^{_name(literal.datatype)}"
    return text

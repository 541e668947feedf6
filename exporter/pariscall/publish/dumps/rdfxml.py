"""RDF/XML, which the tools of ontology engineers read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, serialize

from ...rdf.namespaces import PREFIXES
from ...tables.document import Document
from .parted import Parted

_END = b"\n</rdf:RDF>"


def _serialize(quads: Iterable[Quad]) -> bytes:
    return serialize(quads, format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""


@cache
def _root() -> bytes:
    """Return what each file begins with; many files may be written."""
    return _serialize([]).removesuffix(_END)


class RdfXmlWriter(Parted):
    """Writes https://www.w3.org/TR/rdf-syntax-grammar/ document by document, below one root."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.write(_root())

    def write(self, document: Document) -> None:
        """Write the triples of a document."""
        text = _serialize(document.quads())
        self._file.write(text[len(_root()) : -len(_END)])

    def close(self) -> None:
        """Write the end of the root."""
        self._file.write(_END)

"""RDF/XML, which the tools of ontology engineers read."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, serialize

from ...rdf.namespaces import PREFIXES
from ...tables.document import Document


class RdfXmlWriter:
    """Writes https://www.w3.org/TR/rdf-syntax-grammar/, which has one root and so is written at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._quads: list[Quad] = []

    def write(self, document: Document) -> None:
        """Note the triples of a document."""
        self._quads += document.quads()

    def close(self) -> None:
        """Write all triples."""
        serialize(self._quads, self._file, format=RdfFormat.RDF_XML, prefixes=PREFIXES)

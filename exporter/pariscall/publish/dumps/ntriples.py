"""N-Triples: one statement a line."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from ...tables.document import Document


class NTriplesWriter:
    """Writes https://www.w3.org/TR/n-triples/."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, document: Document) -> None:
        """Write the statements of a document, one a line."""
        serialize(document.quads(), self._file, format=RdfFormat.N_TRIPLES)

    def close(self) -> None:
        """End the file; N-Triples has no footer."""

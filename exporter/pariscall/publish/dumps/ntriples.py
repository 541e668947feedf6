"""N-Triples: one statement a line."""

from __future__ import annotations

from typing import BinaryIO

from ...tables.document import Document
from .parted import Parted

# Is in the file once for each endorsement.
IN_NTRIPLES = b"#type> <https://w3id.org/mscall/ns#Endorsement> ."


class NTriplesWriter(Parted):
    """Writes https://www.w3.org/TR/n-triples/."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, document: Document) -> None:
        """Write the statements of a document, one a line."""
        self._file.write(document.ntriples().encode())

    def close(self) -> None:
        """End the file; N-Triples has no footer."""

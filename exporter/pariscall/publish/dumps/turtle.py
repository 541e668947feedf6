"""The Turtle and TriG dumps: the blocks of each document under one header."""

from __future__ import annotations

from functools import lru_cache
from typing import BinaryIO

from ...rdf.namespaces import DATASET
from ...rdf.turtle import HEADER, turtle_block, turtle_name
from ...tables.document import Document


class TurtleWriter:
    """Writes https://www.w3.org/TR/turtle/."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._file.write(HEADER.encode())

    def write(self, document: Document) -> None:
        """Write the subjects of a document, with an empty line before each document."""
        self._file.write(_encoded(document))

    def close(self) -> None:
        """End the file; Turtle has no footer."""


class TriGWriter(TurtleWriter):
    """Writes https://www.w3.org/TR/trig/: the same blocks in the graph named by the dataset."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._file.write(f"\n{turtle_name(DATASET)} {{\n".encode())

    def close(self) -> None:
        """Close the named graph."""
        self._file.write(b"\n}\n")


@lru_cache(maxsize=1)
def _encoded(document: Document) -> bytes:
    """Write a document, which goes to the Turtle file and to the TriG file right after."""
    blocks = [
        turtle_block(description.subject, description.types, description.properties)
        for description in document.descriptions.values()
    ]
    return f"\n{''.join(blocks)}".encode()

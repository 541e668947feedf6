"""The Turtle and TriG dumps: the blocks of each document under one header."""

from __future__ import annotations

from functools import lru_cache
from typing import BinaryIO

from ...rdf.namespaces import DATASET
from ...rdf.turtle import HEADER, turtle_block, turtle_term
from ...tables.document import Document
from ...tables.mappings import GRAPH, without_mappings
from .mapping_blocks import mapping_blocks
from .parted import Parted


class TurtleWriter(Parted):
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
    """Writes https://www.w3.org/TR/trig/: the graph named by the dataset, and that of the mappings."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._mappings: list[bytes] = []
        self._file.write(_opening(str(DATASET)))

    def write(self, document: Document) -> None:
        """Write the subjects of a document, and keep its mappings for their own graph."""
        if mappings := mapping_blocks(document):
            self._mappings.append(mappings)
            rest = {each.subject: each for each in without_mappings(document)}
            document = Document(document.rows, rest)
        super().write(document)

    def kept(self) -> str:
        """Return the mappings so far, which are written at the end."""
        return b"".join(self._mappings).decode()

    def append(self, part: BinaryIO, kept: str) -> None:
        """Write a part, and keep its mappings."""
        super().append(part, kept)
        if kept:
            self._mappings.append(kept.encode())

    def close(self) -> None:
        """Close the named graph, and write that of the mappings."""
        self._file.write(b"\n}\n")
        if self._mappings:
            self._file.write(_opening(str(GRAPH)) + b"".join(self._mappings) + b"\n}\n")


def _opening(graph: str) -> bytes:
    return f"\n{turtle_term(graph)} {{\n".encode()


@lru_cache(maxsize=1)
def _encoded(document: Document) -> bytes:
    """Write a document, which goes to the Turtle file and to the TriG file right after."""
    blocks = [
        turtle_block(description.subject, description.types, description.properties)
        for description in document.descriptions.values()
    ]
    return f"\n{''.join(blocks)}".encode()

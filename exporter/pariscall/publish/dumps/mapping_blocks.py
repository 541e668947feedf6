"""The mappings of a document as blocks of Turtle."""

from __future__ import annotations

from ...rdf.turtle import turtle_block
from ...tables.document import Document
from ...tables.mappings import mappings_of


def mapping_blocks(document: Document) -> bytes:
    """Return what a document says of mappings as blocks of Turtle; nothing if it has none."""
    blocks = [
        turtle_block(description.subject, description.types, description.properties)
        for description in mappings_of([document])
    ]
    return f"\n{''.join(blocks)}".encode() if blocks else b""

"""Small graphs written in any format, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from .canonical import canonicalized
from .namespaces import PREFIXES
from .reader import read_files


def as_turtle(paths: Sequence[Path]) -> bytes:
    """Return Turtle files of others as one document: a single one as it was written.

    Several may use one prefix or label for two things, and are written anew from their triples.

    Raises:
        RdfError: if a file cannot be read.
    """
    if len(paths) == 1:
        return paths[0].read_bytes()
    return convert(read_files(paths), RdfFormat.TURTLE)


def convert(quads: Iterable[Quad], target: RdfFormat) -> bytes:
    """Write statements in a format, in canonical order and with canonical blank nodes.

    Raises:
        RdfError: as ``canonicalized``.
    """
    return write(canonicalized([quad.triple for quad in quads]), target)


def write(triples: Iterable[Triple], target: RdfFormat) -> bytes:
    """Write triples in a format, in the order and with the blank nodes that they have."""
    prefixes = PREFIXES if target == RdfFormat.RDF_XML else None
    return serialize(triples, format=target, prefixes=prefixes) or b""

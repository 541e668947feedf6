"""Small graphs written in any format, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, serialize

from .canonical import canonicalized
from .namespaces import PREFIXES


def convert(quads: Iterable[Quad], target: RdfFormat) -> bytes:
    """Write statements in a format, in canonical order and with canonical blank nodes.

    Raises:
        RdfError: as ``canonicalized``.
    """
    prefixes = PREFIXES if target == RdfFormat.RDF_XML else None
    triples = canonicalized([quad.triple for quad in quads])
    return serialize(triples, format=target, prefixes=prefixes) or b""

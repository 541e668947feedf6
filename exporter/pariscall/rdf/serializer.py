"""Small graphs written in any format, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from .canonical import canonicalized


def convert(quads: Iterable[Quad], target: RdfFormat) -> bytes:
    """Write statements in a format, in canonical order and with canonical blank nodes.

    Raises:
        RdfError: as ``canonicalized``.
    """
    return serialize(canonical_triples(quads), format=target) or b""


def canonical_triples(quads: Iterable[Quad]) -> list[Triple]:
    """Return the triples of statements, with canonical blank nodes, in the order of their lines.

    Raises:
        RdfError: as ``canonicalized``.
    """
    return canonicalized([quad.triple for quad in quads])
